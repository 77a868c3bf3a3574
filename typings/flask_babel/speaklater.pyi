"""A sentence that becomes text in the language of the moment it is shown."""

from collections.abc import Callable

class LazyString:
    _func: Callable[..., str]
    _args: tuple[object, ...]
    _kwargs: dict[str, object]
    def __init__(self, func: Callable[..., str], *args: object, **kwargs: object) -> None: ...

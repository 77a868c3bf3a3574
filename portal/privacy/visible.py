"""What others see about a person: each feature tells its part, beside what it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.words.i18n import LazyString, Localized


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing about a person that others can see: what it is, in which thing, who sees it, and through which role of the
    person, or which act of theirs."""

    what: LazyString | Localized | str
    who: LazyString | Localized | str
    why: LazyString | Localized | str
    name: LazyString | Localized | str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Visible:
    """What others see about a person through a feature (`accounts.visible`).

    `tables` are those of its privacy part that the lines speak of; `unseen` says of each other one why nobody sees it.
    """

    tables: frozenset[str] = frozenset()
    lines: Callable[[Any], Sequence[Seen]] = lambda person: ()
    unseen: Mapping[str, str] = field(default_factory=dict)

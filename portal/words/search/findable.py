"""What a feature lets be found: by the search, and by search engines through the sitemap."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.words.search.models import Kind


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A public page: its path without the language, and the languages that it exists in."""

    path: str
    languages: tuple[str, ...]


def _nowhere(ids: Sequence[int]) -> Mapping[int, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Findable:
    """A kind of object that is found.

    `pages` gives its public pages, for the sitemap; `places` says where the objects with these numbers are, for whoever
    searched for a place.
    """

    kind: Kind
    pages: Callable[[], Iterator[PublicPage]]
    places: Callable[[Sequence[int]], Mapping[int, str]] = _nowhere

"""What a feature lets be found: by the search, and by search engines through the sitemap."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from portal.words.i18n import Shown
from portal.words.search.models import Kind


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A public page: its path without the language, and the languages that it exists in."""

    path: str
    languages: tuple[str, ...]


class Span(NamedTuple):
    """When something takes place, and by whose clock."""

    starts: dt.datetime
    ends: dt.datetime
    zone: str


def _never(ids: Sequence[int]) -> Mapping[int, Span]:
    return {}


def _nowhere(ids: Sequence[int]) -> Mapping[int, str | Shown]:
    return {}


@dataclass(frozen=True, slots=True)
class Findable:
    """A kind of object that is found.

    `list` is the path of the page that lists all of them, `others` those of pages that list something of them. `public`
    selects the numbers of those that are public now, and `pages` gives the public pages of those whose number is in a range,
    for the sitemap: of 100,000 it asks for a few thousand at once. `places` says where the objects with these numbers are,
    for whoever searched for a place; `spans` says when they take place, where they do.
    """

    kind: Kind
    list: str
    public: Callable[[], sa.Select[int]]
    pages: Callable[[range], Iterator[PublicPage]]
    places: Callable[[Sequence[int]], Mapping[int, str | Shown]] = _nowhere
    spans: Callable[[Sequence[int]], Mapping[int, Span]] = _never
    others: Sequence[str] = ()

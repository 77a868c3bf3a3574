"""What a list of organisations can be filtered by."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from portal.words.i18n import LazyString, Localized

Words: TypeAlias = LazyString | Localized | str


@dataclass(frozen=True, slots=True)
class Facet:
    """What the organisations of the directory differ by: each has some codes of it, and people choose among them.

    `name` stands in addresses and in stored terms, as do the codes, which are of small and capital letters, digits, `.`, `_`
    and `-`. `codes` says which of them some organisations have, by number; whoever changes what it reads calls
    `organisations.services.follow`. `labels` names some codes in the order in which people look for them; a code that it
    leaves out does not exist (any more).

    `most` options are shown, those with most organisations, and the others are found by their names; `found` does that where
    names are not at hand. `within` is the facet that codes lie in, each in that of `parent`: what lies elsewhere than in what
    is chosen there is not offered, and with `by_parent` nothing is before something is chosen. `unions` are options that
    stand for all stored codes of which a function says yes, instead of the stored codes themselves.
    """

    name: str
    heading: Words
    codes: Callable[[Sequence[Any]], Mapping[int, Collection[str]]]
    labels: Callable[[Collection[str]], Mapping[str, Words]]
    most: int = 12
    found: Callable[[str], Collection[str]] | None = None
    within: str = ""
    parent: Callable[[str], str] = lambda code: ""
    by_parent: bool = False
    headings: Mapping[str, Words] = field(default_factory=dict)
    unions: Callable[[], Mapping[str, Callable[[str], bool]]] | None = None

"""The directory: which organisations a set of filters leaves, how many each further choice would, one page of them.

What is chosen is cut out of the bitmaps of the terms (`bitmaps`); several of one facet are united, facets are cut with each
other, and words are looked up first. The order is that of one index of `Listing`: a few organisations are looked up by
number and sorted, and many are met by walking the index in its order and asking each whether it is among them.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import and_

import sqlalchemy as sa
from markupsafe import Markup

from portal.declaration import facets as all_facets
from portal.face.media import StoredVariant, media_path
from portal.ground.appvar import AppVar
from portal.ground.bitmaps import NOTHING, bits_of, flags_of, numbers_of
from portal.ground.db import db, in_transaction
from portal.ground.statements import engine_name
from portal.organisations import words
from portal.organisations.models import ASIDE, KIND
from portal.organisations.places import place_shown
from portal.organisations.queries import statements
from portal.organisations.queries.bitmaps import ASLEEP, LISTED, Known, known, known_under
from portal.words import search
from portal.words.facets import Facet
from portal.words.i18n import Localized, Shown, current_language

PAGE = 20  # organisations a page
LONGEST_KEPT, MOST_KEPT = 100, 50  # characters of words whose hits are kept, and how many of them: 12 kB each
DAY = len("2026-11-29")  # the term of a day; that of a month is shorter
FEW = 500  # so many are sorted by number; more are met on the way through the index

Counts = Mapping[str, int]
_FOUND: AppVar[dict[tuple[str, str], int]] = AppVar("directory hits", dict)


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen: words, and codes by facet; empty means all. What stands aside is a list of its own, without facets."""

    query: str = ""
    chosen: Mapping[str, Collection[str]] = field(default_factory=dict)
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation as a list shows it."""

    id: int
    slug: str
    name: Localized
    summary: Localized
    town: str
    region: str
    legal_form: str
    themes: tuple[str, ...]
    confirmed_at: dt.datetime | None
    dormant_since: dt.datetime | None
    variants: list[StoredVariant] | None

    @property
    def picture_url(self) -> str:
        """The address of the small logo, or an empty text."""
        return media_path(self.variants[0]["key"]) if self.variants else ""

    @property
    def place(self) -> Markup:
        return place_shown(self.town, self.region)

    @property
    def lines(self) -> Shown:
        return words.two_lines(self.summary)

    @property
    def kind(self) -> str:
        return words.kind(self.legal_form)

    @property
    def theme_labels(self) -> list[str]:
        return words.theme_labels(self.themes)

    @property
    def facts(self) -> list[words.Fact]:
        return words.dated_facts(self.confirmed_at, self.dormant_since)


class Found:
    """What words and choices leave of the directory, as it is at this moment. Counted when it is asked for."""

    def __init__(self, filters: Filters, beside: "Found | None" = None) -> None:
        """`beside` is what the same words leave elsewhere at this moment: it has looked them up."""
        self.filters = filters
        self._known: Known
        self._known, version = (beside._known, None) if beside else known_under()
        self._facets = {facet.name: facet for facet in all_facets()}
        self._chosen = {name: self._union(self._facets[name], codes) for name, codes in filters.chosen.items() if codes}
        self._term = ASLEEP if filters.is_aside else LISTED
        self._all = self._known.bits(self._term)
        # The index may know of a profile that was published since the bitmaps were read: it is on the next page.
        self._hits: int = beside._hits if beside else _hits(filters.query, version) if filters.query else 0
        self._worded = self._all & self._hits if filters.query else self._all
        self._bits = _cut(self._worded, self._chosen.values())
        self.total = self._size(self._bits)

    @property
    def bits(self) -> int:
        """The numbers of all of them, as bits."""
        return self._bits

    def codes_of(self, facet: Facet) -> Collection[str]:
        """The codes of a facet that people can choose among: those that an organisation has."""
        return facet.unions().keys() if facet.unions else self._known.codes_of(facet.name)

    def counts(self, facet: Facet, codes: Collection[str] | None = None) -> Counts:
        """For each code of a facet, or these: how many the list would have if it was chosen too, or no longer."""
        chosen = self.filters.chosen.get(facet.name, ())
        rest = self._without(facet.name)
        wanted = self.codes_of(facet) if codes is None else codes
        if not chosen:
            return self._within(facet, wanted, rest)
        mine = self._chosen[facet.name]
        so_far = (rest & mine).bit_count()
        more = self._within(facet, [code for code in wanted if code not in chosen], rest & ~mine)
        counts = {code: so_far + number for code, number in more.items()}
        for code in chosen:
            others = [other for other in chosen if other != code]
            left = rest & self._union(facet, others) if others else rest
            counts[code] = self._size(left)
        return counts

    def without_words(self) -> int:
        """How many the list would have without the words."""
        return self._size(_cut(self._all, self._chosen.values()))

    def aside(self, limit: int) -> tuple[Sequence[Listed], bool]:
        """What the words find of the profiles that are out of the list, and whether there are more."""
        others = Found(Filters(self.filters.query, is_aside=True), beside=self)
        return (others.listed(offset=0, limit=limit) if others.total else []), others.total > limit

    def listed(self, *, offset: int, limit: int = PAGE) -> Sequence[Listed]:
        """One page in the alphabet of the page's language."""
        language, theme = current_language(), ASIDE if self.filters.is_aside else ""
        values: dict[str, object] = {"offset": offset, "limit": limit}
        is_backwards = False
        if self._bits == self._all:
            statement = statements.whole(language, theme)
        elif self.total <= FEW:
            statement = statements.few(language, theme)
            values["numbers"] = numbers_of(self._bits)
        else:
            # A late page is nearer from the end.
            is_backwards = offset > self.total // 2
            statement = statements.many(language, theme, engine_name(), is_backwards=is_backwards)
            values["among"] = _asked(self._bits)
            if is_backwards:
                values["limit"] = max(0, min(limit, self.total - offset))
                values["offset"] = max(0, self.total - offset - limit)
        return [Listed(*row) for row in db.session.execute(statement, values)]

    def newest(self, *, offset: int, limit: int = PAGE) -> Sequence[Listed]:
        """One page of them, those first whose people said last that everything is right."""
        numbers = list(islice(self._by_confirmation(), offset, offset + limit))
        rows = db.session.execute(statements.by_number(), {"numbers": numbers})
        found = {row[0]: Listed(*row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def _by_confirmation(self) -> Iterator[int]:
        """Their numbers, day after day from the newest; within a day as they were added, and at the end those of no day."""
        flags = bytearray(flags_of(self._bits).ljust(self._known.everything.bit_length() + 1, b"\0"))
        for term in reversed([f"confirmed:{code}" for code in self._known.codes_of("confirmed") if len(code) == DAY]):
            for number in numbers_of(self._known.terms[term]):
                if flags[number]:
                    flags[number] = 0
                    yield number
        yield from (number for number, is_left in enumerate(flags) if is_left)

    def every(self) -> sa.Select[int, bytes]:
        """(organisation, its place) of all of them, in the alphabet of the moment's language."""
        is_part = self._bits != self._all
        theme = ASIDE if self.filters.is_aside else ""
        statement = statements.every(current_language(), theme, engine_name(), is_part=is_part)
        return statement.params(among=_asked(self._bits)) if is_part else statement

    def _terms(self, facet: Facet, codes: Iterable[str]) -> list[str]:
        """The stored terms that these codes stand for."""
        if facet.unions is None:
            return [f"{facet.name}:{code}" for code in codes]
        asked, unions = tuple(codes), facet.unions()
        stored = self._known.codes_of(facet.name)
        return [f"{facet.name}:{code}" for code in stored if any(unions[one](code) for one in asked if one in unions)]

    def _union(self, facet: Facet, codes: Iterable[str]) -> int:
        return self._known.union(self._terms(facet, codes))

    def _within(self, facet: Facet, codes: Iterable[str], rest: int) -> Counts:
        """How many of each code are in `rest`."""
        if facet.unions is not None:
            return {code: (self._union(facet, [code]) & rest).bit_count() for code in codes}
        if rest == self._all:
            return {code: self._known.size(f"{facet.name}:{code}") for code in codes}
        return _counted(self._known, facet.name, codes, rest)

    def _without(self, name: str) -> int:
        """What the words and the other facets leave."""
        if name not in self._chosen:
            return self._bits
        return _cut(self._worded, (bits for other, bits in self._chosen.items() if other != name))

    def _size(self, bits: int) -> int:
        return self._known.size(self._term) if bits == self._all else bits.bit_count()


def how_many() -> int:
    """How many organisations the directory has."""
    return known().everything.bit_count()


def _counted(known: Known, name: str, codes: Iterable[str], rest: int) -> Counts:
    flags = b""
    counts: dict[str, int] = {}
    for code in codes:
        numbers = known.terms.get(f"{name}:{code}", NOTHING)
        if isinstance(numbers, int):
            counts[code] = (numbers & rest).bit_count()
        else:
            if not flags:  # as far as numbers go
                flags = flags_of(rest).ljust(known.everything.bit_length() + 1, b"\0")
            counts[code] = sum(map(flags.__getitem__, numbers))
    return counts


def _cut(bits: int, sets: Iterable[int]) -> int:
    return reduce(and_, sets, bits)


def _hits(query: str, version: str | None) -> int:
    """Which organisations the words find: looked up once for all pages, choices and readers, as long as nothing changes.

    Kept under the `version` of the data that was read before; not within a use-case, which sees what it has written before
    anybody else does.
    """
    if version is None or in_transaction() or len(query) > LONGEST_KEPT:
        return bits_of(search.matching_numbers(query, KIND))
    kept = _FOUND.get()
    if (bits := kept.get((version, query))) is None:
        bits = bits_of(search.matching_numbers(query, KIND))
        if len(kept) >= MOST_KEPT or any(known != version for known, _query in list(kept)[:1]):
            kept.clear()
        kept[version, query] = bits
    return bits


def _asked(bits: int) -> bytes:
    """The set as the statement asks it: PostgreSQL for a bit, SQLite for a byte."""
    if engine_name() == "sqlite":
        return flags_of(bits)
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")

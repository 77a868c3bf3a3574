"""The directory: which organisations a set of filters leaves, how many each further filter would, one page of them.

Nothing here costs more with 100,000 organisations than with 100: counts are sums of stored cells (`ListingCount`), a
page is a piece of one covering index (`Listing`). Words and networks are looked up first; up to REACH organisations they
are then a short list of numbers, and a word that more organisations have is answered by walking the list in its order.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from markupsafe import Markup

from portal.face.media import StoredVariant, media_path
from portal.ground.db import db
from portal.organisations import words
from portal.organisations.models import KIND, Organisation
from portal.organisations.places import place_shown
from portal.organisations.queries import statements
from portal.words import search
from portal.words.i18n import Localized, Shown, current_language

PAGE = 20  # organisations a page
NEAR = 100  # so far a list is at its beginning
REACH = 1000  # how many hits of a common word can be paged through


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen. Empty means all; `informal` None means both kinds."""

    query: str = ""
    country: str = ""
    region: str = ""
    theme: str = ""
    informal: bool | None = None

    @property
    def is_narrow(self) -> bool:
        """Is anything chosen beside the words?"""
        return bool(self.country or self.region or self.theme) or self.informal is not None

    @property
    def values(self) -> dict[str, object]:
        """What the statements take; those that a shape does not ask for are left alone."""
        return {"country": self.country, "region": self.region, "theme": self.theme, "informal": self.informal}


@dataclass(frozen=True, slots=True)
class Members:
    """The organisations of a network, as the numbers that a statement selects. It is one statement for all networks, so
    that those made with it are kept; `values` are what it takes."""

    numbers: sa.Select[int]
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Found:
    """What words and a network leave: all organisations, those of a network (`members`), or some by number (`numbers`).

    With a common word (`is_common`) the numbers are in order, end at REACH and respect the other filters already; where
    there are none, `numbers` is None, and `is_more` says that there are more than REACH.
    """

    numbers: tuple[int, ...] | None = None
    is_common: bool = False
    is_more: bool = False
    members: Members | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many organisations there are, and how many each choice of a facet has beside the other chosen facets.

    `total` of a common word ends at REACH and has `is_more`; its facets are None, for they would cost too much to count.
    """

    total: int
    regions: dict[str, int] | None
    themes: dict[str, int] | None
    kinds: dict[bool, int] | None
    is_more: bool = False


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
        return words.dated_facts(self.confirmed_at)


def found(filters: Filters, members: Members | None = None) -> Found:
    """Look up the words of the filters, and keep only `members` when a network was chosen."""
    if not filters.query:
        return Found(members=members)
    hits = search.matching_ids(filters.query, KIND)
    if members is not None:
        both = sa.select(Organisation.id).where(Organisation.id.in_(members.numbers), Organisation.id.in_(hits))
        return Found(tuple(db.session.scalars(both, members.values)))
    numbers = db.session.scalars(hits.limit(REACH + 1)).all()
    if len(numbers) <= REACH:
        return Found(tuple(numbers))
    if not filters.is_narrow:
        return Found(None, is_common=True, is_more=True)
    narrowed = db.session.execute(_common(filters).limit(REACH + 1), filters.values).all()
    return Found(tuple(row.organisation_id for row in narrowed[:REACH]), is_common=True, is_more=len(narrowed) > REACH)


def counts(filters: Filters, among: Found) -> Counts:
    """All numbers of the page, in one query; those of a common word are known already."""
    if among.is_common:
        total = REACH if among.numbers is None else len(among.numbers)
        return Counts(total, None, None, None, is_more=among.is_more)
    sums: dict[str, dict[str, int]] = {"region": {}, "theme": {}, "kind": {}}
    for facet, value, count in db.session.execute(statements.sums(_shape(filters, among)), _values(filters, among)):
        if count:
            sums[facet][value] = int(count)
    kinds = {value == "1": count for value, count in sums["kind"].items()}
    total = sum(kinds.values()) if filters.informal is None else kinds.get(filters.informal, 0)
    return Counts(total, sums["region"], sums["theme"], kinds)


def listed(filters: Filters, among: Found, *, offset: int, limit: int = PAGE) -> Sequence[Listed]:
    """One page in the alphabet of the page's language."""
    if among.is_common and among.numbers is None:
        statement, limit = statements.shown(_common(filters, begins=offset < NEAR)), min(limit, REACH - offset)
    else:
        statement = statements.page(_shape(filters, among), current_language())
    values = {**_values(filters, among), "offset": offset, "limit": limit}
    return [Listed(*row) for row in db.session.execute(statement, values)]


def _common(filters: Filters, *, begins: bool = False) -> sa.Select[int, bytes]:
    """The rows that a common word leaves: the list is walked in its order, and each row looked up among the hits.

    The beginning of the list is better asked row by row: reading all hits of a word takes longer than twenty rows.
    """
    shape = _shape(filters, Found())
    number = shape.held("organisation_id", sa.Integer)
    if begins:
        is_hit = search.is_found(filters.query, KIND, number)
    else:
        is_hit = number.in_(search.matching_ids(filters.query, KIND))
    return statements.rows(shape, current_language()).where(is_hit)


def _shape(filters: Filters, among: Found) -> statements.Shape:
    return statements.Shape(
        place="region" if filters.region else "country" if filters.country else "",
        has_kind=filters.informal is not None,
        has_numbers=among.numbers is not None,
        members=among.members.numbers if among.members else None,
        is_sqlite=db.engine.dialect.name == "sqlite",
    )


def _values(filters: Filters, among: Found) -> dict[str, object]:
    numbers = {} if among.numbers is None else {"numbers": among.numbers}
    return {**filters.values, **numbers, **(among.members.values if among.members else {})}

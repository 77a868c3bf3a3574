"""The directory: which organisations a set of filters leaves, how many each further filter would, one page of them.

Nothing here costs more with 100,000 organisations than with 100: counts are sums of stored cells (`ListingCount`), a
page is a piece of one covering index (`Listing`). Words and networks are looked up first; up to REACH organisations they
are then a short list of numbers, and a word that more organisations have is answered by walking the list in its order.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.core import search
from portal.core.db import db
from portal.core.i18n import Localized, Shown, current_language
from portal.core.media import File, media_path
from portal.organisations import words
from portal.organisations.models import Listing, ListingCount, Organisation
from portal.organisations.places import town_shown

PAGE = 20  # organisations a page
REACH = 1000  # how many hits of a common word can be paged through


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen. Empty means all; `informal` None means both kinds."""

    query: str = ""
    country: str = ""
    region: str = ""
    theme: str = ""
    informal: bool | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What words and a network leave: all organisations, some by number, or too many to number (`is_common`)."""

    numbers: tuple[int, ...] | None = None
    query: str = ""
    is_common: bool = False


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
    variants: list[dict[str, Any]] | None

    @property
    def picture_url(self) -> str:
        """The address of the small logo, or an empty text."""
        return media_path(self.variants[0]["key"]) if self.variants else ""

    @property
    def town_shown(self) -> Shown:
        return town_shown(self.town, self.region)

    @property
    def kind(self) -> str:
        return words.kind(self.legal_form)

    @property
    def theme_labels(self) -> list[str]:
        return words.theme_labels(self.themes)

    @property
    def facts(self) -> list[words.Fact]:
        return words.dated_facts(self.confirmed_at)


def found(query: str, members: Collection[int] | None = None) -> Found:
    """Look up the words of a query, and keep only `members` when a network was chosen."""
    if not query:
        return Found(None if members is None else tuple(members))
    hits = search.matching_ids(query, "organisation").limit(REACH + 1)
    numbers = db.session.scalars(hits).all()
    if members is not None:
        wanted = set(members)
        if len(numbers) > REACH:
            matching = search.matching_ids(query, "organisation")
            both = sa.select(Organisation.id).where(Organisation.id.in_(wanted), Organisation.id.in_(matching))
            numbers = db.session.scalars(both).all()
        return Found(tuple(number for number in numbers if number in wanted))
    if len(numbers) > REACH:
        return Found(query=query, is_common=True)
    return Found(tuple(numbers))


def counts(filters: Filters, among: Found) -> Counts:
    """All numbers of the page, in one query."""
    if among.is_common:
        few = _rows(filters, among).limit(REACH + 1).subquery()
        total = db.session.scalar(sa.select(sa.func.count()).select_from(few)) or 0
        return Counts(min(total, REACH), None, None, None, is_more=total > REACH)
    cells = _cells(among)
    theme, place, kind = cells.c.theme == filters.theme, _in_place(cells, filters), _of_kind(cells, filters)
    parts = [
        _sums("region", cells.c.region, cells, theme, *kind),
        _sums("theme", cells.c.theme, cells, cells.c.theme != "", *place, *kind),
        _sums("kind", cells.c.informal, cells, theme, *place),
    ]
    sums: dict[str, dict[str, int]] = {"region": {}, "theme": {}, "kind": {}}
    for facet, value, count in db.session.execute(sa.union_all(*parts)):
        if count:
            sums[facet][value] = int(count)
    kinds = {value == "1": count for value, count in sums["kind"].items()}
    total = sum(kinds.values()) if filters.informal is None else kinds.get(filters.informal, 0)
    return Counts(total, sums["region"], sums["theme"], kinds)


def listed(filters: Filters, among: Found, *, offset: int, limit: int = PAGE) -> Sequence[Listed]:
    """One page in the alphabet of the page's language."""
    page = _rows(filters, among).offset(offset).limit(limit).subquery()
    o = Organisation
    statement = (
        sa.select(
            o.id, o.slug, o.name, o.summary, o.town, o.region, o.legal_form, o.themes, o.confirmed_at, File.variants
        )
        .join(page, page.c.organisation_id == o.id)
        .outerjoin(File, File.id == o.logo_id)
        .order_by(page.c.place, o.id)
    )
    return [Listed(*row) for row in db.session.execute(statement)]


def _rows(filters: Filters, among: Found) -> sa.Select[Any]:
    """The rows of the listing that are left, in order."""
    place = getattr(Listing, f"sort_{current_language()}")
    rows = sa.select(Listing.organisation_id, place.label("place")).order_by(place, Listing.organisation_id)
    rows = rows.where(*_in_place(Listing, filters), *_of_kind(Listing, filters))
    if among.numbers is not None:
        # Few numbers: look each of them up instead of walking the list.
        return rows.where(_held("theme", sa.String) == filters.theme, Listing.organisation_id.in_(among.numbers))
    rows = rows.where(Listing.theme == filters.theme)
    if among.is_common:
        hits = search.matching_ids(among.query, "organisation")
        rows = rows.where(_held("organisation_id", sa.Integer).in_(hits))
    return rows


def _held(column: str, kind: Any) -> sa.ColumnElement[Any]:
    """A column of the listing that SQLite must not choose an index by: the plus says so. PostgreSQL knows by itself."""
    plus = "+" if db.engine.dialect.name == "sqlite" else ""
    return sa.literal_column(f"{plus}organisation_listing.{column}", kind)


def _cells(among: Found) -> sa.FromClause:
    """(theme, region, informal, count) of what is left by words and network: stored, or counted from the few numbers."""
    if among.numbers is None:
        return sa.select(ListingCount.theme, ListingCount.region, ListingCount.informal, ListingCount.count).subquery()
    cell = (Listing.theme, Listing.region, Listing.informal)
    rows = sa.select(*cell, sa.func.count().label("count")).where(Listing.organisation_id.in_(among.numbers))
    return rows.group_by(*cell).cte("cells")


def _sums(facet: str, by: sa.ColumnElement[Any], cells: Any, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    value = sa.case((by, "1"), else_="0") if isinstance(by.type, sa.Boolean) else by
    columns = (sa.literal(facet).label("facet"), value.label("value"), sa.func.sum(cells.c.count).label("count"))
    return sa.select(*columns).where(*where).group_by(by)


def _in_place(table: Any, filters: Filters) -> list[sa.ColumnElement[bool]]:
    region = table.c.region if isinstance(table, sa.FromClause) else table.region
    if filters.region:
        return [region == filters.region]
    if filters.country:
        return [sa.func.substr(region, 1, 2) == filters.country]
    return []


def _of_kind(table: Any, filters: Filters) -> list[sa.ColumnElement[bool]]:
    informal = table.c.informal if isinstance(table, sa.FromClause) else table.informal
    return [] if filters.informal is None else [informal == filters.informal]

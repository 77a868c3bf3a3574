"""The statements of the directory. Each shape is built once and kept; what was chosen travels as parameters."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, TypeVar

import sqlalchemy as sa

from portal.face.media import File, StoredVariant
from portal.ground.statements import table
from portal.organisations.models import Listing, ListingCount, Organisation
from portal.words.i18n import Localized

Condition = sa.ColumnElement[bool]
Held = TypeVar("Held")
Page: TypeAlias = sa.Select[
    int, str, Localized, Localized, str, str, str, tuple[str, ...], dt.datetime | None, list[StoredVariant] | None
]


@dataclass(frozen=True, slots=True)
class Shape:
    """Which conditions a statement has: a region, a country or neither; a kind or not; all rows, some by number, or those
    of `members`, a statement that is the same object each time.

    SQLite gets a plus before columns that it must not choose an index by; PostgreSQL knows by itself.
    """

    place: str
    has_kind: bool
    has_numbers: bool
    is_sqlite: bool
    members: sa.Select[int] | None = None

    @property
    def has_few(self) -> bool:
        """Are the organisations looked up, instead of walking the list?"""
        return self.has_numbers or self.members is not None

    @property
    def few(self) -> sa.ColumnElement[bool]:
        """Those that are looked up."""
        return Listing.organisation_id.in_(_numbers() if self.members is None else self.members)

    def places(self, region: sa.SQLColumnExpression[str]) -> list[Condition]:
        if self.place == "region":
            return [region == sa.bindparam("region", type_=sa.String)]
        if self.place == "country":
            return [sa.func.substr(region, 1, 2) == sa.bindparam("country", type_=sa.String)]
        return []

    def kinds(self, informal: sa.SQLColumnExpression[bool]) -> list[Condition]:
        return [informal == sa.bindparam("informal", type_=sa.Boolean)] if self.has_kind else []

    def held(self, column: str, kind: type[sa.types.TypeEngine[Held]]) -> sa.ColumnElement[Held]:
        return sa.literal_column(f"{'+' if self.is_sqlite else ''}organisation_listing.{column}", kind)


@cache
def sums(shape: Shape) -> sa.CompoundSelect[str, str, int]:
    """(facet, value, count): what each choice of a facet would leave beside the other chosen facets."""
    cells = _counted(shape) if shape.has_few else table(ListingCount)
    theme = cells.c.theme == sa.bindparam("theme", type_=sa.String)
    place, kind = shape.places(cells.c.region), shape.kinds(cells.c.informal)
    return sa.union_all(
        _sum("region", cells.c.region, cells, theme, *kind),
        _sum("theme", cells.c.theme, cells, cells.c.theme != "", *place, *kind),
        _sum("kind", cells.c.informal, cells, theme, *place),
    )


def _counted(shape: Shape) -> sa.CTE:
    """Cells like those of ListingCount, counted from the rows of a few organisations."""
    cell = (Listing.theme, Listing.region, Listing.informal)
    rows = sa.select(*cell, sa.func.count().label("count")).where(shape.few)
    return rows.group_by(*cell).cte("cells")


def _sum(facet: str, by: sa.ColumnElement[object], cells: sa.FromClause, *where: Condition) -> sa.Select[str, str, int]:
    value = sa.case((by, "1"), else_="0") if isinstance(by.type, sa.Boolean) else by
    columns = (sa.literal(facet).label("facet"), value.label("value"), sa.func.sum(cells.c.count).label("count"))
    return sa.select(*columns).where(*where).group_by(by)


def _numbers() -> sa.BindParameter[int]:
    return sa.bindparam("numbers", expanding=True, type_=sa.Integer)


def rows(shape: Shape, language: str) -> sa.Select[int, bytes]:
    """The rows of the listing that are left, in order."""
    place = getattr(Listing, f"sort_{language}")
    theme = sa.bindparam("theme", type_=sa.String)
    found = sa.select(Listing.organisation_id, place.label("place")).order_by(place, Listing.organisation_id)
    found = found.where(*shape.places(Listing.region), *shape.kinds(Listing.informal))
    if shape.has_few:
        return found.where(shape.held("theme", sa.String) == theme, shape.few)
    return found.where(Listing.theme == theme)


@cache
def page(shape: Shape, language: str) -> Page:
    """One page of organisations with what a list shows of them."""
    return shown(rows(shape, language))


def shown(found: sa.Select[int, bytes]) -> Page:
    o = Organisation
    part = (
        found.offset(sa.bindparam("offset", type_=sa.Integer)).limit(sa.bindparam("limit", type_=sa.Integer)).subquery()
    )
    columns = (o.id, o.slug, o.name, o.summary, o.town, o.region, o.legal_form, o.themes, o.confirmed_at, File.variants)
    return (
        sa.select(*columns)
        .join(part, part.c.organisation_id == o.id)
        .outerjoin(File, File.id == o.logo_id)
        .order_by(part.c.place, o.id)
    )

"""The statements of the directory. Each is built once and kept; what was chosen travels as parameters."""

import datetime as dt
from functools import cache
from typing import TypeAlias

import sqlalchemy as sa

from portal.face.media import File, StoredVariant
from portal.organisations.models import Listing, Organisation
from portal.words.i18n import Localized

Page: TypeAlias = sa.Select[
    int,
    str,
    Localized,
    Localized,
    str,
    str,
    str,
    tuple[str, ...],
    dt.datetime | None,
    dt.datetime | None,
    list[StoredVariant] | None,
]


@cache
def whole(language: str, theme: str) -> Page:
    """One page of everything under a theme: of the list, or of what stands aside."""
    return _shown(_rows(language, theme))


@cache
def few(language: str, theme: str) -> Page:
    """One page of those by number (`numbers`): looked up and sorted, not met on the way through the index."""
    numbers = sa.bindparam("numbers", expanding=True, type_=sa.Integer)
    return _shown(_rows(language, theme).where(Listing.organisation_id.in_(numbers)))


@cache
def by_number() -> Page:
    """Those of the list with these `numbers`, in no order."""
    o = Organisation
    numbers = sa.bindparam("numbers", expanding=True, type_=sa.Integer)
    is_listed = sa.and_(Listing.organisation_id == o.id, Listing.theme == "")
    found = _what_is_shown().join(Listing, is_listed).outerjoin(File, File.id == o.logo_id)
    return found.where(Listing.organisation_id.in_(numbers))


@cache
def many(language: str, theme: str, engine: str, *, is_backwards: bool) -> Page:
    """One page of those that the bytes (SQLite) or bits (PostgreSQL) of `among` say yes to: the index is walked in its
    order, or from its end, until the page is full."""
    is_among = _is_among(engine)
    return _shown(_rows(language, theme, is_backwards=is_backwards).where(is_among))


@cache
def every(language: str, theme: str, engine: str, *, is_part: bool) -> sa.Select[int, bytes]:
    """(organisation, its place) of everything under a theme in its order, or of those that `among` says yes to."""
    found = _rows(language, theme)
    return found.where(_is_among(engine)) if is_part else found


def _is_among(engine: str) -> sa.ColumnElement[bool]:
    number = Listing.organisation_id
    among = sa.bindparam("among", type_=sa.LargeBinary)
    if engine == "sqlite":
        return sa.func.substr(among, number + 1, 1) == sa.literal_column("x'01'")
    reached = number < sa.func.length(among) * 8
    return sa.case((reached, sa.func.get_bit(among, number)), else_=0) == 1


def _rows(language: str, theme: str, *, is_backwards: bool = False) -> sa.Select[int, bytes]:
    """The rows of the listing in order."""
    place = getattr(Listing, f"sort_{language}")
    order = (place, Listing.organisation_id)
    found = sa.select(Listing.organisation_id, place.label("place")).where(Listing.theme == theme)
    return found.order_by(*(column.desc() if is_backwards else column for column in order))


def _what_is_shown() -> Page:
    o = Organisation
    return sa.select(
        o.id,
        o.slug,
        o.name,
        o.summary,
        o.town,
        o.region,
        o.legal_form,
        o.themes,
        o.confirmed_at,
        o.dormant_since,
        File.variants,
    )


def _shown(found: sa.Select[int, bytes]) -> Page:
    o = Organisation
    part = (
        found.offset(sa.bindparam("offset", type_=sa.Integer)).limit(sa.bindparam("limit", type_=sa.Integer)).subquery()
    )
    return (
        _what_is_shown()
        .join(part, part.c.organisation_id == o.id)
        .outerjoin(File, File.id == o.logo_id)
        .order_by(part.c.place, o.id)
    )

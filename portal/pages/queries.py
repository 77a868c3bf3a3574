"""Reads of the whole portal for its first page and its search."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from portal.declaration import findables
from portal.ground.db import db
from portal.ground.statements import table
from portal.membership.models import NetworkSize
from portal.organisations.models import ListingCount, Organisation, OrganisationStatus
from portal.pages.models import ONLY, Operator
from portal.words.i18n import Localized, Shown
from portal.words.search import Hit

_organisation = table(Organisation).c
_LATEST_NAMES = (
    sa.select(_organisation.name)
    .where(_organisation.status == OrganisationStatus.PUBLISHED)
    .order_by(_organisation.id.desc())
    .limit(sa.bindparam("most"))
)


class Sizes(NamedTuple):
    """How much there is: published organisations and groups, and networks."""

    organisations: int
    networks: int


_SIZES = sa.select(
    sa.select(sa.func.coalesce(sa.func.sum(ListingCount.count), 0)).where(ListingCount.theme == "").scalar_subquery(),
    sa.select(sa.func.count()).select_from(NetworkSize).scalar_subquery(),
)


def sizes() -> Sizes:
    """From kept counts: a few cells of the directory, and one row a network."""
    return Sizes(*map(int, db.session.execute(_SIZES).one()))


def woven_names(limit: int) -> Sequence[Localized]:
    """The names of the organisations that were added last: their motifs are the cloth of the first page."""
    return db.session.scalars(_LATEST_NAMES, {"most": limit}).all()


def public_parts(size: int) -> Mapping[str, Mapping[int, int]]:
    """How many public objects of each kind have numbers in each stretch of `size`: kind -> place of the stretch -> count."""
    found: dict[str, dict[int, int]] = {}
    for one in findables():
        public = one.public().subquery()
        place = (public.c[0] // size).label("place")
        counted = sa.select(place, sa.func.count()).group_by(place).order_by(place)
        found[one.kind.code] = {row[0]: row[1] for row in db.session.execute(counted)}
    return found


def operator() -> Operator | None:
    """Who runs the portal, or None until the portal team has said so."""
    return db.session.get(Operator, ONLY)


def places_of(hits: Iterable[Hit]) -> Mapping[tuple[str, int], str | Shown]:
    """Where the objects of these hits are, by kind and number; whoever searched for a place sees it there."""
    found: dict[str, list[int]] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(hit.id)
    return {
        (one.kind.code, number): place
        for one in findables()
        if one.kind.code in found
        for number, place in one.places(found[one.kind.code]).items()
    }

"""Reads of the whole portal for its first page and its search."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from portal.declaration import findables
from portal.ground.db import db
from portal.ground.statements import table
from portal.membership.models import NetworkSize
from portal.organisations.models import DirectoryChange, DirectoryMark, Organisation, OrganisationStatus
from portal.pages.models import ONLY, Operator
from portal.words.i18n import Localized, Shown
from portal.words.search import Hit, Span


class Beginning(NamedTuple):
    """What the first page begins with: the names whose motifs are its cloth, and how much there is."""

    names: Sequence[Localized]
    organisations: int = 0  # published, with informal groups
    networks: int = 0


_organisation = table(Organisation).c
_BEGINNING = (
    sa.select(
        _organisation.name,
        sa.select(DirectoryMark.listed).scalar_subquery(),
        sa.select(sa.func.sum(DirectoryChange.listed)).scalar_subquery(),
        sa.select(sa.func.count()).select_from(NetworkSize).scalar_subquery(),
    )
    .where(_organisation.status == OrganisationStatus.PUBLISHED)
    .order_by(_organisation.id.desc())
    .limit(sa.bindparam("most"))
)


def beginning(most: int) -> Beginning:
    """The names of the organisations that were added last, and the numbers from kept counts: that of the directory with
    the differences since, and one row a network."""
    rows = db.session.execute(_BEGINNING, {"most": most}).all()
    if not rows:
        return Beginning([])
    _name, listed, since, networks = rows[0]
    return Beginning([row[0] for row in rows], (listed or 0) + int(since or 0), networks)


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


def spans_of(hits: Iterable[Hit]) -> Mapping[tuple[str, int], Span]:
    """When those of these hits that take place do, by kind and number."""
    found: dict[str, list[int]] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(hit.id)
    return {
        (one.kind.code, number): span
        for one in findables()
        if one.kind.code in found
        for number, span in one.spans(found[one.kind.code]).items()
    }

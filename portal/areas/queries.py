"""Areas by number, by code, by words, and with everything that they lie in."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from portal.areas.models import MUNICIPALITIES, Area, AreaKind, AreaWithin
from portal.areas.words import Level, Place
from portal.ground.db import db
from portal.words.i18n import Localized, current_language
from portal.words.text import fold, skeleton, sort_key

SHOWN = 30  # hits
SHORTEST = 2  # letters of a query
LONGEST = 100
CHOSEN = (*MUNICIPALITIES, AreaKind.COUNTY, AreaKind.VOIVODESHIP, AreaKind.OBLAST)
_ORDER = {kind: place for place, kind in enumerate((AreaKind.VOIVODESHIP, AreaKind.OBLAST, AreaKind.COUNTY))}


class Step(NamedTuple):
    """Something that the area `area_id` lies in, or itself."""

    area_id: int
    id: int
    parent_id: int | None
    kind: str
    name: Localized
    code: str
    retired_at: dt.datetime | None


def by_code(code: str) -> Area | None:
    """The area with this code, of whatever scheme: no code is one of two."""
    return db.session.scalar(sa.select(Area).where(Area.code == code))


def within(area_id: int) -> sa.Select[int]:
    """The numbers of everything that lies in an area, and its own."""
    return sa.select(AreaWithin.area_id).where(AreaWithin.ancestor_id == area_id)


@cache
def steps() -> sa.Select[int, int, int | None, str, Localized, str, dt.datetime | None]:
    """Every area (`area_id`) with everything that it lies in, itself too, for `made` to make places of."""
    columns = (Area.id, Area.parent_id, Area.kind, Area.name, Area.code, Area.retired_at)
    return sa.select(AreaWithin.area_id, *columns).join(Area, Area.id == AreaWithin.ancestor_id)


def made(rows: Iterable[Step]) -> dict[int, Place]:
    """The places by number of what `steps` gives."""
    found: dict[int, dict[int, Step]] = {}
    for row in rows:
        found.setdefault(row.area_id, {})[row.id] = row
    return {
        number: Place(number, above[number].code, _upwards(number, above), above[number].retired_at is not None)
        for number, above in found.items()
    }


def _upwards(number: int, above: Mapping[int, Step]) -> tuple[Level, ...]:
    levels, at = [], above.get(number)
    while at is not None:
        levels.append(Level(at.kind, at.name))
        at = None if at.parent_id is None else above.get(at.parent_id)
    return tuple(levels)


def places(numbers: Collection[int]) -> Mapping[int, Place]:
    """These areas as they are shown, in one read; those that are not there are left out."""
    if not numbers:
        return {}
    rows = db.session.execute(steps().where(AreaWithin.area_id.in_(list(numbers))))
    return made(Step(*row) for row in rows)


def names_of(numbers: Collection[int]) -> list[tuple[Localized, tuple[str, ...]]]:
    """(name, other names) of these areas, in the order of their numbers: what others are found by."""
    if not numbers:
        return []
    found = sa.select(Area.name, Area.aliases).where(Area.id.in_(list(numbers))).order_by(Area.id)
    return [(name, tuple(aliases.splitlines())) for name, aliases in db.session.execute(found)]


def by_codes(codes: Collection[str]) -> dict[str, Place]:
    """The areas with these codes as they are shown, in their order; those that there are not are left out."""
    rows = db.session.execute(sa.select(Area.code, Area.id).where(Area.code.in_(list(codes)))).all()
    numbers = {row.code: row.id for row in rows}
    found = places(numbers.values())
    return {code: found[numbers[code]] for code in codes if code in numbers}


def find(words: str, kinds: Collection[str] = CHOSEN, *, inside: str = "") -> tuple[Sequence[Place], bool]:
    """The areas in use whose names have words that begin like all of these, and whether there are more than SHOWN. `inside`
    is the code of an area that they have to lie in.

    Whoever is called exactly so comes first, then larger areas, then the alphabet of the page. Looked for as typed in any
    alphabet: by the folded words, and where those find nothing, by their skeletons.
    """
    text = words[:LONGEST]
    for asked in (fold(text).split(), skeleton(text).split()):
        if sum(map(len, asked)) >= SHORTEST:
            numbers = _numbers(asked, kinds, inside)
            if numbers:
                found = sorted(places(numbers).values(), key=lambda place: _rank(place, fold(text)))
                return found[:SHOWN], len(found) > SHOWN
    return (), False


def _numbers(asked: Sequence[str], kinds: Collection[str], inside: str) -> Sequence[int]:
    query = sa.select(Area.id).where(Area.kind.in_(list(kinds)), Area.retired_at.is_(None))
    if inside:
        above = sa.select(Area.id).where(Area.code == inside).scalar_subquery()
        query = query.where(Area.id.in_(sa.select(AreaWithin.area_id).where(AreaWithin.ancestor_id == above)))
    return db.session.scalars(query.where(*(Area.found.contains(f" {word}", autoescape=True) for word in asked))).all()


def _rank(place: Place, asked: str) -> tuple[bool, int, bytes, str]:
    shown = place.name.shown_in(current_language()).text
    is_exact = asked in (fold(shown), fold(place.name.source))
    order = _ORDER.get(AreaKind(place.kind), len(_ORDER))
    return not is_exact, order, sort_key(shown, current_language()), place.code

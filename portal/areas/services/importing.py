"""Making the stored areas those of the official lists: new ones are added, changed ones renamed, vanished ones retired."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.areas.facts import AreasRenamed
from portal.areas.findable import found_by
from portal.areas.models import Area, AreaWithin
from portal.areas.queries import by_code, within
from portal.areas.sources import Lists, Row
from portal.ground import audit, clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.facts import announce
from portal.ground.statements import in_batches, lock_table

BATCH = 50  # areas in one transaction, so that nobody waits long for the lock
FEW = 10  # that many may vanish from any list
SHARE = 10  # and one in so many from a long one


@dataclass(frozen=True, slots=True)
class Outcome:
    """The codes of what is new, changed, retired; and how many were as they are."""

    new: Sequence[str]
    changed: Sequence[str]
    retired: Sequence[str]
    unchanged: int


class TooManyVanish(Exception):
    """So many areas are in these lists no more that they are rather a part of the lists."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(f"{len(codes)} areas are not in these lists any more")
        self.codes = codes


def import_lists(lists: Lists, *, dry_run: bool = False, retire_many: bool = False) -> Outcome:
    """Store what the lists say, in batches that each stand alone: a run that was stopped is begun again, and goes on.

    An area is known by its scheme and code, so a second run changes nothing. Other names are only ever added. Areas that
    are missing are retired if their region is listed, and never deleted. Raises TooManyVanish, with nothing stored,
    unless `retire_many`. With `dry_run` nothing is stored.
    """
    stored = {area.code: area for area in db.session.scalars(sa.select(Area))}
    rows = sorted(lists.rows.values(), key=lambda row: (len(row.code), row.code))  # what lies in another comes after it
    new = [row for row in rows if row.code not in stored]
    changed = [row for row in rows if row.code in stored and _differs(stored[row.code], row)]
    vanished = _vanished(lists)
    if len(vanished) > max(FEW, len(lists.rows) // SHARE) and not retire_many:
        raise TooManyVanish(vanished)
    outcome = Outcome(
        [row.code for row in new], [row.code for row in changed], vanished, len(rows) - len(new) - len(changed)
    )
    if not dry_run:
        for rows in in_batches((*new, *changed), BATCH):
            with transaction():
                lock_table(Area)
                _store(rows)
        for codes in in_batches(vanished, BATCH):
            with transaction():
                _retire(codes)
    return outcome


def _differs(area: Area, row: Row) -> bool:
    is_same = area.kind == row.kind and area.name == row.name and area.retired_at is None
    return not is_same or _all_names(area, row) != area.other_names


def _all_names(area: Area, row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*area.other_names, *row.aliases)))


def _vanished(lists: Lists) -> list[str]:
    found: list[str] = []
    for scheme, regions in lists.covered.items():
        listed = [area.id for area in map(by_code, sorted(regions)) if area is not None]
        inside = sa.or_(*(Area.id.in_(within(number)) for number in listed)) if listed else sa.false()
        codes = db.session.scalars(
            sa.select(Area.code).where(Area.scheme == scheme, Area.retired_at.is_(None), inside).order_by(Area.code)
        )
        found += [code for code in codes if code not in lists.rows]
    return sorted(found, key=lambda code: (-len(code), code))  # what lies in another goes before it


def _store(rows: Sequence[Row]) -> None:
    """Inside a transaction that holds the table: somebody else's import may have stored some of them meanwhile."""
    renamed = []
    for row in rows:
        area = by_code(row.code)
        if area is None:
            _add(row)
        elif _differs(area, row):
            area.name, area.kind, area.retired_at = row.name, row.kind, None
            area.aliases = "\n".join(_all_names(area, row))
            area.found = found_by(area.name, area.other_names)
            audit.record("area.changed", area, detail={"name": row.name.source}, actor=PORTAL)
            renamed.append(area.id)
    db.session.flush()
    if renamed:
        announce(AreasRenamed(renamed))


def _add(row: Row) -> None:
    parent = by_code(row.parent)
    assert parent is not None  # its row came first
    area = Area(
        scheme=row.scheme, code=row.code, kind=row.kind, parent_id=parent.id, name=row.name,
        aliases="\n".join(row.aliases), found=found_by(row.name, row.aliases),
    )  # fmt: skip
    db.session.add(area)
    db.session.flush()
    above = db.session.scalars(sa.select(AreaWithin.ancestor_id).where(AreaWithin.area_id == parent.id)).all()
    db.session.add_all(AreaWithin(ancestor_id=number, area_id=area.id) for number in (area.id, *above))


def _retire(codes: Sequence[str]) -> None:
    """Who has one of them keeps it: it is offered to nobody any more."""
    query = sa.select(Area).where(Area.code.in_(codes), Area.retired_at.is_(None)).order_by(Area.id).with_for_update()
    for area in db.session.scalars(query):
        area.retired_at = clock.now()
        audit.record("area.retired", area, detail={"name": area.name.source}, actor=PORTAL)

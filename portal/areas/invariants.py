"""What must be true of areas: a tree without a gap, and what lies within whom said in full."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.areas.findable import found_by
from portal.areas.models import MUNICIPALITIES, REGIONS, Area, AreaKind, AreaWithin
from portal.ground.checks import Check, rows, select
from portal.ground.db import db

_Parent = aliased(Area)
_Up = aliased(AreaWithin)


def _apart() -> Iterator[str]:
    for code, name, aliases, found in db.session.execute(sa.select(Area.code, Area.name, Area.aliases, Area.found)):
        if found != found_by(name, aliases.splitlines()):
            yield code


def _levels() -> sa.ColumnElement[bool]:
    """May something of this kind lie in something of that kind?"""
    counties = (AreaKind.COUNTY, AreaKind.CITY_COUNTY)
    return sa.or_(
        sa.and_(Area.kind.in_(REGIONS), _Parent.kind == AreaKind.COUNTRY),
        sa.and_(Area.kind.in_(counties), _Parent.kind == AreaKind.VOIVODESHIP),
        sa.and_(Area.kind == AreaKind.OBSHTINA, _Parent.kind == AreaKind.OBLAST),
        sa.and_(
            Area.kind.in_(MUNICIPALITIES), Area.kind != AreaKind.OBSHTINA, _Parent.kind.in_(counties)
        ),
    )  # fmt: skip


def checks() -> Sequence[Check]:
    itself = sa.exists().where(AreaWithin.area_id == Area.id, AreaWithin.ancestor_id == Area.id)
    missing = (
        sa.select(Area.id, _Up.ancestor_id)
        .join(_Up, _Up.area_id == Area.parent_id)
        .where(~sa.exists().where(AreaWithin.area_id == Area.id, AreaWithin.ancestor_id == _Up.ancestor_id))
    )
    beyond = (
        sa.select(AreaWithin.area_id, AreaWithin.ancestor_id)
        .join(Area, Area.id == AreaWithin.area_id)
        .where(AreaWithin.area_id != AreaWithin.ancestor_id)
        .where(~sa.exists().where(_Up.area_id == Area.parent_id, _Up.ancestor_id == AreaWithin.ancestor_id))
    )
    return (
        rows("areas.without-parent", Area, "An area lies in nothing.", Area.kind != "country", Area.parent_id.is_(None)),
        select(
            "areas.level", Area, "An area lies in something that it cannot lie in.",
            sa.select(Area.id).join(_Parent, _Parent.id == Area.parent_id).where(~_levels()),
        ),
        rows("areas.within-itself", Area, "An area does not lie within itself.", ~itself),
        select("areas.within-missing", AreaWithin, "An area is not found in something that it lies in.", missing),
        select("areas.within-beyond", AreaWithin, "An area is found in something that it does not lie in.", beyond),
        rows(
            "areas.retired-above", Area, "An area in use lies in a retired one.",
            Area.retired_at.is_(None),
            sa.exists().where(_Parent.id == Area.parent_id, _Parent.retired_at.is_not(None)),
        ),
        Check(
            "areas.found-apart", Area.__tablename__,
            "An area is found by other words than its names (portal search rebuild).", _apart, is_thorough=True,
        ),
    )  # fmt: skip

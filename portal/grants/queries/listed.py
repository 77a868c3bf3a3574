"""The list of public calls: what it can be narrowed to, and how many each further choice would leave."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.areas.models import REGIONS, Area, AreaWithin
from portal.grants.models import Call, CallArea, CallPhase, Programme
from portal.grants.queries.calls import phase, public_condition
from portal.ground import clock
from portal.ground.db import db

_ORDER = {CallPhase.OPEN: 0, CallPhase.ANNOUNCED: 1, CallPhase.CLOSED: 2}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: a phase, a region by ISO 3166-2, a kind of applicant. Empty: everything."""

    phase: str = ""
    region: str = ""
    who: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What narrows the list, as it stands in an address."""
        values = {"phase": self.phase, "region": self.region, "who": self.who}
        return {name: value for name, value in values.items() if value}

    def but(self, name: str) -> "Wanted":
        """The same without one thing."""
        return Wanted(**{key: value for key, value in self.said.items() if key != name})


def listed_calls(wanted: Wanted, *, offset: int, limit: int) -> Sequence[Call]:
    """Open ones first, the nearest deadline first; then those announced; then closed ones, the latest first."""
    now = clock.now()
    stands = phase(now)
    order = sa.case(*((stands == code, place) for code, place in _ORDER.items()), else_=len(_ORDER))
    query = sa.select(Call).where(*_narrowed(wanted, now))
    query = query.options(joinedload(Call.programme).joinedload(Programme.organisation))
    soon = sa.case((stands == CallPhase.CLOSED, None), else_=Call.closes_at)
    query = query.order_by(order, soon, Call.closes_at.desc(), Call.id)
    return db.session.scalars(query.offset(offset).limit(limit)).all()


def number_listed(wanted: Wanted) -> int:
    query = sa.select(sa.func.count(Call.id)).where(*_narrowed(wanted, clock.now()))
    return db.session.scalar(query) or 0


def numbers_by_phase(wanted: Wanted) -> Mapping[str, int]:
    """How many calls each phase would leave."""
    stands = phase(clock.now())
    query = sa.select(stands, sa.func.count(Call.id)).where(*_narrowed(wanted.but("phase"), clock.now()))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(stands))}


def numbers_by_region(wanted: Wanted) -> Mapping[str, int]:
    """How many calls each region would leave, by its code."""
    numbers = sa.select(Call.id).where(*_narrowed(wanted.but("region"), clock.now()))
    region = sa.select(Area.id, Area.code).where(Area.kind.in_(REGIONS)).subquery()
    touched = (
        sa.select(region.c.code, CallArea.call_id)
        .select_from(CallArea)
        .join(region, sa.or_(_lies_in(CallArea.area_id, region.c.id), _lies_in(region.c.id, CallArea.area_id)))
        .where(CallArea.call_id.in_(numbers))
        .distinct()
        .subquery()
    )
    query = sa.select(touched.c.code, sa.func.count()).group_by(touched.c.code)
    return {row[0]: row[1] for row in db.session.execute(query)}


def numbers_by_who(wanted: Wanted, codes: Sequence[str]) -> Mapping[str, int]:
    """How many calls each kind of applicant would leave."""
    may = [sa.func.count(sa.case((_may_apply(code), 1))) for code in codes]
    row = db.session.execute(sa.select(*may).where(*_narrowed(wanted.but("who"), clock.now()))).one()
    return dict(zip(codes, row, strict=True))


def _narrowed(wanted: Wanted, now: dt.datetime) -> list[sa.ColumnElement[bool]]:
    found = [public_condition()]
    if wanted.phase:
        found.append(phase(now) == wanted.phase)
    if wanted.who:
        found.append(_may_apply(wanted.who))
    if wanted.region:
        region = sa.select(Area.id).where(Area.code == wanted.region).scalar_subquery()
        near = sa.or_(_lies_in(CallArea.area_id, region), _lies_in(region, CallArea.area_id))
        found.append(sa.exists().where(CallArea.call_id == Call.id, near))
    return found


def _lies_in(inner: sa.SQLColumnExpression[int], outer: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    return sa.exists().where(AreaWithin.area_id == inner, AreaWithin.ancestor_id == outer)


def _may_apply(code: str) -> sa.ColumnElement[bool]:
    return ("," + Call.applicants + ",").contains(f",{code},", autoescape=True)

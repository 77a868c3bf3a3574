"""Figures counted from the records of a project. One function, whatever asks: the card, a report, the console, and the frame
of a funder, which counts the same of several projects."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import table
from portal.impact.identities import identity, packed
from portal.impact.indicators import ADVISED, ATTENDED, INDICATORS, Indicator, Measure
from portal.organisations.models import Organisation
from portal.projects.models import Activity, Record, RecordParty, RecordStatus, Strengthened

Period = tuple[dt.date, dt.date]
_record, _party, _organisation = table(Record), table(RecordParty), table(Organisation)
LOCAL_GOVERNMENT = "xx-lgu"  # the legal form


Whose = int | sa.Select[int]  # one project, or the numbers of several


def counts(whose: Whose, period: Period | None = None) -> sa.ColumnElement[bool]:
    """Does a record of these projects count at all? Confirmed ones do, within the period if there is one."""
    of = _record.c.project_id
    parts = [of == whose if isinstance(whose, int) else of.in_(whose), _record.c.status == RecordStatus.CONFIRMED]
    if period is not None:
        parts.append(_record.c.day.between(*period))
    return sa.and_(*parts)


def counted(project_id: int, period: Period | None = None) -> Mapping[str, int]:
    """The amount of each indicator that is more than nothing: minutes where it tells hours."""
    rows = _sums(project_id, period).get(project_id, {})
    parties: Mapping[str, int] = {}
    if rows:
        strengthened = strengthening(project_id, period).subquery()
        by_kind = sa.select(strengthened.c.kind, sa.func.count()).group_by(strengthened.c.kind)
        parties = {row[0]: row[1] for row in db.session.execute(by_kind)}
    found = {}
    for one in INDICATORS:
        amount = parties.get(one.kind or "", 0) if one.measure is Measure.PARTIES else _added(one, rows)
        if amount:
            found[one.code] = amount
    return found


class _Sums(NamedTuple):
    """Of the records of one kind of activity."""

    records: int
    minutes: int
    people: int


def _sums(whose: Whose, period: Period | None) -> Mapping[int, Mapping[str, _Sums]]:
    """What the records of each project add up to, by activity."""
    each = (_record.c.project_id, _record.c.activity)
    sums = (sa.func.count(), sa.func.sum(_record.c.minutes), sa.func.sum(_record.c.people))
    found: dict[int, dict[str, _Sums]] = defaultdict(dict)
    for number, activity, *row in db.session.execute(
        sa.select(*each, *sums).where(counts(whose, period)).group_by(*each)
    ):
        found[number][activity] = _Sums(*(int(value or 0) for value in row))
    return found


def _added(one: Indicator, rows: Mapping[str, _Sums]) -> int:
    """The amount of an indicator that adds up what records say."""
    if one.measure is Measure.PEOPLE:
        return sum(row.people for row in rows.values())
    row = rows.get(one.activity or "", _Sums(0, 0, 0))
    return row.minutes if one.measure is Measure.MINUTES else row.records


class Part(NamedTuple):
    """What one project gives to the sum of several: how many records, what they add up to but for people, and whom it
    strengthened, by indicator: numbers of profiles, and keys of names of which there is none."""

    records: int
    amounts: Mapping[str, int]
    who: Mapping[str, Collection[int | str]]


def counted_apart(projects: sa.Select[int], period: Period) -> Mapping[int, Part]:
    """The part of each of these projects that has any, in two statements."""
    who: dict[int, dict[str, list[int | str]]] = defaultdict(lambda: defaultdict(list))
    rows = strengthening(projects, period).subquery()
    each = sa.select(rows.c.project_id, rows.c.kind, rows.c.organisation_id, rows.c.key)
    by_kind = {one.kind: one.code for one in INDICATORS if one.kind}
    for number, kind, organisation_id, key in db.session.execute(each):
        who[number][by_kind[Strengthened(kind)]].append(key if organisation_id is None else organisation_id)
    adding = [one for one in INDICATORS if one.activity]
    return {
        number: Part(
            sum(row.records for row in sums.values()), {one.code: _added(one, sums) for one in adding}, who[number]
        )
        for number, sums in _sums(projects, period).items()
    }


def once(found: Mapping[str, Iterable[int | str]]) -> Mapping[str, int]:
    """How many identities there are by indicator, each counted in one of them: also when projects said different kinds of
    a name."""
    seen: set[int | str] = set()
    amounts = {}
    for one in sorted((one for one in INDICATORS if one.kind), key=lambda one: one.kind or ""):
        mine = set(found.get(one.code, ())) - seen
        amounts[one.code] = len(mine)
        seen |= mine
    return amounts


def strengthening(whose: Whose, period: Period | None = None) -> sa.Select[str, int | None, str, str, int]:
    """Who was strengthened: (kind, number of a profile or None, key of a name, name, project), each identity once for each
    project.

    A name that is typed is one identity by its key, whatever kind it was said to be; a profile has the kind that follows
    from it today.
    """
    attended = sa.func.coalesce(_party.c.minutes, _record.c.minutes)
    trained = sa.and_(
        _record.c.activity == Activity.TRAINING, _record.c.minutes > 0, attended * 100 >= _record.c.minutes * ATTENDED
    )
    kind = sa.case(
        (_party.c.organisation_id.is_(None), _party.c.kind),
        (_organisation.c.informal.is_(True), Strengthened.GROUP.value),
        (_organisation.c.legal_form == LOCAL_GOVERNMENT, Strengthened.LOCAL_GOVERNMENT.value),
        else_=Strengthened.ORGANISATION.value,
    )
    joined = _party.join(_record, _record.c.id == _party.c.record_id).outerjoin(
        _organisation, _organisation.c.id == _party.c.organisation_id
    )
    enough = sa.or_(
        sa.func.max(sa.case((trained, 1), else_=0)) == 1,
        sa.func.max(sa.case((_record.c.activity == Activity.MINI_PROJECT, 1), else_=0)) == 1,
        sa.func.sum(sa.case((_record.c.activity == Activity.ADVICE, attended), else_=0)) >= ADVISED,
    )
    return (
        sa.select(
            sa.func.min(kind).label("kind"), _party.c.organisation_id, _party.c.key,
            sa.func.min(_party.c.name).label("name"), _record.c.project_id,
        )
        .select_from(joined)
        .where(counts(whose, period))
        .group_by(_record.c.project_id, _party.c.organisation_id, _party.c.key)
        .having(enough)
    )  # fmt: skip


def counted_by_year(project_id: int) -> Sequence[tuple[str, int, int]]:
    """(code, year, amount) of each indicator that adds up minutes or records."""
    year = sa.extract("year", _record.c.day)
    query = sa.select(_record.c.activity, year, sa.func.count(), sa.func.sum(_record.c.minutes)).where(
        counts(project_id)
    )
    rows = db.session.execute(query.group_by(_record.c.activity, year).order_by(_record.c.activity, year)).all()
    told = {one.activity: one for one in INDICATORS if one.activity is not None}
    found = []
    for activity, when, records, minutes in rows:
        one = told.get(activity)
        amount = 0 if one is None else int(minutes or 0) if one.measure is Measure.MINUTES else records
        if one is not None and amount:
            found.append((one.code, int(when), amount))
    return found


def identities(project_id: int) -> Mapping[str, bytes]:
    """Whom each indicator counts that counts identities, as it is kept."""
    rows = strengthening(project_id).subquery()
    by_kind: dict[str, list[int]] = {}
    for kind, organisation_id, key in db.session.execute(sa.select(rows.c.kind, rows.c.organisation_id, rows.c.key)):
        by_kind.setdefault(kind, []).append(identity(organisation_id, key))
    return {one.code: packed(by_kind[one.kind]) for one in INDICATORS if one.kind in by_kind}


def counted_ids(project_id: int, period: Period) -> Sequence[int]:
    """The numbers of the records that a report of this period counts."""
    return db.session.scalars(sa.select(_record.c.id).where(counts(project_id, period)).order_by(_record.c.id)).all()

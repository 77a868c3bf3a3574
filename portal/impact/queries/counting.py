"""Figures counted from the records of a project. One function, whatever asks: the card, a report, the console."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import table
from portal.impact.identities import identity, packed
from portal.impact.indicators import ADVISED, ATTENDED, INDICATORS, Measure
from portal.organisations.models import Organisation
from portal.projects.models import Activity, Record, RecordParty, RecordStatus, Strengthened

Period = tuple[dt.date, dt.date]
_record, _party, _organisation = table(Record), table(RecordParty), table(Organisation)
LOCAL_GOVERNMENT = "xx-lgu"  # the legal form


def counts(project_id: int, period: Period | None = None) -> sa.ColumnElement[bool]:
    """Does a record of the project count at all? Confirmed ones do, within the period if there is one."""
    parts = [_record.c.project_id == project_id, _record.c.status == RecordStatus.CONFIRMED]
    if period is not None:
        parts.append(_record.c.day.between(*period))
    return sa.and_(*parts)


def counted(project_id: int, period: Period | None = None) -> Mapping[str, int]:
    """The amount of each indicator that is more than nothing: minutes where it tells hours."""
    query = sa.select(
        _record.c.activity, sa.func.count(), sa.func.sum(_record.c.minutes), sa.func.sum(_record.c.people)
    ).where(counts(project_id, period))
    rows = {row[0]: row for row in db.session.execute(query.group_by(_record.c.activity))}
    parties: Mapping[str, int] = {}
    if rows:
        strengthened = strengthening(project_id, period).subquery()
        by_kind = sa.select(strengthened.c.kind, sa.func.count()).group_by(strengthened.c.kind)
        parties = {row[0]: row[1] for row in db.session.execute(by_kind)}
    found = {}
    for one in INDICATORS:
        row = rows.get(one.activity or "")
        if one.measure is Measure.PARTIES:
            amount = parties.get(one.kind or "", 0)
        elif one.measure is Measure.PEOPLE:
            amount = sum(int(row[3] or 0) for row in rows.values())
        else:
            amount = 0 if row is None else int(row[2] if one.measure is Measure.MINUTES else row[1])
        if amount:
            found[one.code] = amount
    return found


def strengthening(project_id: int, period: Period | None = None) -> sa.Select[str, int | None, str, str]:
    """Who was strengthened: (kind, number of a profile or None, key of a name, name), each identity once.

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
            sa.func.min(_party.c.name).label("name"),
        )
        .select_from(joined)
        .where(counts(project_id, period))
        .group_by(_party.c.organisation_id, _party.c.key)
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

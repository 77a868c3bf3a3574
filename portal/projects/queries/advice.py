"""The log of an adviser: what advice somebody gave in a project, to whom, and how long it took by topic."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.ground.db import db
from portal.projects.models import Activity, Project, Record, RecordParty, RecordStatus

LATELY = 3  # who can be chosen with one tap
GIVEN = (RecordStatus.DELIVERED, RecordStatus.CONFIRMED)  # what has taken place, by one person or by two


def advice_of(project_id: int, person_id: int, *, offset: int = 0, limit: int = 50) -> Sequence[Record]:
    """The advice that somebody gave in a project, in whatever state, the latest day first."""
    query = sa.select(Record).where(_own(project_id, person_id)).order_by(Record.day.desc(), Record.id.desc())
    return db.session.scalars(query.offset(offset).limit(limit)).all()


def number_of_advice(project_id: int, person_id: int) -> int:
    """How many `advice_of` has in all."""
    return db.session.scalar(sa.select(sa.func.count(Record.id)).where(_own(project_id, person_id))) or 0


def minutes_by_topic(project_id: int, person_id: int, year: int | None = None) -> Sequence[tuple[str, int]]:
    """(topic, minutes) of the advice that somebody gave in a project, in one year or in all, the longest first."""
    total = sa.func.sum(Record.minutes)
    query = sa.select(Record.topic, total).where(_own(project_id, person_id), Record.status.in_(GIVEN))
    if year is not None:
        query = query.where(sa.extract("year", Record.day) == year)
    rows = db.session.execute(query.group_by(Record.topic).order_by(total.desc(), Record.topic))
    return [(row[0], int(row[1])) for row in rows]


def advised_lately(project_id: int, person_id: int) -> Sequence[RecordParty]:
    """Who was advised last, each once, with the organisation where it has a profile and the record."""
    last = sa.func.max(RecordParty.id).label("last")
    latest = (
        sa.select(last)
        .join(RecordParty.record)
        .where(_own(project_id, person_id), Record.status != RecordStatus.CANCELLED)
        .group_by(RecordParty.organisation_id, RecordParty.key)
        .order_by(last.desc())
        .limit(LATELY)
        .subquery()
    )
    query = sa.select(RecordParty).where(RecordParty.id.in_(sa.select(latest.c.last)))
    loaded = (joinedload(RecordParty.organisation), joinedload(RecordParty.record))
    return db.session.scalars(query.options(*loaded).order_by(RecordParty.id.desc())).all()


def advised_in(person_id: int, limit: int = 50) -> Sequence[Project]:
    """The projects in which somebody gave advice, the latest first."""
    query = sa.select(Project).where(Project.id.in_(sa.select(Record.project_id).where(Record.advised_by == person_id)))
    return db.session.scalars(query.order_by(Project.ends_on.desc(), Project.id.desc()).limit(limit)).all()


def first_parties(record_ids: Sequence[int]) -> Mapping[int, RecordParty]:
    """The first one whom each of these records names, with the organisation where it has a profile."""
    first = sa.select(sa.func.min(RecordParty.id)).where(RecordParty.record_id.in_(record_ids))
    query = sa.select(RecordParty).where(RecordParty.id.in_(first.group_by(RecordParty.record_id)))
    return {one.record_id: one for one in db.session.scalars(query.options(joinedload(RecordParty.organisation)))}


def _own(project_id: int, person_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        Record.project_id == project_id, Record.advised_by == person_id, Record.activity == Activity.ADVICE
    )  # fmt: skip

"""What an organisation received: the confirmed records of public projects that name it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import streamed
from portal.projects.models import Activity, Project, Record, RecordParty, RecordStatus
from portal.projects.queries import public_condition
from portal.words.i18n import Localized

HOURS = (Activity.TRAINING, Activity.ADVICE)  # what is told in hours


class Received(NamedTuple):
    """A line of the sheet; `minutes` are those that the organisation was there, 0 where nobody measured them."""

    record: Record
    minutes: int
    project: str  # its address
    title: Localized
    hour: str


def received(organisation_id: int, *, offset: int = 0, limit: int = 50) -> Sequence[Received]:
    """The latest day first."""
    query = _lines(organisation_id).order_by(Record.day.desc(), Record.id.desc())
    return [Received(*row) for row in db.session.execute(query.offset(offset).limit(limit))]


def all_received(organisation_id: int) -> Iterator[Received]:
    """Every line, the first day first."""
    for row in streamed(_lines(organisation_id).order_by(Record.day, Record.id), 200):
        yield Received(*row)


def number_received(organisation_id: int) -> int:
    """How many `received` has in all."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(_lines(organisation_id).subquery())) or 0


def minutes_received(organisation_id: int) -> Sequence[tuple[str, str, int]]:
    """(activity, hour of the projects, minutes) of training and of advice, in this order."""
    query = (
        sa.select(Record.activity, Project.hour, sa.func.sum(_ATTENDED))
        .select_from(_JOINED)
        .where(*_counts(organisation_id), Record.activity.in_(HOURS))
        .group_by(Record.activity, Project.hour)
    )
    rows = [(row[0], row[1], int(row[2] or 0)) for row in db.session.execute(query)]
    return sorted((row for row in rows if row[2]), key=lambda row: (HOURS.index(Activity(row[0])), row[1]))


_ATTENDED = sa.func.coalesce(RecordParty.minutes, Record.minutes)
_JOINED = sa.join(RecordParty, Record, Record.id == RecordParty.record_id).join(
    Project, Project.id == Record.project_id
)


def _counts(organisation_id: int) -> Sequence[sa.ColumnElement[bool]]:
    return (
        RecordParty.organisation_id == organisation_id, Record.status == RecordStatus.CONFIRMED, public_condition(),
    )  # fmt: skip


def _lines(organisation_id: int) -> sa.Select[Record, int, str, Localized, str]:
    query = sa.select(Record, _ATTENDED, Project.slug, Project.title, Project.hour).select_from(_JOINED)
    return query.where(*_counts(organisation_id))

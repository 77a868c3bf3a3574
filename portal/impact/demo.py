"""The report of the demo: frozen, and then one training turned out to be shorter than it was written down."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from portal.accounts.demo import Cast
from portal.declaration import Demo
from portal.ground import clock
from portal.ground.db import db
from portal.impact import services
from portal.membership.queries import coordinators
from portal.organisations.queries import owners_of
from portal.projects import services as projects
from portal.projects.models import Activity, Project, Record, RecordStatus
from portal.projects.queries import find, parties_of
from portal.projects.record_fields import RECORD

REGISTER = "kuznia-ekspertow"
LONGER = 60  # minutes that were too many


def load(cast: Cast) -> None:
    project = cast.the(Project, REGISTER)
    with clock.frozen(clock.now() - dt.timedelta(days=1)):
        wrong = db.session.scalars(
            sa.select(Record)
            .where(Record.project_id == project.id, Record.activity == Activity.TRAINING)
            .order_by(Record.id)
            .offset(40)
            .limit(1)
        ).one()
        minutes = wrong.minutes
        _written(wrong, project, minutes + LONGER)
        services.freeze(project, project.starts_on, project.ends_on, by=coordinators(project.network_id)[0])
        _written(wrong, project, minutes)


def _written(record: Record, project: Project, minutes: int) -> None:
    """Corrected by the owner, confirmed by the coordination."""
    current = find(project.id)
    assert current is not None
    values: dict[str, Any] = {**RECORD.read(record, current.title.original), "minutes": minutes}
    parties = [(one.name, one.organisation) for one in parties_of(record.id)]
    names = "\n".join(name if found is None else f"/organisations/{found.slug}" for name, found in parties)
    projects.change_record(
        record, version=record.row_version, by=owners_of(current.organisation)[0],
        organisations=names, **values,
    )  # fmt: skip
    projects.move_record(record, RecordStatus.CONFIRMED, by=coordinators(current.network_id)[0])


DEMO = Demo(load=load)

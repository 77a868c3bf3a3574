"""Records of projects for tests, made through the services."""

import datetime as dt
from typing import Any

from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.impact import queries as impact
from portal.impact import services as figures
from portal.impact.models import Report
from portal.projects import queries, services
from portal.projects.models import Project, Record, RecordStatus
from portal.projects.record_fields import RECORD
from tests.factories.events import unique

DAY = dt.date(2026, 3, 9)
# What an editor types into the form of a record.
NEW = {"activity": "training", "title": "Statut bez błędów", "day": "2026-03-09", "minutes": "240"}


def make_record(project: Project, *, status: str = "confirmed", by: Any = PORTAL, **fields: Any) -> Record:
    """A record of a project, brought to the state that is asked for."""
    told = {"activity": "training", "title": "Statut bez błędów", "day": DAY, "minutes": 240}
    given = {**told, "place": f"Sala {unique()}", **fields}  # two records of the same in every respect are one
    made = services.write_record(project, by=by, **given)
    if status not in (made.status, "planned"):
        reason = "Nie było listy." if status in ("rejected", "cancelled") else ""
        services.move_record(made, RecordStatus(status), by=PORTAL, reason=reason)
    return fresh_record(project, made)


def make_advice(project: Project, adviser: Any, **fields: Any) -> Record:
    """Advice that somebody gave, as the page of their log writes it."""
    given = {"activity": "advice", "leader": adviser.name, "topic": "legal", "minutes": 60, **fields}
    return make_record(project, **{"by": adviser, "status": "delivered", **given})


def advice_page(project: Project, language: str = "pl") -> str:
    """The address of the log."""
    return f"/{language}/projects/{project.slug}/advice"


def fresh_record(project: Project, record: Record) -> Record:
    """The record as it is in the database now, with its project."""
    found = queries.record_at(project.slug, record.id)
    assert found is not None
    return found


def corrected(project: Project, record: Record, **changes: Any) -> Record:
    """The record with something else in it, as whoever opens its form sends it; it waits for a second person again."""
    values = {**RECORD.read(record, "pl"), **queries.typed_of(record), **changes}
    services.change_record(record, version=record.row_version, by=PORTAL, **values)
    return fresh_record(project, record)


def make_report(project: Project, *, by: Any = PORTAL) -> Report:
    """The figures of the first quarter, from one record."""
    with clock.frozen(dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)):
        make_record(project)
        made = figures.freeze(project, dt.date(2026, 1, 1), dt.date(2026, 3, 31), by=by)
    found = impact.report_at(project.slug, made.id)
    assert found is not None
    return found

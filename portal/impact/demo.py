"""The report of the demo: frozen, and then one training turned out to be shorter than it was written down. The frame in which the
funder of its network asks for results, and what a project that is not over yet aims at."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from portal.accounts.demo import Cast
from portal.declaration import Demo
from portal.ground import clock
from portal.ground.db import db
from portal.impact import services
from portal.impact.outputs import Output
from portal.membership.queries import coordinators, network_of
from portal.organisations.queries import owners_of
from portal.projects import services as projects
from portal.projects.models import Activity, Project, Record, RecordStatus
from portal.projects.queries import find, parties_of
from portal.projects.record_fields import RECORD
from portal.words.i18n import Localized

REGISTER = "kuznia-ekspertow"
RUNNING = "bezopasen-pat-do-uchilishte"
AIMS = (("training-hours", 0, 24), ("advice-hours", None, 10), ("community-sessions", 1, 4), ("publications", None, 1))
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
    running = cast.the(Project, RUNNING)
    for code, baseline, target in AIMS:
        services.set_aim(running, code, baseline=baseline, target=target, by=coordinators(running.network_id)[0])
    _frame(project)


ASKED = {
    Output("training-hours", "hour"): 300, Output("advice-hours", "hour"): 320, Output("community-sessions", "meeting"): 20,
    Output("mini-projects", "project"): 10, Output("organisations-strengthened", "organisation"): 60,
}  # fmt: skip
TITLE = Localized.of(
    "pl", "Aktywni Razem: potencjał organizacji", bg="Активни заедно: капацитет на организациите",
    en="Active Together: capacity of organisations",
)  # fmt: skip
FUNDER = Localized.of(
    "pl", "Fundusz Regionalny „Aktywni Razem”", bg="Регионален фонд „Активни заедно“",
    en="Regional Fund “Active Together”",
)  # fmt: skip
OUTCOME = Localized.of(
    "pl", "Silniejsze organizacje lokalne", bg="По-силни местни организации", en="Stronger local organisations"
)


def _frame(project: Project) -> None:
    """What the funder of the programme asks for, in three languages; the project feeds its outcome."""
    network = network_of(project.network_id or 0)
    assert network is not None
    by, language = coordinators(network.id)[0], TITLE.original
    period = {"starts_on": project.starts_on, "ends_on": project.ends_on}
    frame = services.make_frame(network, language=language, by=by, title=TITLE.source, funder=FUNDER.source, **period)
    outcome = services.add_outcome(frame, language=language, title=OUTCOME.source, targets=ASKED, by=by)
    for other in TITLE.languages[1:]:
        services.update_frame(
            frame, language=other, version=frame.row_version, by=by, title=TITLE.get(other), funder=FUNDER.get(other),
            **period,
        )  # fmt: skip
        services.change_outcome(
            frame, outcome.position, language=other, version=outcome.row_version, title=OUTCOME.get(other), targets=ASKED,
            by=by,
        )  # fmt: skip
    services.feed(frame, {project.id: outcome.id}, by=by)
    services.publish_frame(frame, by=by)


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

"""Frames of funders for tests, made through the services."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.impact import queries, services
from portal.impact.models import Frame, FrameOutcome
from portal.impact.outputs import Output
from portal.membership.models import Network
from portal.projects.models import Project
from tests.factories.networks import make_member_organisation, make_network
from tests.factories.people import make_person
from tests.factories.projects import make_project

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
HOURS, TEACHING = Output("training-hours", "hour"), Output("training-hours", "teaching-hour")
STRENGTHENED, PEOPLE = Output("organisations-strengthened", "organisation"), Output("people-estimated", "person")
MINI = Output("mini-projects", "project")


def make_frame(network: Network | None = None, *, state: str = "draft", by: Any = PORTAL, **fields: Any) -> Frame:
    """A frame for the first quarter, with one outcome where it is public."""
    network = network or make_network(coordinators=(make_person(),))
    given = {"title": "Aktywni Obywatele", "funder": "EOG", "starts_on": FIRST, "ends_on": LAST, **fields}
    made = services.make_frame(network, language="pl", by=by, **given)
    if state == "published":
        make_outcome(made)
        services.publish_frame(made, by=by)
    return fresh_frame(network, made)


def make_outcome(
    frame: Frame, title: str = "Silniejsze organizacje", targets: Mapping[Output, int] | None = None
) -> FrameOutcome:
    """An outcome that asks for ten hours of training, or for these."""
    return services.add_outcome(
        frame, language="pl", title=title, targets={HOURS: 10} if targets is None else targets, by=PORTAL
    )


def feed(frame: Frame, outcome: FrameOutcome, *projects: Project) -> services.Moves:
    """Let these projects feed an outcome."""
    return services.feed(frame, {one.id: outcome.id for one in projects}, by=PORTAL)


def fresh_frame(network: Network, frame: Frame) -> Frame:
    """The frame as it is in the database now, with its network."""
    db.session.rollback()
    found = queries.frame_at(network.slug, frame.id)
    assert found is not None
    return found


def working_for(network: Network, **fields: Any) -> Project:
    """A public project of a member that works for the network."""
    return make_project(make_member_organisation(network), **{"network": network.id, **fields})


def told(frame: Frame, place: int = 0) -> dict[tuple[str, str], int]:
    """What an outcome reached, by figure and unit."""
    return {(row.indicator.code, row.unit): row.amount for row in queries.reached(frame).outcomes[place].rows}


def together(frame: Frame) -> dict[tuple[str, str], int]:
    return {(row.indicator.code, row.unit): row.amount for row in queries.reached(frame).together}


def words(page: str) -> str:
    return page.replace("\u00a0", " ")

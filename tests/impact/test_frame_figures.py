"""What a frame of a funder tells: each once, hours apart, rounded once, and of few people nothing."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.ground.authz import PORTAL
from portal.impact import queries, services
from portal.impact.models import Frame, FrameOutcome
from portal.membership.models import Network
from portal.projects import services as projects
from portal.projects.models import Project
from tests.factories.frames import (
    HOURS,
    MINI,
    PEOPLE,
    STRENGTHENED,
    feed,
    make_outcome,
    together,
    told,
    words,
    working_for,
)
from tests.factories.projects import fresh
from tests.factories.records import make_record

NO_MONEY = {"cost": None, "cost_currency": "", "subsidy": None, "subsidy_currency": ""}


pytestmark = pytest.mark.both_engines  # for the sake of its SQL


@pytest.fixture(autouse=True)
def now(app: Flask, frozen_clock: Any) -> None:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))


def test_who_two_projects_strengthened_counts_once_in_an_outcome_and_in_all(
    frame: Frame, outcome: FrameOutcome, network: Network
) -> None:
    other = make_outcome(frame, "Drugi", {STRENGTHENED: 2})
    first, second, third = (working_for(network) for _ in range(3))
    for one in (first, second, third):
        make_record(one, organisations="OSP Barciany")
    make_record(third, organisations="KGW Korsze")
    feed(frame, outcome, first, second)
    feed(frame, other, third)
    assert told(frame)[STRENGTHENED] == 1 and told(frame, 1)[STRENGTHENED] == 2
    assert together(frame)[STRENGTHENED] == 2


def test_hours_of_the_other_length_stand_apart_and_have_no_target(
    frame: Frame, outcome: FrameOutcome, network: Network, client: Any
) -> None:
    clock, teaching = working_for(network), working_for(network, hour="teaching-hour")
    for one in (clock, teaching):
        make_record(one, minutes=90)
    feed(frame, outcome, clock, teaching)
    rows = [row for row in queries.reached(frame).outcomes[0].rows if row.indicator.code == "training-hours"]
    assert [(row.unit, row.amount, row.target) for row in rows] == [("hour", 90, 600), ("teaching-hour", 90, None)]
    services.publish_frame(frame, by=PORTAL)
    page = words(client.get(f"/en/networks/{network.slug}/frames/{frame.id}").text)
    assert "1.5 h" in page and "2 h" in page and "not added to each other" in page


def test_minutes_are_rounded_once_at_the_end(
    frame: Frame, outcome: FrameOutcome, network: Network, client: Any
) -> None:
    """Each of three rounded by itself would be 0.1 h, together 0.3 h; they are 9 minutes."""
    for _ in range(3):
        project = working_for(network)
        make_record(project, minutes=3)
        row = {one.id: one.outcome_id for one in queries.feeding(frame)}
        services.feed(frame, {**row, project.id: outcome.id}, by=PORTAL)
    services.publish_frame(frame, by=PORTAL)
    assert "0.2 h" in words(client.get(f"/en/networks/{network.slug}/frames/{frame.id}").text)


def test_a_project_that_left_does_not_count_and_the_coordination_reads_which(
    frame: Frame, outcome: FrameOutcome, network: Network, coordinator: Person, as_person: Any, client: Any
) -> None:
    gone, hidden = working_for(network, title="Odeszła"), working_for(network, title="Zdjęta")
    for one in (gone, hidden):
        make_record(one, minutes=60)
    feed(frame, outcome, gone, hidden)
    services.publish_frame(frame, by=PORTAL)
    assert together(frame)[HOURS] == 120
    current = fresh(gone)
    projects.update_project(
        current, version=current.row_version, by=PORTAL, network=None, hour="hour", starts_on=current.starts_on,
        ends_on=current.ends_on, **NO_MONEY,
    )  # fmt: skip
    projects.withdraw_project(fresh(hidden), by=PORTAL)
    assert together(frame) == {} and queries.reached(frame).records == 0
    own = f"/en/networks/{network.slug}/frames/{frame.id}"
    page = as_person(coordinator).get(f"{own}/projects").text
    assert "2 projects do not count now" in page and "Odeszła" in page and "Zdjęta" in page
    assert "Odeszła" not in client.get(own).text and "Zdjęta" not in client.get(own).text
    projects.publish_project(fresh(hidden), by=PORTAL)
    assert together(frame)[HOURS] == 60


@pytest.mark.parametrize(
    ("within", "outside", "amount"),
    [
        ((4, 12, 30), (), 46),  # what the card of the project says
        ((2, 1), (), 0),  # the card does not say it
        ((4, 30), (12,), 30),  # 34 less the 30 that its record says would be the 4
        ((4, 12), (30,), 0),  # the 12 is told nowhere
        ((12, 30), (4,), 30),  # with both, the 4 would follow from the 46 of the card
        ((2, 3, 12), (30,), 12),  # 5 in two records: neither follows
        ((12, 30), (7,), 42),
        ((), (12,), 0),
    ],
)
def test_of_few_people_nothing_follows_from_a_frame(
    frame: Frame, outcome: FrameOutcome, network: Network, within: Any, outside: Any, amount: int
) -> None:
    project = working_for(network)
    for people in within:
        make_record(project, people=people)
    for people in outside:
        make_record(project, people=people, day=dt.date(2026, 5, 5))
    feed(frame, outcome, project)
    assert told(frame)[PEOPLE] == amount


def test_the_table_is_a_file(frame: Frame, outcome: FrameOutcome, network: Network, client: Any) -> None:
    make_outcome(frame, "Drugi", {MINI: 2})
    project = working_for(network)
    make_record(project, minutes=100, people=3)
    feed(frame, outcome, project)
    services.publish_frame(frame, by=PORTAL)
    own = f"/pl/networks/{network.slug}/frames/{frame.id}"
    rows = [*csv.reader(io.StringIO(client.get(f"{own}.csv").data.decode("utf-8-sig")), delimiter=";")]
    assert [[row[0], *row[2:5]] for row in rows[1:]] == [
        ["Silniejsze organizacje", "training-hours", "1,7", "10"],
        ["Silniejsze organizacje", "organisations-strengthened", "0", "4"],
        ["Silniejsze organizacje", "people-estimated", "", "100"],
        ["Drugi", "mini-projects", "0", "2"],
        ["", "training-hours", "1,7", ""],
    ]
    assert client.get(f"{own}.xlsx").data.startswith(b"PK")


def test_a_frame_is_read_in_few_questions_however_many_projects(
    frame: Frame, outcome: FrameOutcome, network: Network, client: Any, count_queries: Any
) -> None:
    services.publish_frame(frame, by=PORTAL)
    seen = []
    for _ in range(2):
        for _ in range(2):
            project: Project = working_for(network)
            make_record(project, organisations="OSP Barciany")
            feed(frame, outcome, project)
        with count_queries() as counted:
            assert client.get(f"/pl/networks/{network.slug}/frames/{frame.id}").status_code == 200
        seen.append(len(counted))
    assert seen[0] == seen[1] <= 9

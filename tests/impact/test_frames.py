"""Frames of funders: who writes them, what a project feeds, and what is told of it to whom."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import transaction
from portal.ground.errors import Refusal
from portal.impact import queries, services
from portal.impact.models import Frame, FrameOutcome, FrameOutput, FrameProject
from portal.impact.outputs import Output
from portal.membership.models import Network
from tests.factories.frames import (
    HOURS,
    MINI,
    PEOPLE,
    STRENGTHENED,
    TEACHING,
    feed,
    fresh_frame,
    make_frame,
    make_outcome,
    together,
    told,
    words,
    working_for,
)
from tests.factories.networks import make_network
from tests.factories.people import make_administrator, make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record

PERIOD = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 3, 31)}


@pytest.fixture(autouse=True)
def now(app: Flask, frozen_clock: Any) -> None:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))


def test_a_frame_is_made_filled_published_and_read_by_everybody(
    network: Network, coordinator: Person, as_person: Any, client: Any
) -> None:
    project = working_for(network, title="Kuźnia")
    make_record(project, minutes=240, organisations="OSP Barciany")
    make_record(project, minutes=600, day=dt.date(2026, 4, 1))  # after the period
    browser, base = as_person(coordinator), f"/en/networks/{network.slug}/frames"
    assert f'href="{base}"' in browser.get(f"/en/networks/{network.slug}/figures").text
    asked = {"title": "Active Citizens", "funder": "EEA", "starts_on": "2026-01-01", "ends_on": "2026-03-31"}
    made = browser.submit(f"{base}/new", asked)
    number = int(made.headers["Location"].split("/")[-3])
    own = f"{base}/{number}"
    browser.follow(
        browser.submit(
            f"{own}/outcomes/new",
            {
                "title": "Stronger organisations",
                "training_hours_hour": "5",
                "organisations_strengthened_organisation": "4",
            },
        )
    )
    assert client.get(own).status_code == 404
    page = browser.follow(
        browser.submit(f"{own}/projects", {f"project_{project.id}": str(queries.outcomes_of(number)[0].id)})
    ).text
    assert "1 project feeds an outcome now" in page
    page = words(browser.follow(browser.submit(own)).text)
    assert "Everybody can read the frame now." in page
    page = words(client.get(own).text)
    assert "4 h" in page and "5 h" in page and "80%" in page and "25%" in page
    assert f'href="/en/projects/{project.slug}"' in page
    assert "Each record counts once" in page and "Counted from 1 confirmed record" in page
    assert f'href="{own}"' in client.get(f"/en/networks/{network.slug}/figures").text
    assert f'href="{own}"' in client.get(base).text
    browser.follow(browser.submit(own))
    assert client.get(own).status_code == 404
    assert "Active Citizens" not in client.get(base).text and "Active Citizens" in browser.get(base).text


def test_a_project_stands_in_one_outcome_and_is_moved(
    frame: Frame, outcome: FrameOutcome, network: Network, coordinator: Person, as_person: Any
) -> None:
    other, project = make_outcome(frame, "Głośniejsze organizacje"), working_for(network)
    make_record(project, minutes=60)
    assert feed(frame, outcome, project) == (1, 0, 0)
    assert feed(frame, outcome, project) == (0, 0, 0)
    assert (told(frame)[HOURS], told(frame, 1)[HOURS]) == (60, 0)
    browser = as_person(coordinator)
    page = browser.follow(
        browser.submit(
            f"/en/networks/{network.slug}/frames/{frame.id}/projects", {f"project_{project.id}": str(other.id)}
        )
    )
    assert "1 project was moved from another outcome, since a project feeds only one." in page.text
    assert (told(frame)[HOURS], told(frame, 1)[HOURS]) == (0, 60)
    assert together(frame)[HOURS] == 60
    assert services.feed(frame, {project.id: None}, by=PORTAL) == (0, 0, 1)
    assert together(frame) == {}


def test_the_database_itself_lets_a_project_feed_one_outcome_of_its_own_frame(
    frame: Frame, outcome: FrameOutcome, network: Network
) -> None:
    project, elsewhere = working_for(network), make_frame(network)
    foreign = make_outcome(elsewhere)
    feed(frame, outcome, project)
    second = make_outcome(frame, "Drugi")
    for row in (
        FrameProject(frame_id=frame.id, project_id=project.id, outcome_id=second.id),
        FrameProject(frame_id=frame.id, project_id=working_for(network).id, outcome_id=foreign.id),
        FrameOutput(outcome_id=outcome.id, code="training-hours", unit="teaching-hour", target=3),
        FrameOutput(outcome_id=outcome.id, code="events", unit="event", target=0),
    ):
        with pytest.raises(sa.exc.IntegrityError), transaction() as session:
            session.add(row)
            session.flush()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_on": dt.date(2025, 12, 31)}, "ends_on"),
        ({"title": ""}, "title"),
    ],
)
def test_what_is_no_frame_is_refused(network: Network, frame: Frame, fields: dict[str, Any], field: str) -> None:
    given = {"title": "Ramy", "funder": "", **PERIOD, **fields}
    with pytest.raises(Refusal) as refusal:
        services.make_frame(network, language="pl", by=PORTAL, **given)
    assert refusal.value.field == field
    with pytest.raises(Refusal) as refusal:
        services.update_frame(frame, language="pl", version=frame.row_version, by=PORTAL, **given)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("title", "targets", "field"),
    [
        ("", {HOURS: 1}, "title"),
        ("Drugi", {HOURS: 3, TEACHING: 4}, "training_hours_teaching_hour"),
        ("Drugi", {MINI: 0}, "mini_projects_project"),
        ("Drugi", {MINI: 1_000_001}, "mini_projects_project"),
        ("Drugi", {Output("swimming", "hour"): 5}, None),
    ],
)
def test_what_is_no_outcome_is_refused(
    frame: Frame, outcome: FrameOutcome, title: str, targets: Any, field: str | None
) -> None:
    with pytest.raises(Refusal) as refusal:
        services.add_outcome(frame, language="pl", title=title, targets=targets, by=PORTAL)
    assert refusal.value.field == field
    with pytest.raises(Refusal) as refusal:
        services.change_outcome(
            frame, outcome.position, language="pl", version=outcome.row_version, title=title, targets=targets, by=PORTAL
        )
    assert refusal.value.field == field
    assert len(queries.outcomes_of(frame.id)) == 1


def test_a_frame_without_an_outcome_is_not_published(
    frame: Frame, network: Network, coordinator: Person, as_person: Any
) -> None:
    browser = as_person(coordinator)
    page = browser.follow(browser.submit(f"/en/networks/{network.slug}/frames/{frame.id}"))
    assert "The frame has no outcome yet. Add one, then publish it." in page.text
    assert fresh_frame(network, frame).state == "draft"


def test_the_last_outcome_of_a_public_frame_stays(network: Network) -> None:
    public = make_frame(network, state="published")
    with pytest.raises(Refusal):
        services.remove_outcome(public, 1, by=PORTAL)
    make_outcome(public, "Drugi")
    services.remove_outcome(public, 1, by=PORTAL)
    assert [one.position for one in queries.outcomes_of(public.id)] == [2]


def test_an_outcome_that_is_removed_lets_its_projects_go(
    frame: Frame, outcome: FrameOutcome, network: Network, coordinator: Person, as_person: Any
) -> None:
    project = working_for(network)
    make_record(project)
    feed(frame, outcome, project)
    browser, own = as_person(coordinator), f"/en/networks/{network.slug}/frames/{frame.id}"
    page = browser.follow(
        browser.submit(f"{own}/outcomes/{outcome.position}", action=f"{own}/outcomes/{outcome.position}/remove")
    )
    assert "The outcome is gone." in page.text
    assert queries.outcomes_of(frame.id) == [] and queries.feeding(frame) == []
    assert browser.get(f"{own}/outcomes/1").status_code == 404


def test_what_an_outcome_asks_for_is_changed_in_its_unit(frame: Frame, outcome: FrameOutcome) -> None:
    assert queries.targets_of(outcome) == {HOURS: 10, STRENGTHENED: 4, PEOPLE: 100}
    services.change_outcome(
        frame,
        outcome.position,
        language="pl",
        version=outcome.row_version,
        title="Inny",
        targets={TEACHING: 4},
        by=PORTAL,
    )
    assert queries.targets_of(outcome) == {TEACHING: 4}
    (rows,) = queries.outputs_of(frame.id).values()
    assert [(one.code, one.unit, one.target) for one in rows] == [("training-hours", "teaching-hour", 180)]


def test_only_public_projects_of_the_network_feed_outcomes_of_the_frame(
    frame: Frame, outcome: FrameOutcome, network: Network
) -> None:
    foreign, draft = make_project(), working_for(network, state="draft")
    for project in (foreign, draft):
        with pytest.raises(Refusal):
            feed(frame, outcome, project)
    elsewhere = make_outcome(make_frame(network))
    with pytest.raises(Refusal):
        feed(frame, elsewhere, working_for(network))
    assert queries.feeding(frame) == []


def test_one_outcome_is_fed_by_a_number_of_projects_that_a_page_can_show(
    frame: Frame, outcome: FrameOutcome, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.impact.services.frames.MOST_PROJECTS", 1)
    monkeypatch.setattr("portal.impact.services.frames.MOST_OUTCOMES", 1)
    feed(frame, outcome, working_for(network))
    with pytest.raises(Refusal):
        feed(frame, outcome, working_for(network))
    with pytest.raises(Refusal):
        make_outcome(frame, "Drugi")


def test_nobody_but_the_coordination_writes_a_frame(frame: Frame, outcome: FrameOutcome, network: Network) -> None:
    project = working_for(network)
    neighbour = make_person()
    make_network("Inna sieć", coordinators=(neighbour,))
    for person in (make_person(), make_administrator(), neighbour):
        for act in (
            lambda by: services.make_frame(network, language="pl", by=by, title="Ramy", funder="", **PERIOD),
            lambda by: services.update_frame(
                frame, language="pl", version=frame.row_version, by=by, title="Ramy", funder="", **PERIOD
            ),
            lambda by: services.add_outcome(frame, language="pl", title="Trzeci", targets={}, by=by),
            lambda by: services.change_outcome(frame, 1, language="pl", version=1, title="Inny", targets={}, by=by),
            lambda by: services.remove_outcome(frame, 1, by=by),
            lambda by: services.feed(frame, {project.id: outcome.id}, by=by),
            lambda by: services.publish_frame(frame, by=by),
        ):
            with pytest.raises(NotAllowed):
                act(person)
    assert fresh_frame(network, frame).state == "draft" and queries.feeding(frame) == []

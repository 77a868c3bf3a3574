"""What a project aims at stands beside what was counted, in the hour that was meant, and is never worked out of few people."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.audit import AuditDetail, AuditEntry
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.impact import queries, services
from portal.impact.models import Aim
from portal.projects.models import Project
from portal.words.i18n import in_language
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record


@pytest.fixture
def owner(app: Flask) -> Any:
    return make_person()


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(make_organisation(owner))


def aim(project: Project, code: str = "training-hours", *, target: int | None, baseline: int | None = None) -> None:
    services.set_aim(project, code, target=target, baseline=baseline, by=PORTAL)


def kept(project: Project) -> dict[str, tuple[int | None, int]]:
    db.session.rollback()
    return {code: (one.baseline, one.target) for code, one in queries.aims_of(project.id).items()}


def of_card(project: Project) -> dict[str, str]:
    with in_language("en"):
        return {one.code: one.aim.replace("\u00a0", " ") for one in queries.outcome_of(project).figures}


def test_an_aim_is_said_on_the_page_and_stands_beside_the_figure(project: Project, owner: Any, as_person: Any) -> None:
    make_record(project)  # four hours
    browser, path = as_person(owner), f"/en/projects/{project.slug}"
    answer = browser.submit(f"{path}/aims", {"indicator": "training-hours", "target": "5", "baseline": "0"})
    page = browser.follow(answer).text
    assert "80%" in page and "5 h" in page
    assert of_card(project) == {"training-hours": "target: 5 h"}
    figure = browser.get(f"{path}/figures/training-hours").text
    assert "80%" in figure and "Before the project" in figure
    assert "target: 5" in browser.get(path).text.replace("\u00a0", " ")
    browser.follow(browser.submit(f"{path}/aims", {"indicator": "training-hours", "target": "", "baseline": ""}))
    assert kept(project) == {} and of_card(project) == {"training-hours": ""}


def test_an_aim_of_teaching_hours_stays_what_was_meant_when_the_hour_is_another_one(project: Project) -> None:
    with transaction() as session:
        session.get_one(Project, project.id).hour = "teaching-hour"
    aim(project, target=40)
    assert kept(project) == {"training-hours": (None, 1800)}
    make_record(project)
    with transaction() as session:
        session.get_one(Project, project.id).hour = "hour"
    assert of_card(db.session.get_one(Project, project.id)) == {"training-hours": "target: 30 h"}


def test_an_aim_is_changed_and_there_is_one_for_each_figure(project: Project) -> None:
    for target in (10, 12):
        aim(project, "mini-projects", target=target)
    aim(project, "organisations-strengthened", target=30, baseline=4)
    assert kept(project) == {"mini-projects": (None, 12), "organisations-strengthened": (4, 30)}


@pytest.mark.parametrize(
    ("code", "target", "baseline", "field"),
    [
        ("swimming", 5, None, "indicator"),
        ("mini-projects", 0, None, "target"),
        ("mini-projects", 1_000_001, None, "target"),
        ("mini-projects", -3, -1, "baseline"),
        ("mini-projects", None, 3, "target"),
    ],
)
def test_what_is_no_aim_is_refused_and_nothing_is_changed(
    project: Project, code: str, target: int | None, baseline: int | None, field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        aim(project, code, target=target, baseline=baseline)
    assert refusal.value.field == field
    assert kept(project) == {}


def test_faults_are_told_at_once_and_what_was_typed_stays(project: Project, owner: Any, as_person: Any) -> None:
    page = as_person(owner).submit(
        f"/en/projects/{project.slug}/aims", {"indicator": "", "target": "dużo", "baseline": "7"}
    )
    assert page.status_code == 422
    assert "Choose a figure." in page.text and "Enter a whole number" in page.text
    assert 'value="dużo"' in page.text and 'value="7"' in page.text


def test_of_few_people_no_share_is_told(project: Project, client: Any) -> None:
    make_record(project, people=3)
    aim(project, "people-estimated", target=30)
    page = client.get(f"/en/projects/{project.slug}/figures/people-estimated").text
    assert "Target" in page and "fewer than 5" in page
    assert "Reached" not in page and "10%" not in page


def test_programs_read_the_target_beside_what_was_reached(project: Project, client: Any) -> None:
    make_record(project, minutes=240, people=12)
    aim(project, "training-hours", target=300)
    figures = client.get(f"/pl/projects/{project.slug}.json").json["figures"]
    assert [(one["code"], one["value"], one["target"]) for one in figures] == [
        ("training-hours", 4.0, 300.0), ("people-estimated", 12.0, None),
    ]  # fmt: skip


def test_a_small_target_is_said_as_it_is_meant(project: Project, client: Any) -> None:
    """Nobody was counted for it, so nobody can be told apart."""
    make_record(project, people=40)
    aim(project, "people-estimated", target=3, baseline=0)
    assert of_card(project)["people-estimated"] == "target: 3"
    assert "fewer than" not in client.get(f"/en/projects/{project.slug}/figures/people-estimated").text


def test_only_those_who_look_after_the_project_say_what_it_aims_at(project: Project) -> None:
    organisation = make_organisation(make_person())
    for person in (make_person(), make_member(organisation, "owner")):
        with pytest.raises(NotAllowed):
            services.set_aim(project, "mini-projects", target=5, baseline=None, by=person)
    assert kept(project) == {}


def test_the_database_itself_keeps_no_aim_of_nothing(project: Project) -> None:
    for values in ({"target": 0}, {"target": 5, "baseline": -1}):
        with pytest.raises(sa.exc.IntegrityError), transaction() as session:
            session.add(Aim(project_id=project.id, code="mini-projects", **values))
            session.flush()


def test_setting_an_aim_is_kept_in_the_audit_trail(project: Project) -> None:
    aim(project, target=5)
    query = sa.select(AuditDetail.detail).join(AuditEntry, AuditEntry.number == AuditDetail.number)
    (detail,) = db.session.scalars(query.where(AuditEntry.verb == "project.aim-set"))
    assert json.loads(detail) == {"indicator": "training-hours", "baseline": None, "target": 5}

"""A card of a project on the pages of others: the same for everybody, and nothing that runs or watches."""

import re
from typing import Any

import pytest
from flask import Flask

from portal.face.web.security import PLAIN_POLICY
from portal.ground.authz import PORTAL
from portal.projects import services
from portal.projects.models import Project
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record
from tests.support import markup


@pytest.fixture
def owner(app: Flask) -> Any:
    return make_person()


@pytest.fixture
def project(owner: Any) -> Project:
    project = make_project(make_organisation(owner, name="Koło „Lipa”"), title="Kuźnia <b> ekspertów")
    make_record(project, people=3, organisations="OSP Barciany")
    return project


def test_the_card_may_stand_in_frames_and_sets_nothing_and_runs_nothing(project: Project, client: Any) -> None:
    card = client.get(f"/pl/projects/{project.slug}/card")
    policy = card.headers["Content-Security-Policy"]
    assert policy.replace("frame-ancestors *", "frame-ancestors 'none'") == PLAIN_POLICY != policy
    assert "X-Frame-Options" not in card.headers and "Set-Cookie" not in card.headers
    assert "<script" not in card.text and "<form" not in card.text
    outside = [url for url in re.findall(r'(?:src|href)="([^"]+)"', card.text) if "//" in url]
    assert {url.partition("/pl/")[2] for url in outside} == {f"projects/{project.slug}"}
    assert "Kuźnia &lt;b&gt; ekspertów" in card.text and "Koło „Lipa”" in card.text
    assert not markup.problems(card.text, card.request.path)


def test_the_card_says_its_figures_and_never_how_few_people_came(project: Project, client: Any) -> None:
    card = client.get(f"/en/projects/{project.slug}/card").text
    assert "4 h" in card and "clock hour" in card
    assert "organisations strengthened" in card
    assert "people" not in card and "fewer than" not in card


def test_the_card_is_the_same_for_everybody(project: Project, client: Any, owner: Any, as_person: Any) -> None:
    path = f"/en/projects/{project.slug}/card"
    assert as_person(owner).get(path).text == client.get(path).text


def test_what_is_not_public_has_no_card_for_anybody(project: Project, owner: Any, as_person: Any) -> None:
    browser, path = as_person(owner), f"/pl/projects/{project.slug}"
    assert "&lt;iframe" in browser.get(path).text
    services.withdraw_project(project, by=PORTAL)
    answer = browser.get(f"{path}/card")
    assert answer.status_code == 404
    assert "frame-ancestors *" not in answer.headers["Content-Security-Policy"]
    assert "&lt;iframe" not in browser.get(path).text

"""Good practices: told on a page of their own, found in a list, and only as public as the card."""

from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.errors import Refusals
from portal.organisations.services import change_status
from portal.projects import services
from portal.projects.fields import PRACTICE
from portal.projects.models import Project
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import fresh, make_project
from tests.support.client import CheckedClient

TOLD = {
    "practice": "Dyżur w urzędzie", "practice_done": "<p>Doradca raz w miesiącu.</p>",
    "practice_repeat": "<p>Umówić się z sekretarzem.</p>", "practice_cost": "<p>Trzy godziny.</p>",
}  # fmt: skip
PAGE = "/pl/projects/kuznia-ekspertow/good-practice"


def told(project: Project, **values: str) -> Project:
    nothing = {field.name: "" for field in PRACTICE.fields}
    services.update_project(project, version=project.row_version, by=PORTAL, **{**nothing, **values})
    return fresh(project)


def test_practice_has_its_page_its_place_in_the_list_and_on_the_card(app: Flask, client: CheckedClient) -> None:
    told(make_project(), **TOLD)
    page = client.get(PAGE).text
    assert "<h1>Dyżur w urzędzie</h1>" in page
    assert "Doradca raz w miesiącu." in page and "Umówić się z sekretarzem." in page and "Trzy godziny." in page
    assert PAGE in client.get("/pl/good-practices").text and PAGE in client.get("/pl/projects/kuznia-ekspertow").text
    assert "kuznia-ekspertow" in client.get("/pl/search?q=sekretarzem").text


def test_without_a_practice_there_is_no_page_and_no_word_of_it(app: Flask, client: CheckedClient) -> None:
    make_project()
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/pl/projects/kuznia-ekspertow").text
    assert "kuznia-ekspertow" not in client.get("/pl/good-practices").text


def test_practice_that_is_taken_away_is_gone(app: Flask, client: CheckedClient) -> None:
    project = told(make_project(), **TOLD)
    assert project.has_practice
    assert not told(project).has_practice
    assert client.get(PAGE).status_code == 404 and PAGE not in client.get("/pl/good-practices").text


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_practice_of_a_card_that_is_not_public_is_read_by_its_team_alone(
    app: Flask, client: CheckedClient, as_person: Any, state: str
) -> None:
    owner = make_person()
    told(make_project(make_organisation(owner), state=state, by=owner), **TOLD)
    assert client.get(PAGE).status_code == 404 and PAGE not in client.get("/pl/good-practices").text
    assert as_person(owner).get(PAGE).status_code == 200


def test_practice_of_a_hidden_organisation_is_in_no_list(app: Flask, client: CheckedClient) -> None:
    organisation = make_organisation()
    told(make_project(organisation), **TOLD)
    change_status(organisation, "hidden", by=PORTAL)
    assert client.get(PAGE).status_code == 404 and PAGE not in client.get("/pl/good-practices").text


@pytest.mark.parametrize(
    ("missing", "field"), [({"practice": ""}, "practice"), ({"practice_done": ""}, "practice_done")]
)
def test_half_a_practice_is_refused(app: Flask, missing: dict[str, str], field: str) -> None:
    project = make_project()
    with pytest.raises(Refusals) as refused:
        told(project, **{**TOLD, **missing})
    assert [fault.field for fault in refused.value.parts] == [field] and not fresh(project).has_practice


def test_translated_practice_is_read_in_its_languages(app: Flask, client: CheckedClient) -> None:
    project = told(make_project(), **TOLD)
    texts = {"practice": "Прием в общината", "practice_done": "<p>Веднъж месечно.</p>"}
    nothing = dict.fromkeys(
        ("title", "summary", "problem", "actions", "products", "results", "evaluation", "practice_repeat",
         "practice_cost", "funder", "funder_words"), "",
    )  # fmt: skip
    services.translate_project(project, version=project.row_version, language="bg", by=PORTAL, **{**nothing, **texts})
    page = client.get(PAGE.replace("/pl/", "/bg/")).text
    assert "<h1>Прием в общината</h1>" in page and "Веднъж месечно." in page and "Umówić się" in page

"""The library shows the documents of public cards by topic, kind and language, with numbers that are those of the lists."""

from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.organisations.services import change_status
from portal.pages import sitemap
from portal.projects import queries, services
from portal.projects.models import Project
from portal.projects.queries import Shelf
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import fresh, fresh_document, make_project, make_project_document
from tests.projects.test_practices import TOLD, told
from tests.support.queries import recorded


@pytest.fixture
def culture(app: Flask) -> Project:
    project = make_project(
        make_organisation(make_person(), name="Dom"), title="Kultura", areas=("culture", "education")
    )
    make_project_document(project, kind="expert-opinion", title_pl="Opinia o świetlicy", year=2024)
    make_project_document(project, kind="report", title_pl="Raport", language="bg", year=2025)
    return project


@pytest.fixture
def nature(app: Flask) -> Project:
    project = make_project(make_organisation(make_person(), name="Las"), title="Przyroda", areas=("environment",))
    make_project_document(project, kind="expert-opinion", title_pl="Opinia o rzece", year=2023)
    return project


def titles(**shelf: str) -> list[str]:
    return [row.document.title.shown().text for row in queries.library(Shelf(**shelf))]


def test_documents_stand_with_the_latest_first_and_are_found_by_topic_kind_and_language(
    culture: Project, nature: Project
) -> None:
    assert titles() == ["Raport", "Opinia o świetlicy", "Opinia o rzece"]
    assert titles(area="culture", kind="expert-opinion") == ["Opinia o świetlicy"]
    assert titles(language="bg") == ["Raport"] and titles(area="cult") == []


def test_each_number_is_that_of_the_list_after_the_click(culture: Project, nature: Project) -> None:
    for shelf in (Shelf(), Shelf(kind="expert-opinion"), Shelf(area="culture", language="bg"), Shelf(area="youth")):
        found = queries.on_shelves(shelf)
        assert found.total == len(queries.library(shelf))
        for name, numbers in found.codes.items():
            assert {code: len(queries.library(shelf._replace(**{name: code}))) for code in numbers} == {**numbers}
            assert found.without.get(name, 0) == len(queries.library(shelf._replace(**{name: ""})))


@pytest.mark.parametrize("way", ["team", "withdrawn", "hidden", "removed"])
def test_what_is_not_public_is_in_no_list_and_no_number(culture: Project, client: Any, way: str) -> None:
    if way == "withdrawn":
        services.withdraw_project(fresh(culture), by=PORTAL)
    elif way == "hidden":
        change_status(culture.organisation, "hidden", by=PORTAL)
    else:
        for document in queries.documents_of(culture.id):
            services.remove_document(fresh_document(culture, document.id), by=PORTAL)
    if way == "team":
        make_project_document(culture, kind="report", title_pl="Dla nas", visibility="private")
    assert titles() == [] and queries.on_shelves(Shelf()).total == 0
    assert "There are no documents here yet" in client.get("/en/library").text


def test_a_page_narrows_and_takes_the_filter_away_again(culture: Project, nature: Project, client: Any) -> None:
    page = client.get("/en/library")
    assert "3 documents" in page.text and "/en/library?area=culture" in page.text
    narrowed = client.get("/en/library?area=culture&kind=expert-opinion").text
    assert "1 document" in narrowed and "Opinia o świetlicy" in narrowed and "Opinia o rzece" not in narrowed
    assert 'href="/en/library?area=culture"' in narrowed and "noindex" in narrowed
    assert "3 documents" in client.get("/en/library?area=nothing&kind=%00").text
    assert "Take a filter away" in client.get("/en/library?area=environment&language=bg").text


def test_the_number_of_statements_does_not_grow(culture: Project, nature: Project, client: Any) -> None:
    with recorded() as few:
        client.get("/en/library?area=environment")
    with recorded() as many:
        client.get("/en/library")
    assert len(few) == len(many)


def test_robots_find_the_library_and_the_good_practices(culture: Project) -> None:
    told(fresh(culture), **TOLD)
    found = {page.path: page.languages for page in sitemap.pages_of("") or ()}
    assert {"library", "good-practices"} <= found.keys()
    assert [*found["projects/kultura/good-practice"]] == ["pl"]

"""From a number to what it is made of: its years, the records of one of them, and what frozen reports say of it."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.impact import services
from portal.projects import services as projects
from portal.projects.models import Project, RecordStatus
from tests.factories.frames import words
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record


@pytest.fixture
def project(app: Flask, frozen_clock: Any) -> Project:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    made = make_project(make_organisation(make_person()), starts_on=dt.date(2025, 1, 1))
    make_record(made, title="Statut", day=dt.date(2025, 5, 5), minutes=20)
    make_record(made, title="Budżet", day=dt.date(2026, 3, 9), minutes=20)
    make_record(made, title="Dotacje", day=dt.date(2026, 3, 10), minutes=25)
    return made


def figure(client: Any, project: Project, query: str = "") -> str:
    return words(client.get(f"/en/projects/{project.slug}/figures/training-hours{query}").text)


def test_a_year_shows_its_records_only_and_leads_back_to_all(project: Project, client: Any) -> None:
    everything, year = figure(client, project), figure(client, project, "?year=2026")
    assert "3 confirmed records" in everything and "?year=2025" in everything
    assert "2 confirmed records" in year and "Budżet" in year and "Statut" not in year
    assert f'href="/en/projects/{project.slug}/figures/training-hours"' in year and "noindex" in year
    for unknown in ("?year=2024", "?year=x", "?year=%00"):
        assert "3 confirmed records" in figure(client, project, unknown)


def test_the_years_add_up_to_the_figure_that_is_rounded_once(project: Project, client: Any) -> None:
    """0.3 and 0.8 of an hour are 1.1 hours."""
    page = figure(client, project)
    assert "0.3 h" in page and "0.8 h" in page and "1.1 h" in page.partition("<tfoot>")[2]


def test_a_report_says_there_what_it_keeps_and_what_was_corrected(project: Project, client: Any) -> None:
    wrong = make_record(project, day=dt.date(2026, 3, 11), minutes=120)
    report = services.freeze(project, dt.date(2026, 3, 1), dt.date(2026, 3, 31), by=PORTAL)
    page = figure(client, project)
    assert f"/reports/{report.id}" in page and "2.8 h" in page and "after a correction" not in page
    projects.move_record(wrong, RecordStatus.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    assert "0.8 h after a correction" in figure(client, project)


def test_a_report_without_this_figure_is_not_named(project: Project, client: Any) -> None:
    make_record(project, activity="event", day=dt.date(2026, 4, 9), minutes=None)
    report = services.freeze(project, dt.date(2026, 4, 1), dt.date(2026, 4, 30), by=PORTAL)
    assert f"/reports/{report.id}" not in figure(client, project)

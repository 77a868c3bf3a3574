"""How few people came follows from no number that is told: neither from one alone nor from a sum and its other parts."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.impact import queries, services
from portal.impact.models import Report
from portal.projects import services as projects
from portal.projects.models import Project, RecordStatus
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record


@pytest.fixture
def project(app: Flask) -> Project:
    return make_project(make_organisation(make_person()))


def told(project: Project, *people: int | None) -> list[int]:
    """What is told of these records."""
    made = [make_record(project, people=one) for one in people]
    beside = queries.beside_few(project.id)
    return [one.people or 0 for one in made if not queries.is_untold(one, beside)]


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ((4, 12, 30), [30]),  # 46 - 12 - 30 would be the 4
        ((1, 3, 12, 30), [30]),  # two, but 4 together: neither can be more than 3
        ((2, 3, 12, 30), [12, 30]),
        ((12, 30), [12, 30]),
        ((4,), []),
        ((None, 12), [0, 12]),
        ((1, 1, 1, 1, 1, 1, 12), [12]),
    ],
)
def test_a_small_number_does_not_follow_from_the_sum(
    project: Project, people: tuple[int | None, ...], shown: list[int]
) -> None:
    assert told(project, *people) == shown


def test_the_page_and_the_file_tell_the_same(project: Project, client: Any) -> None:
    for people in (4, 12, 30):
        make_record(project, people=people)
    page = client.get(f"/en/projects/{project.slug}/figures/people-estimated").text
    assert "46" in page and "fewer than 5" in page and "not told" in page and "would follow from the sum" in page
    assert ">\n12\n<" not in page and ">12<" not in page.replace("\n", "")
    rows = [*csv.reader(io.StringIO(client.get(f"/en/projects/{project.slug}/records.csv").data.decode("utf-8-sig")))]
    assert sorted(row[-1] for row in rows[1:]) == ["", "", "30"]


def test_a_report_of_a_part_of_the_project_keeps_no_number_that_tells_of_a_small_one(
    project: Project, frozen_clock: Any, client: Any
) -> None:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    for day, people in ((4, 4), (5, 12), (6, 30)):
        make_record(project, people=people, day=dt.date(2026, 3, day))
    later = make_record(project, people=50, day=dt.date(2026, 4, 1))
    part = services.freeze(project, dt.date(2026, 3, 4), dt.date(2026, 3, 6), by=PORTAL)
    small = services.freeze(project, dt.date(2026, 3, 4), dt.date(2026, 3, 4), by=PORTAL)
    amounts = [one.figures["people-estimated"] for one in (part, small)]
    assert amounts == [{"amount": told, "version": 2, "unit": "person"} for told in (30, 0)]
    page = client.get(f"/en/projects/{project.slug}/reports/{small.id}").text
    assert "not told" in page and "are left out of the number of people" in page
    projects.move_record(later, RecordStatus.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    assert [(one.was, one.now) for one in queries.errata_of(part.id)] == [(30, 46)]  # the card tells this sum anyway


def test_a_report_of_the_first_definition_is_corrected_by_it(project: Project, frozen_clock: Any) -> None:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    for day, people in ((4, 4), (5, 12)):
        make_record(project, people=people, day=dt.date(2026, 3, day))
    report = services.freeze(project, dt.date(2026, 3, 4), dt.date(2026, 3, 5), by=PORTAL)
    with transaction() as session:
        old = {"people-estimated": {"amount": 16, "version": 1, "unit": "person"}}
        figures = {**report.figures, **old}
        session.execute(sa.update(Report).where(Report.id == report.id).values(figures=figures))
    make_record(project, people=40, day=dt.date(2026, 4, 1))
    assert queries.errata_of(report.id) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(st.integers(0, 20), max_size=8))
def test_whoever_subtracts_what_is_told_from_the_sum_learns_of_no_small_number(app: Flask, people: list[int]) -> None:
    """What is left of the sum is of several records, and of at least five people; or nothing is told that could be small."""
    project = make_project(make_organisation(make_person()))
    shown = told(project, *people)
    few = [one for one in people if 0 < one < 5]
    left, hidden = sum(people) - sum(shown), len([one for one in people if one]) - len([one for one in shown if one])
    if few and sum(people) >= 5:  # a smaller sum is not told itself
        assert hidden >= 2 and left >= 5
    else:
        assert left == 0 or sum(people) < 5

"""How few people came follows from no number that is told: neither from one alone nor from a sum and its other parts."""

import csv
import io
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.impact import queries
from portal.projects.models import Project
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

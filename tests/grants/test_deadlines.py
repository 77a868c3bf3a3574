"""Deadlines: the end of a day is 23:59 inclusive, the phase follows from the clock in Python and SQL alike, and what the
calendar says after it."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from portal.grants import deadlines, queries, words
from portal.grants.models import Call, CallPhase
from portal.grants.timetable import steps
from portal.ground import clock
from portal.ground.db import db
from tests.factories.grants import make_call

WARSAW, SOFIA = "Europe/Warsaw", "Europe/Sofia"
MS = dt.timedelta(milliseconds=1)
walls = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 1, 1)).map(
    lambda one: one.replace(second=0, microsecond=0)
)


@given(wall=walls)
def test_what_was_typed_comes_back(wall: dt.datetime) -> None:
    shown = deadlines.typed(deadlines.meant(wall))
    assert deadlines.meant(shown) == deadlines.meant(wall)
    assert shown.time() != dt.time(0)


@pytest.mark.parametrize(
    ("wall", "meant"),
    [
        ("2026-12-04T16:00", "2026-12-04T16:00"),
        ("2026-12-04T23:59", "2026-12-05T00:00"),
        ("2026-12-05T00:00", "2026-12-05T00:00"),
        ("2026-12-31T23:59", "2027-01-01T00:00"),
        ("2026-12-04T23:58", "2026-12-04T23:58"),
    ],
)
def test_a_minute_before_midnight_means_the_whole_day(wall: str, meant: str) -> None:
    assert deadlines.meant(dt.datetime.fromisoformat(wall)) == dt.datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    ("wall", "zone"),
    [
        ("2026-12-04T16:00", WARSAW), ("2026-12-05T00:00", WARSAW), ("2026-12-05T00:00", SOFIA),
        ("2026-03-29T12:00", WARSAW), ("2026-10-25T12:00", SOFIA), ("2026-10-25T00:00", WARSAW),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tolerance", [0, 60])
def test_deadline_boundary_to_the_millisecond(wall: str, zone: str, tolerance: int) -> None:
    """Measure 1: accepted a millisecond before, refused at the instant and after it, also on days when clocks change."""
    closes = clock.from_wall(dt.datetime.fromisoformat(wall), zone)
    end = closes + dt.timedelta(seconds=tolerance)
    taken = [deadlines.is_in_time(end + step, closes, tolerance) for step in (-MS, dt.timedelta(), MS)]
    assert taken == [True, False, False]


@pytest.mark.parametrize(
    ("wall", "zone", "twice"),
    [
        ("2026-10-25T02:30", WARSAW, True), ("2026-10-25T03:30", SOFIA, True), ("2026-10-25T03:30", WARSAW, False),
        ("2026-03-29T02:30", WARSAW, False), ("2026-12-04T02:30", WARSAW, False),
    ],
)  # fmt: skip
def test_an_hour_that_comes_twice_is_known(wall: str, zone: str, twice: bool) -> None:
    assert clock.comes_twice(dt.datetime.fromisoformat(wall), zone) is twice


@pytest.mark.both_engines
def test_the_phase_is_the_same_in_python_and_in_sql(app: Any) -> None:
    """At every instant that matters, a millisecond around it, for a public and for a cancelled call."""
    calls = [make_call(), make_call(closes_at=dt.datetime(2027, 3, 28, 23, 59)), make_call(status="cancelled")]
    seen = set()
    for call in calls:
        assert call.opens_at is not None and call.closes_at is not None
        for moment in (call.opens_at, call.closes_at):
            for step in (-MS, dt.timedelta(), MS):
                at = moment + step
                in_sql = db.session.scalar(sa.select(queries.phase(at)).where(Call.id == call.id))
                assert in_sql == call.phase_at(at), (call.status, at)
                seen.add(in_sql)
    assert seen == {*CallPhase}
    assert make_call(status="draft").phase is None


def test_the_page_says_the_day_the_hour_and_the_zone_and_what_they_mean(client: Any, frozen_clock: Any) -> None:
    inclusive = make_call(closes_at=dt.datetime(2026, 12, 4, 23, 59))
    page = client.get(f"/pl/grants/{inclusive.slug}").text.replace("\u00a0", " ")
    assert "4 grudnia 2026, godz. 23:59 czasu warszawskiego" in page
    assert "Włącznie" in page and "do 4 grudnia 2026" in page
    page = client.get(f"/bg/grants/{inclusive.slug}").text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "5 декември 2026 г., 0:59 ч. софийско време" in page
    exclusive = make_call(closes_at=dt.datetime(2026, 12, 4, 16, 0), queue_tolerance_s=0)
    page = client.get(f"/pl/grants/{exclusive.slug}").text.replace("\u00a0", " ")
    assert "To, co dotrze dokładnie o tej godzinie, jest spóźnione." in page
    assert "spóźnione bez względu na powód" in page


def test_the_calendar_says_why_each_day(frozen_clock: Any, app: Any) -> None:
    call = make_call(closes_at=dt.datetime(2026, 12, 4, 16, 0))
    plan = words.plan(call)
    assert [step.last.isoformat() for step in plan] == ["2026-12-11", "2026-12-18", "2027-01-14", "2027-01-19"]
    assert [day.isoformat() for day in plan[2].off] == ["2026-12-24", "2026-12-25", "2027-01-01", "2027-01-06"]
    assert "15" in words.why(plan[2])


def test_a_step_without_a_number_is_left_out_and_bulgaria_has_its_own_days() -> None:
    found = steps(dt.date(2026, 12, 22), {"check_days": 3, "correction_days": None, "appeal_days": 1}, SOFIA)
    assert [(step.name, step.last.isoformat()) for step in found] == [
        ("check_days", "2026-12-30"), ("appeal_days", "2026-12-31"),
    ]  # fmt: skip

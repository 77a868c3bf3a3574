"""How long an offer is kept: nobody loses a place while asleep, and none is kept past the start."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.registration.offers import offer_ends

FAR = dt.datetime(2033, 1, 1, tzinfo=dt.UTC)


def at(text: str, zone: str = "Europe/Warsaw") -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("made", "hours", "ends"),
    [
        ("2030-05-06T10:00", 2, "2030-05-06T12:00"),
        ("2030-05-06T21:30", 1, "2030-05-07T08:30"),  # half an hour in the evening, half an hour in the morning
        ("2030-05-06T23:00", 1, "2030-05-07T09:00"),
        ("2030-05-07T03:00", 1, "2030-05-07T09:00"),
        ("2030-05-06T08:00", 14, "2030-05-06T22:00"),
        ("2030-05-06T12:00", 24, "2030-05-07T22:00"),  # ten hours today, fourteen tomorrow
        ("2030-03-30T21:00", 2, "2030-03-31T09:00"),  # the night in which the clocks go forward
        ("2030-10-26T21:00", 2, "2030-10-27T09:00"),  # and back
    ],
)
def test_only_the_hours_of_the_day_count(made: str, hours: int, ends: str) -> None:
    assert offer_ends(at(made), hours, "Europe/Warsaw", FAR) == at(ends)


def test_hours_are_those_of_the_event() -> None:
    made = at("2030-05-06T21:30", "Europe/Sofia")  # half past eight in Warsaw
    assert offer_ends(made, 1, "Europe/Sofia", FAR) == at("2030-05-07T08:30", "Europe/Sofia")
    assert offer_ends(made, 1, "Europe/Warsaw", FAR) == at("2030-05-06T21:30")


@pytest.mark.parametrize("hours", [2, 48])
@pytest.mark.parametrize("starts", ["2030-05-06T11:00", "2030-05-07T07:00", "2030-05-07T08:00"])
def test_no_offer_outlasts_the_start(starts: str, hours: int) -> None:
    made = at("2030-05-06T10:00")
    assert offer_ends(made, hours, "Europe/Warsaw", at(starts)) == min(
        at(starts), offer_ends(made, hours, "Europe/Warsaw", FAR)
    )


@given(
    st.datetimes(dt.datetime(2030, 1, 1), dt.datetime(2030, 12, 31)), st.integers(1, 168),
    st.sampled_from(["Europe/Warsaw", "Europe/Sofia", "UTC"]),
)  # fmt: skip
def test_every_offer_has_its_hours_by_day_and_ends_by_day(wall: dt.datetime, hours: int, zone: str) -> None:
    made = wall.replace(tzinfo=dt.UTC)
    ends = offer_ends(made, hours, zone, FAR).astimezone(ZoneInfo(zone))
    assert dt.time(8) <= ends.time() <= dt.time(22)
    counted = sum(
        8 <= (made + dt.timedelta(minutes=n)).astimezone(ZoneInfo(zone)).hour < 22
        for n in range(int((ends - made).total_seconds() // 60))
    )
    assert abs(counted - hours * 60) <= 1

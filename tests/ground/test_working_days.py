"""Working days of Poland and Bulgaria: the holidays of a year by hand, limits around Easter and Christmas, properties."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ground.working_days import (
    BULGARIA,
    COUNTRIES,
    POLAND,
    add_working,
    days_off,
    is_working,
    next_working,
    public_holidays,
)

POLISH = """2026-01-01 2026-01-06 2026-04-05 2026-04-06 2026-05-01 2026-05-03 2026-05-24 2026-06-04 2026-08-15 2026-11-01
2026-11-11 2026-12-24 2026-12-25 2026-12-26""".split()
BULGARIAN = """2026-01-01 2026-01-02 2026-03-03 2026-04-10 2026-04-11 2026-04-12 2026-04-13 2026-05-01 2026-05-06 2026-05-24
2026-05-25 2026-09-06 2026-09-07 2026-09-22 2026-12-24 2026-12-25 2026-12-26 2026-12-28""".split()

days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
countries = st.sampled_from(COUNTRIES)


@pytest.mark.parametrize(("country", "by_hand"), [(POLAND, POLISH), (BULGARIA, BULGARIAN)])
def test_the_holidays_of_a_year_are_those_of_the_law(country: str, by_hand: list[str]) -> None:
    assert sorted(day.isoformat() for day in public_holidays(country, 2026)) == by_hand


@pytest.mark.parametrize(
    ("country", "day", "number", "last"),
    [
        (POLAND, "2026-12-04", 5, "2026-12-11"),  # a plain week
        (POLAND, "2026-12-18", 5, "2026-12-29"),  # 24 and 25 December
        (POLAND, "2026-12-23", 1, "2026-12-28"),
        (POLAND, "2026-12-31", 3, "2027-01-07"),  # 1 and 6 January
        (POLAND, "2026-04-03", 1, "2026-04-07"),  # Easter Monday
        (POLAND, "2026-04-30", 1, "2026-05-04"),  # 1 to 3 May
        (POLAND, "2027-04-30", 1, "2027-05-04"),  # 3 May on a Monday
        (POLAND, "2026-06-03", 1, "2026-06-05"),  # Corpus Christi
        (POLAND, "2026-08-14", 1, "2026-08-17"),  # 15 August on a Saturday frees no Monday
        (POLAND, "2026-12-05", 1, "2026-12-07"),  # it starts on a Saturday
        (BULGARIA, "2026-04-09", 1, "2026-04-14"),  # Orthodox Easter, from Friday to Monday
        (BULGARIA, "2027-04-29", 2, "2027-05-07"),  # Orthodox Easter on 2 May, 1 May on its Saturday, then 6 May
        (BULGARIA, "2026-05-22", 1, "2026-05-26"),  # 24 May on a Sunday frees the Monday
        (BULGARIA, "2026-09-04", 1, "2026-09-08"),  # 6 September on a Sunday, too
        (BULGARIA, "2026-12-23", 1, "2026-12-29"),  # 24 to 26 December with the Monday
        (BULGARIA, "2026-03-02", 1, "2026-03-04"),
        (BULGARIA, "2026-09-21", 1, "2026-09-23"),
        (BULGARIA, "2026-05-05", 1, "2026-05-07"),
    ],
)
def test_a_limit_ends_on_its_last_working_day(country: str, day: str, number: int, last: str) -> None:
    assert add_working(dt.date.fromisoformat(day), number, country).isoformat() == last


@pytest.mark.parametrize(
    ("country", "day", "first"),
    [
        (POLAND, "2026-12-24", "2026-12-28"),
        (BULGARIA, "2026-12-24", "2026-12-29"),
        (POLAND, "2027-01-06", "2027-01-07"),
        (BULGARIA, "2027-01-06", "2027-01-06"),
        (POLAND, "2026-11-28", "2026-11-30"),
    ],
)
def test_the_first_working_day_may_be_the_day_itself(country: str, day: str, first: str) -> None:
    assert next_working(dt.date.fromisoformat(day), country).isoformat() == first


def test_days_off_are_the_holidays_that_a_week_would_have_worked() -> None:
    found = days_off(dt.date(2026, 12, 18), dt.date(2027, 1, 8), POLAND)
    assert [day.isoformat() for day in found] == ["2026-12-24", "2026-12-25", "2027-01-01", "2027-01-06"]


@given(day=days, number=st.integers(1, 40), country=countries)
def test_a_limit_has_exactly_its_number_of_working_days(day: dt.date, number: int, country: str) -> None:
    last = add_working(day, number, country)
    between = [day + dt.timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert is_working(last, country)
    assert sum(is_working(one, country) for one in between) == number


@given(day=days, number=st.integers(1, 20), more=st.integers(1, 20), country=countries)
def test_a_limit_after_a_limit_is_their_sum(day: dt.date, number: int, more: int, country: str) -> None:
    assert add_working(add_working(day, number, country), more, country) == add_working(day, number + more, country)


@given(day=days, country=countries)
def test_the_next_working_day_is_the_nearest(day: dt.date, country: str) -> None:
    found = next_working(day, country)
    assert found >= day and is_working(found, country)
    assert not any(is_working(day + dt.timedelta(days=n), country) for n in range((found - day).days))


@pytest.mark.parametrize("number", [0, -1])
def test_a_limit_of_no_day_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        add_working(dt.date(2026, 12, 1), number, POLAND)


def test_another_country_is_refused() -> None:
    with pytest.raises(ValueError, match="'DE'"):
        is_working(dt.date(2026, 12, 1), "DE")

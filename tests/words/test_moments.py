"""Days and hours as people in three languages type them, and what is said to what cannot be read."""

import datetime as dt

import pytest

from portal.words.i18n import LANGUAGES, in_language
from portal.words.moments import read_day, read_time, split, typed_day, typed_time

DAY = dt.date(2027, 1, 7)


@pytest.mark.parametrize("text", [
    "7.01.2027", "07.01.2027", "7.1.27", "7/1/2027", "7-01-2027", "7. 1. 2027", "2027-01-07", "7 stycznia 2027",
    "7 Stycznia 2027 r.", "czwartek, 7 stycznia 2027", "7 styczeń 2027", "7 sty 2027", "7 I 2027", "7.01.2027 r.",
    "7 януари 2027 г.", "четвъртък, 7 януари 2027", "7.01.2027 г.", "7 January 2027", "January 7, 2027", "7th Jan 2027",
    "\u00a07\u00a0stycznia\u00a02027",
])  # fmt: skip
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == DAY


@pytest.mark.parametrize(("text", "month"), [("1 pazdziernika 2027", 10), ("1 wrzesnia 2027", 9), ("1 май 2027", 5),
                                             ("1 мая 2027", 0), ("1 grudnia 2027", 12), ("1 lip 2027", 7)])  # fmt: skip
def test_a_month_is_known_without_its_signs_and_a_foreign_one_is_not(text: str, month: int) -> None:
    if month:
        assert read_day(text) == dt.date(2027, month, 1)
    else:
        with pytest.raises(ValueError):
            read_day(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31.02.2027", "Nie ma takiego dnia w\u00a0kalendarzu. Sprawdź dzień i\u00a0miesiąc."),
        ("1.13.2027", "Nie ma takiego dnia w\u00a0kalendarzu. Sprawdź dzień i\u00a0miesiąc."),
        ("7 stycznia", "Wpisz też rok, na przykład 7.01.2027."),
        ("7.01", "Wpisz też rok, na przykład 7.01.2027."),
        ("jutro", "Wpisz dzień w\u00a0takiej postaci: 7.01.2027"),
        ("7.01.0027", "Podaj rok między 1900 a\u00a02200, na przykład 7.01.2027"),
        ("7.01.2027 9:30 10", "Wpisz dzień w\u00a0takiej postaci: 7.01.2027"),
        ("9" * 50_000, "Wpisz dzień w\u00a0takiej postaci: 7.01.2027"),
        ("٧.01.2027", "Wpisz dzień w\u00a0takiej postaci: 7.01.2027"),
    ],
)
def test_what_is_missing_in_a_day_is_said(text: str, said: str) -> None:
    with in_language("pl"), pytest.raises(ValueError) as refused:
        read_day(text)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    "text",
    ["9:30", "9.30", "09:30", "9,30", "0930", "930", "godz. 9:30", "9:30 ч.", "в 9:30", "9:30 am", "9:30:00", "9h30"],
)
def test_an_hour_is_read_as_people_write_it(text: str) -> None:
    assert read_time(text) == dt.time(9, 30)


@pytest.mark.parametrize(
    ("text", "hour"), [("9", 9), ("17", 17), ("5 pm", 17), ("12 am", 0), ("12 pm", 12), ("0:00", 0)]
)
def test_a_whole_hour_needs_no_minutes(text: str, hour: int) -> None:
    assert read_time(text) == dt.time(hour)


@pytest.mark.parametrize("text", ["", "24:00", "9:60", "9:3", "rano", "9:30-10:30", "9" * 50_000])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with in_language("en"), pytest.raises(ValueError, match="Enter the hour in this form: 9:30"):
        read_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-07T09:30",
        "2027-01-07 09:30",
        "7.01.2027, 9:30",
        "7 stycznia 2027, godz. 9:30",
        "7 януари 2027 г., 9:30 ч.",
    ],
)
def test_both_in_one_are_told_apart(text: str) -> None:
    day, time = split(text)
    assert (read_day(day), read_time(time)) == (DAY, dt.time(9, 30))


def test_a_day_alone_has_no_hour() -> None:
    for text in ("7.01.2027", "7 stycznia 2027", "2027-01-07"):
        assert split(text) == (text, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_stored_is_read_again_as_it_was(language: str) -> None:
    with in_language(language):
        for number in range(400):
            day = DAY + dt.timedelta(days=number)
            assert read_day(typed_day(day)) == day
        assert read_time(typed_time(dt.time(9, 5))) == dt.time(9, 5)

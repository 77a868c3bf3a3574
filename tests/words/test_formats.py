"""Dates, numbers, money and sizes as each language writes them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask

from portal.words.i18n import _np, formats, in_language

LANGUAGES = ("pl", "bg", "en")
FIRST, LAST = dt.date(2026, 11, 20), dt.date(2026, 11, 21)


def said(write: Callable[[], str]) -> list[str]:
    """What is written in each language, no-break spaces (wide and narrow) shown as `~`."""
    found = []
    for language in LANGUAGES:
        with in_language(language):
            found.append(write().replace(formats.NBSP, "~").replace("\u202f", "~"))
    return found


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda: formats.month(FIRST), ["listopad 2026", "ноември 2026~г.", "November 2026"]),
        (lambda: formats.month_name(FIRST), ["listopada", "ноември", "November"]),
        (
            lambda: formats.date_range(FIRST, LAST),
            ["20–21 listopada 2026", "20 – 21 ноември 2026~г.", "20–21 November 2026"],
        ),
        (lambda: formats.money(5000, "PLN"), ["5~000~zł", "5~000~PLN", "PLN~5,000"]),
        (lambda: formats.money(Decimal("12345.50"), "EUR"), ["12~345,50~€", "12~345,50~€", "€12,345.50"]),
        (
            lambda: formats.weekdays_and_dates(FIRST, LAST),
            [
                "piątek i~sobota, 20–21 listopada 2026",
                "петък и събота, 20 – 21 ноември 2026~г.",
                "Friday and Saturday, 20–21 November 2026",
            ],
        ),
        (
            lambda: formats.weekdays_and_dates(FIRST, FIRST),
            ["piątek, 20 listopada 2026", "петък, 20 ноември 2026~г.", "Friday, 20 November 2026"],
        ),
        (
            lambda: formats.weekdays_and_dates(FIRST, dt.date(2026, 11, 22))[:19],
            ["piątek–niedziela, 2", "петък–неделя, 20 – ", "Friday–Sunday, 20–2"],
        ),
        (lambda: formats.number(5000), ["5000", "5000", "5,000"]),
        (lambda: formats.number(999), ["999"] * 3),
        (lambda: formats.percent(0.015), ["1,5%", "1,5%", "1.5%"]),
        (lambda: formats.number(12345), ["12~345", "12~345", "12,345"]),
        (lambda: formats.file_size(999), ["999~B"] * 3),
        (lambda: formats.file_size(350_000), ["350~kB"] * 3),
        (lambda: formats.file_size(1_250_000), ["1,2~MB", "1,2~MB", "1.2~MB"]),
    ],
)
def test_value_is_written_as_its_language_writes_it(app: Flask, write: Callable[[], str], words: list[str]) -> None:
    assert said(write) == words


NINE, ELEVEN = (dt.datetime(2026, 11, 20, hour, tzinfo=dt.UTC) for hour in (8, 10))


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (
            lambda: formats.time(NINE, "Europe/Warsaw"),
            ["godz.~9:00", "9:00~ч. варшавско време", "09:00 Warsaw time"],
        ),
        (
            lambda: formats.time_range(NINE, ELEVEN, "Europe/Warsaw"),
            ["godz.~9:00–11:00", "9:00–11:00~ч. варшавско време", "09:00–11:00 Warsaw time"],
        ),
        (
            lambda: formats.date_time(NINE, "Europe/Sofia"),
            ["20 listopada 2026, godz.~10:00 czasu sofijskiego", "20 ноември 2026~г., 10:00~ч.",
             "20 November 2026, 10:00 Sofia time"],
        ),
        (
            lambda: formats.day_and_hours(NINE, ELEVEN, "Europe/Sofia"),
            ["piątek, 20 listopada, godz.~10:00–12:00 czasu sofijskiego", "петък, 20 ноември, 10:00–12:00~ч.",
             "Friday, 20 November, 10:00–12:00 Sofia time"],
        ),
        (
            lambda: formats.time_range(NINE, ELEVEN, "Europe/Sofia", explained=True),
            ["godz.~10:00–12:00", "10:00–12:00~ч.", "10:00–12:00"],
        ),
        (lambda: formats.hours(NINE, NINE + dt.timedelta(days=1), "Europe/Sofia"), [""] * 3),
        (lambda: formats.time(NINE, "UTC"), ["godz.~8:00 UTC", "8:00~ч. UTC", "08:00 UTC"]),
    ],
)  # fmt: skip
def test_an_hour_says_its_zone_to_whoever_lives_by_another_clock(
    app: Flask, write: Callable[[], str], words: list[str]
) -> None:
    assert said(write) == words


def test_every_hour_of_a_mail_says_its_zone(app: Flask) -> None:
    with in_language("pl"):
        with formats.every_zone_named():
            assert formats.time(NINE, "Europe/Warsaw").endswith("9:00 czasu warszawskiego")
        assert formats.time(NINE, "Europe/Warsaw").endswith("9:00")


def test_days_of_two_months_and_years_in_english(app: Flask) -> None:
    with in_language("en"):
        assert formats.date_range(dt.date(2026, 11, 30), dt.date(2026, 12, 1)) == "30 November – 1 December 2026"
        assert formats.date_range(dt.date(2026, 12, 31), dt.date(2027, 1, 1)) == "31 December 2026 – 1 January 2027"


def test_sentence_with_a_context_and_a_number(app: Flask) -> None:
    with in_language("en"):
        assert [_np("no such context", "%(n)s lamp", "%(n)s lamps", n) for n in (1, 12345)] == [
            "1 lamp",
            "12,345 lamps",
        ]

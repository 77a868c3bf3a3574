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
        (lambda: formats.percent(0.015), ["1,5%", "1,5%", "1.5%"]),
        (lambda: formats.number(12345), ["12~345", "12~345", "12,345"]),
        (lambda: formats.file_size(999), ["999~B"] * 3),
        (lambda: formats.file_size(350_000), ["350~kB"] * 3),
        (lambda: formats.file_size(1_250_000), ["1,2~MB", "1,2~MB", "1.2~MB"]),
    ],
)
def test_value_is_written_as_its_language_writes_it(app: Flask, write: Callable[[], str], words: list[str]) -> None:
    assert said(write) == words


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

"""Days on which people work in Poland and in Bulgaria, and what a time limit in working days comes to.

A working day is one from Monday to Friday that is no public holiday: in Poland by the act of 18 January 1951 on days free
from work (as it stands since 2025, with 24 December), in Bulgaria by article 154 of the Labour Code. There a holiday on a
Saturday or Sunday, Easter apart, frees the next working day (paragraph 2), and the Council of Ministers may free others
(paragraph 3). The days come from the library `holidays`, so that a new act is a new version of it. What one employer or one
network has closed beside that is not known here.

A limit of n working days begins on the working day after the day on which it starts to run (article 111 of the Polish Civil
Code and article 72 of the Bulgarian Obligations and Contracts Act do not count that day) and ends with the n-th.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache

POLAND, BULGARIA = "PL", "BG"
COUNTRIES = (POLAND, BULGARIA)
_SATURDAY = 5


@cache
def public_holidays(country: str, year: int) -> frozenset[dt.date]:
    """The public holidays of a year, those on a weekend too. Raises ValueError for a country other than `COUNTRIES`."""
    if country not in COUNTRIES:
        raise ValueError(f"Working days are known for {', '.join(COUNTRIES)}, not for {country!r}.")
    from holidays import country_holidays

    return frozenset(country_holidays(country, years=year))


def is_working(day: dt.date, country: str) -> bool:
    """Is this a working day in the country?"""
    return day.weekday() < _SATURDAY and day not in public_holidays(country, day.year)


def next_working(day: dt.date, country: str) -> dt.date:
    """`day` itself when it is a working day, else the first one after it."""
    while not is_working(day, country):
        day += dt.timedelta(days=1)
    return day


def add_working(day: dt.date, number: int, country: str) -> dt.date:
    """The last day of a limit of `number` working days that starts to run on `day`. Raises ValueError below 1."""
    if number < 1:
        raise ValueError("A limit has at least one working day.")
    for _ in range(number):
        day = next_working(day + dt.timedelta(days=1), country)
    return day


def days_off(first: dt.date, last: dt.date, country: str) -> Sequence[dt.date]:
    """The holidays from Monday to Friday between two days, both included: why a limit is longer than it looks."""
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < _SATURDAY and not is_working(day, country)]

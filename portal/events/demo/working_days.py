"""Days on which people in Poland and in Bulgaria would meet: the demo plans nothing on a weekend or a holiday of either.

Between Christmas and New Year nobody holds a congress, so those days count as holidays too.
"""

import datetime as dt

from portal.ground import working_days

_DECEMBER, _CHRISTMAS_EVE = 12, 24
THURSDAY = 3


def is_working(day: dt.date) -> bool:
    """Is this a working day in both countries, and not between Christmas and New Year?"""
    if day.month == _DECEMBER and day.day >= _CHRISTMAS_EVE:
        return False
    return all(working_days.is_working(day, country) for country in working_days.COUNTRIES)


def next_working(day: dt.date) -> dt.date:
    """`day`, or the first working day after it."""
    while not is_working(day):
        day += dt.timedelta(days=1)
    return day


def next_congress(day: dt.date) -> dt.date:
    """The first Thursday from `day` on that is a working day with its Friday."""
    day += dt.timedelta(days=(THURSDAY - day.weekday()) % 7)
    while not (is_working(day) and is_working(day + dt.timedelta(days=1))):
        day += dt.timedelta(days=7)
    return day

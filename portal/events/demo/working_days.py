"""Days on which people in Poland and in Bulgaria would meet: the demo plans nothing on a weekend or a holiday of either.

Holidays of the act of 18 January 1951 (Poland, as it stands since 2025) and of article 154 of the Labour Code
(Bulgaria). Between Christmas and New Year nobody holds a congress, so those days count as holidays too.
"""

import datetime as dt
from functools import cache

_FIXED = frozenset(
    {(1, 1), (1, 6), (3, 3), (5, 1), (5, 3), (5, 6), (5, 24), (8, 15), (9, 6), (9, 22), (11, 1), (11, 11)}
    | {(12, day) for day in range(24, 32)}
)
_AFTER_EASTER = (0, 1, 60)  # Easter Sunday and Monday, Corpus Christi; Pentecost is a Sunday
_AROUND_ORTHODOX_EASTER = (-2, -1, 0, 1)  # from Good Friday to Monday
THURSDAY, SATURDAY = 3, 5


def is_working(day: dt.date) -> bool:
    """Is this a working day in both countries? A Bulgarian holiday on a weekend frees the next working day too."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


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


@cache
def _holidays(year: int) -> frozenset[dt.date]:
    western, orthodox = easter(year), orthodox_easter(year)
    moving = {western + dt.timedelta(days=days) for days in _AFTER_EASTER}
    moving |= {orthodox + dt.timedelta(days=days) for days in _AROUND_ORTHODOX_EASTER}
    fixed = {dt.date(year, month, day) for month, day in _FIXED}
    found = fixed | moving
    for day in fixed:  # Labour Code, art. 154(2)
        while day.weekday() >= SATURDAY:
            day += dt.timedelta(days=1)
        found.add(day)
    return frozenset(found)


def easter(year: int) -> dt.date:
    """Easter Sunday of the western churches, by the Gregorian computus (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the Bulgarian church: by the Julian computus (Meeus), 13 days later until 2099."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return dt.date(year, month, day + 1) + dt.timedelta(days=13)

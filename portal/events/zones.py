"""The time zone of an event as calendar files define it (RFC 5545, 3.6.5): one rule for the summer, one for the winter.

As every provider writes it: yearly rules from 1970 on. Lists of single onsets (RDATE) are read wrongly by some programs.
"""

import calendar
import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

BEGINNING = 1970
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = dt.timedelta(days=1)


@lru_cache(maxsize=64)
def zone_definition(name: str, year: int) -> "Timezone":
    """The definition of an IANA zone by the rules that it has in a year; right as long as these stay."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", name)
    changes = _changes(ZoneInfo(name), year)
    for change in changes or [dt.datetime(year, 1, 1, tzinfo=dt.UTC)]:
        before, after = (one.astimezone(ZoneInfo(name)) for one in (change - dt.timedelta(seconds=1), change))
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        part.add("tzname", after.tzname())
        part.add("tzoffsetfrom", before.utcoffset() if changes else after.utcoffset())
        part.add("tzoffsetto", after.utcoffset())
        if changes:
            onset = (before + dt.timedelta(seconds=1)).replace(tzinfo=None)  # what the clocks show until then
            number, weekday = _number(onset), onset.weekday()
            part.add("dtstart", _nth(number, weekday, onset))
            part.add("rrule", {"freq": "yearly", "bymonth": onset.month, "byday": f"{number}{DAYS[weekday]}"})
        else:
            part.add("dtstart", after.replace(year=BEGINNING, month=1, day=1, hour=0, minute=0, second=0, tzinfo=None))
        zone.add_component(part)
    return zone


def _changes(zone: ZoneInfo, year: int) -> list[dt.datetime]:
    """The instants of a year at which the clocks change, to the second."""
    found = []
    day, end = dt.datetime(year, 1, 1, tzinfo=dt.UTC), dt.datetime(year + 1, 1, 1, tzinfo=dt.UTC)
    while day < end:
        if _offset(day, zone) != _offset(day + DAY, zone):
            low, high = day, day + DAY
            while high - low > dt.timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (low, middle) if _offset(middle, zone) != _offset(low, zone) else (middle, high)
            found.append(high)
        day += DAY
    return found


def _offset(moment: dt.datetime, zone: ZoneInfo) -> dt.timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _number(day: dt.datetime) -> int:
    """The how-manieth of its weekday a day is in its month; -1 for the last."""
    is_last = day.day + 7 > calendar.monthrange(day.year, day.month)[1]
    return -1 if is_last else (day.day - 1) // 7 + 1


def _nth(number: int, weekday: int, onset: dt.datetime) -> dt.datetime:
    """The first onset by the rule."""
    days = [
        day
        for day in range(1, calendar.monthrange(BEGINNING, onset.month)[1] + 1)
        if dt.date(BEGINNING, onset.month, day).weekday() == weekday
    ]
    return onset.replace(year=BEGINNING, day=days[number - 1 if number > 0 else -1])

"""On which days of an event somebody comes, as they have said: all of them, or only some. A pure module.

A day belongs to the event where it is; what ends before four in the morning ends the day before.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from portal.ground import clock

MOST_DAYS = 14  # of an event that goes on for longer nobody says it day by day: they give up single workshops
NIGHT = dt.timedelta(hours=4)


class Lasting(Protocol):
    """What must be known of when an event is."""

    @property
    def starts_at(self) -> dt.datetime: ...
    @property
    def ends_at(self) -> dt.datetime: ...
    @property
    def timezone(self) -> str: ...


def days_of(event: Lasting) -> list[dt.date]:
    """The days among which somebody can choose: none where there is one alone, or more than MOST_DAYS."""
    found = all_days(event)
    return found if 2 <= len(found) <= MOST_DAYS else []


def all_days(event: Lasting) -> list[dt.date]:
    """Every day of it, however many they are."""
    first = day_at(event, event.starts_at)
    number = max((day_at(event, event.ends_at - NIGHT) - first).days + 1, 1)
    return [first + dt.timedelta(days=one) for one in range(number)]


def days_to_come(event: Lasting) -> list[dt.date]:
    """Those of them that are not over."""
    today = day_at(event, clock.now())
    return [day for day in days_of(event) if day >= today]


def day_at(event: Lasting, at: dt.datetime) -> dt.date:
    """The day of an instant where the event is."""
    return clock.to_wall(at, event.timezone).date()


def read(stored: str) -> list[dt.date]:
    """The days that somebody comes on, of what is stored: none are named where it is all of them."""
    return [dt.date.fromisoformat(one) for one in stored.split(",") if one]


def written(event: Lasting, days: Iterable[dt.date]) -> str:
    """What is stored: ISO dates with commas; nothing where it is every day of the event."""
    chosen = {*days}
    return "" if chosen >= {*days_of(event)} else ",".join(day.isoformat() for day in sorted(chosen))


def chosen(event: Lasting, stored: str, days: Collection[dt.date]) -> str:
    """What is stored when somebody who had said `stored` says `days` of those to come; what is over stays as it was said."""
    ahead = days_to_come(event)
    over = [day for day in read(stored) or days_of(event) if day not in ahead]
    return written(event, [*over, *days])


def with_days_of(event: Lasting, stored: str, starts: Sequence[dt.datetime]) -> str:
    """The same after somebody has chosen something at these times: they come on those days, too."""
    return written(event, [*read(stored), *(day_at(event, at) for at in starts)]) if stored and starts else stored

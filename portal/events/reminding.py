"""When people are reminded of an event, and asked whether they come. A pure module: the clock is handed in."""

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

from portal.ground import clock

LATE = dt.timedelta(days=1)  # a reminder that could not be sent for so long is not sent any more
# Days before the start: who has not said whether they come is asked again, and the answers end.
ASKED_AGAIN = 3
ANSWERED_BY = 2


class Dated(Protocol):
    """What must be known of when an event is."""

    @property
    def starts_at(self) -> dt.datetime: ...
    @property
    def timezone(self) -> str: ...


class Reminds(Dated, Protocol):
    """And of its reminders."""

    @property
    def reminder_days(self) -> str: ...


def days_before(event: Dated, days: int) -> dt.datetime:
    """The instant so many days before the start, at the same hour on the clock of the event. An hour that does not exist
    on that day (the clocks go forward) is the one so many times 24 hours before."""
    wall = clock.to_wall(event.starts_at, event.timezone) - dt.timedelta(days=days)
    try:
        return clock.from_wall(wall, event.timezone)
    except ValueError:
        return event.starts_at - dt.timedelta(days=days)


def reminders(event: Reminds) -> Iterator[tuple[int, dt.datetime]]:
    """(days before the start, instant) of each reminder of an event, the earliest first."""
    for days in sorted((int(one) for one in event.reminder_days.split(",") if one), reverse=True):
        yield days, days_before(event, days)


def due(event: Reminds, now: dt.datetime) -> list[tuple[int, dt.datetime]]:
    """Those whose instant has come, within the last day."""
    return [(days, at) for days, at in reminders(event) if at <= now < min(at + LATE, event.starts_at)]

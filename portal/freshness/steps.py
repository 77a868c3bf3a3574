"""The calendar: which step a profile has come to that was confirmed at some moment."""

import calendar
import datetime as dt
from collections.abc import Mapping

from portal.freshness.models import Step
from portal.ground import clock
from portal.organisations.words import ZONE

HALF_MONTH = dt.timedelta(days=15)


def confirmed_before(now: dt.datetime) -> Mapping[Step, dt.datetime]:
    """Each step is owed to what was confirmed before this moment. Months and days are those of the calendar in Warsaw: a
    step is owed for the whole of its day, and what falls on a day that a month has not, on the first day of the next."""
    today = clock.in_zone(now, ZONE).date()
    return {step: _end(_back(today, int(step))) for step in Step}


def step_owed(confirmed_at: dt.datetime, now: dt.datetime) -> Step | None:
    """The newest step for a profile that was confirmed then; None while it is fresh."""
    owed = [step for step, latest in confirmed_before(now).items() if confirmed_at < latest]
    return max(owed, default=None)


def _back(day: dt.date, half_months: int) -> dt.date:
    months, half = divmod(half_months, 2)
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last)) - half * HALF_MONTH


def _end(day: dt.date) -> dt.datetime:
    return clock.from_wall(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min), ZONE)

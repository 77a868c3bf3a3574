"""The calendar of an account that nobody uses: when its owner is warned, and until when it is kept.

Days are those of the calendar in Warsaw, and a whole day counts: whoever logs in on the last one keeps the account.
"""

import calendar
import datetime as dt

from portal.ground import clock

MONTHS = 24  # so long after its last use an account is deleted (GDPR, article 5(1)(e): no longer than needed)
FIRST = dt.timedelta(days=60)  # so long before it comes the first warning
SECOND = dt.timedelta(days=14)  # and the second: whatever the calendar says, at least so long is left after it
AGAIN = dt.timedelta(days=7)  # so often is asked whether one that has to stay may go
ZONE = "Europe/Warsaw"
SHORTEST = dt.timedelta(days=365 * MONTHS // 12)


def last_day(used_at: dt.datetime) -> dt.date:
    """The last day of an account that was last used then. What falls on a day that a month has not, on the next one."""
    day = clock.in_zone(used_at, ZONE).date()
    year, month = divmod(day.year * 12 + day.month - 1 + MONTHS, 12)
    if day.day > calendar.monthrange(year, month + 1)[1]:
        year, month = divmod(year * 12 + month + 1, 12)
        return dt.date(year, month + 1, 1)
    return dt.date(year, month + 1, day.day)


def used_before(today: dt.date) -> dt.datetime:
    """What was used since this moment is not to be warned about today; of what was not, `last_day` says so exactly."""
    return clock.from_wall(dt.datetime.combine(today + FIRST - SHORTEST + dt.timedelta(days=1), dt.time.min), ZONE)

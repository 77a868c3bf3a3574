"""Until when an offered place is kept: hours that count by day alone, so that nobody loses a place while asleep. Pure."""

import datetime as dt

from portal.ground import clock

DAY_BEGINS, DAY_ENDS = dt.time(8), dt.time(22)  # of the clock of the event


def offer_ends(now: dt.datetime, hours: int, zone: str, starts_at: dt.datetime) -> dt.datetime:
    """The instant at which an offer made `now` ends: after so many hours between 8 and 22 in the zone, never past the start.

    Hours are counted as they pass, so a night with a change of the clock lengthens or shortens nothing.
    """
    left, moment = dt.timedelta(hours=hours), now
    while True:
        opens, closes = _daytime(moment, zone)
        begins = max(moment, opens)
        if begins < closes:
            if left <= closes - begins:
                return min(begins + left, starts_at)
            left -= closes - begins
        if closes >= starts_at:
            return starts_at
        moment = _daytime(closes + dt.timedelta(hours=12), zone)[0]


def _daytime(moment: dt.datetime, zone: str) -> tuple[dt.datetime, dt.datetime]:
    """The hours that count on the day of this moment."""
    day = clock.to_wall(moment, zone).date()
    begins, ends = dt.datetime.combine(day, DAY_BEGINS), dt.datetime.combine(day, DAY_ENDS)
    return clock.from_wall(begins, zone), clock.from_wall(ends, zone)

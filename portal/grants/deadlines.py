"""How a deadline that people write becomes an instant, and what it is called: pure.

A stored deadline is exclusive: what arrives at it is late. People mean the whole day by 23:59, so that is kept as the
midnight after it, and shown as 23:59 inclusive. Any other hour is meant as it stands.
"""

import datetime as dt
from zoneinfo import ZoneInfo

MINUTE = dt.timedelta(minutes=1)
NO_TOLERANCE = 0  # by which a call is shown as closed; what was in the queue by then may still be in time
_LAST = dt.time(23, 59)
_MIDNIGHT = dt.time(0)


def meant(typed: dt.datetime) -> dt.datetime:
    """The wall time before which something has to arrive, of the one that was typed."""
    return typed.replace(second=0, microsecond=0) + MINUTE if typed.time() == _LAST else typed


def typed(meant: dt.datetime) -> dt.datetime:
    """The way back: how people write the end of a day."""
    return meant - MINUTE if meant.time() == _MIDNIGHT else meant


def is_inclusive(closes_at: dt.datetime, zone: str) -> bool:
    """Does it end with a day, so that it is called 23:59 inclusive?"""
    return closes_at.astimezone(ZoneInfo(zone)).time() == _MIDNIGHT


def called(closes_at: dt.datetime, zone: str) -> dt.datetime:
    """The instant whose wall time names the deadline: the last minute of a day, or the hour itself."""
    return closes_at - MINUTE if is_inclusive(closes_at, zone) else closes_at


def last_day(closes_at: dt.datetime, zone: str) -> dt.date:
    """The day that names the deadline, where the call is."""
    return called(closes_at, zone).astimezone(ZoneInfo(zone)).date()


def is_in_time(received_at: dt.datetime, closes_at: dt.datetime, tolerance_s: int) -> bool:
    """Did something arrive before the deadline? The one expression for it, with the time that it may have waited in the
    queue of the server."""
    return received_at < closes_at + dt.timedelta(seconds=tolerance_s)

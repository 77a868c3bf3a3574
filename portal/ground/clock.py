"""The one clock. Everything that asks for the time asks here, so that a test can say what time it is."""

import contextlib
import contextvars
import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

UTC = dt.UTC
_frozen: contextvars.ContextVar[dt.datetime | None] = contextvars.ContextVar("frozen_clock", default=None)


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or dt.datetime.now(UTC)


def today(zone: str) -> dt.date:
    """The present day in an IANA zone such as `Europe/Warsaw`."""
    return now().astimezone(ZoneInfo(zone)).date()


def in_zone(moment: dt.datetime, zone: str) -> dt.datetime:
    """The same instant as wall time of an IANA zone."""
    return moment.astimezone(ZoneInfo(zone))


def from_wall(wall: dt.datetime, zone: str) -> dt.datetime:
    """The UTC instant of a naive wall time in a zone. Raises ValueError for a time that the zone skips (spring gap)."""
    aware = wall.replace(tzinfo=ZoneInfo(zone))
    instant = aware.astimezone(UTC)
    if to_wall(instant, zone) != wall:
        raise ValueError("This wall time does not exist in that zone.")
    return instant


def to_wall(moment: dt.datetime, zone: str) -> dt.datetime:
    """The naive wall time of an instant in a zone, as a form shows it: the way back of `from_wall`."""
    return in_zone(moment, zone).replace(tzinfo=None)


@contextlib.contextmanager
def frozen(moment: dt.datetime) -> Iterator[None]:
    """Stop the clock at an aware moment within this context (tests)."""
    if moment.tzinfo is None:
        raise ValueError("A frozen moment must be aware.")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)

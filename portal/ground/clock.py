"""The one clock. Everything that asks for the time asks here, so that a test can say what time it is, and so can whoever
shows a demo (`set_clock`).
"""

import contextlib
import contextvars
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

UTC = dt.UTC
_frozen: contextvars.ContextVar[dt.datetime | None] = contextvars.ContextVar("frozen_clock", default=None)


@dataclass(frozen=True, slots=True)
class Setting:
    """How somebody has set the clock: it goes on `ahead` of that of the machine (or behind), or stands `at` a moment.

    `name` changes with every setting: what was made under another one is not of this time.
    """

    name: str
    ahead: dt.timedelta = dt.timedelta()
    at: dt.datetime | None = None

    def shown(self, machine: dt.datetime) -> dt.datetime:
        """What a clock that is set so shows when that of the machine shows `machine`."""
        return self.at or machine + self.ahead


def _not_set() -> Setting | None:
    return None


_setting: Callable[[], Setting | None] = _not_set


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    frozen = _frozen.get()
    if frozen is not None:
        return frozen
    chosen = _setting()
    return machine_now() if chosen is None else chosen.shown(machine_now())


def machine_now() -> dt.datetime:
    """The same, however the clock of a demo is set: for what is compared with the clocks of others, such as the files of
    an object store, the codes of an authenticator app, or the life of a process."""
    return _frozen.get() or dt.datetime.now(UTC)


def setting() -> Setting | None:
    """How the clock is set, or None when it is that of the machine."""
    return _setting()


def follow(setting: Callable[[], Setting | None] | None) -> None:
    """Let this process go by what `setting` says at each moment, or by the machine alone again. It is asked for every time
    of day, so it must cost next to nothing."""
    global _setting
    _setting = setting or _not_set


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


def comes_twice(wall: dt.datetime, zone: str) -> bool:
    """Does a zone have this naive wall time twice (the hour that is repeated in autumn)?"""
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


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

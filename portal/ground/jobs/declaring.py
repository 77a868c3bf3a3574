"""What runs by the clock: how often, beside what, and when next."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

MAIN = "main"  # the lane of whatever takes seconds
LONGEST = 60  # minutes
MINUTE = dt.timedelta(minutes=1)
DAY = 24 * 60  # minutes
AFTER_THE_HOUR = 7  # minutes
AT_NIGHT = 3 * 60 + AFTER_THE_HOUR  # minutes after midnight, UTC
_BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that runs every `minutes`, in the application's context, in one worker at a time.

    Jobs of one `lane` follow each other; lanes never wait for one another. `wake(name)` runs it sooner. What takes more
    than `longest` minutes hangs: its worker starts anew, and the job is done again. So it can be stopped at any point and
    be repeated. What it returns, if that is a number, tells how much was done.
    """

    name: str
    minutes: int
    run: Callable[[], object]
    lane: str = MAIN
    longest: int = LONGEST

    def next_due(self, now: dt.datetime) -> dt.datetime:
        """The first of its times after `now`: whole parts of an hour, seven past the hour, or 3:07 UTC."""
        offset = MINUTE * (0 if self.minutes < 60 else AFTER_THE_HOUR if self.minutes < DAY else AT_NIGHT)
        step = MINUTE * self.minutes
        return _BEGINNING + offset + step * ((now - _BEGINNING - offset) // step + 1)

    def is_due(self, due_at: dt.datetime, now: dt.datetime) -> bool:
        """Has its time come? One that lies further ahead than it ever can was set by a clock that has since been set back."""
        return due_at <= now or due_at > self.next_due(now)

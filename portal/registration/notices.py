"""What people know of a programme that has changed since, and when they are told: once it has been left alone for a while."""

import datetime as dt
from dataclasses import dataclass

from portal.events.facts import EventFrame, Placement
from portal.registration.models import Notice

QUIET = dt.timedelta(minutes=20)  # without another change for the same person
LONGEST = dt.timedelta(hours=1)  # after the first one: who changes without end keeps nobody in the dark
NEAR = dt.timedelta(hours=24)  # before the start: then everybody is told at once


@dataclass(frozen=True, slots=True)
class Known:
    """When and where a session, or the event, is: what people go by."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    room_id: int | None = None
    place: str = ""
    online: str = ""

    @classmethod
    def of_session(cls, placement: Placement) -> "Known":
        return cls(placement.starts_at, placement.ends_at, placement.room_id)

    @classmethod
    def of_event(cls, frame: EventFrame) -> "Known":
        return cls(frame.starts_at, frame.ends_at, place=frame.place, online=frame.online)

    @classmethod
    def of_notice(cls, notice: Notice) -> "Known":
        return cls(notice.starts_at, notice.ends_at, notice.room_id, notice.place, notice.online)


def due(now: dt.datetime, first: dt.datetime, starts_at: dt.datetime) -> dt.datetime:
    """When somebody is told of a change made `now`, who is waiting to be told since `first`.

    `starts_at` is when what has changed begins, before or after the change, whichever is earlier.
    """
    return now if starts_at - now <= NEAR else min(now + QUIET, first + LONGEST)

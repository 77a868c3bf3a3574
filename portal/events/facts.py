"""What this feature announces, inside the transaction that makes it true, to whoever booked or sells places.

Instants are aware UTC. `seats` None means no limit (of a session: nobody books, everybody may come), 0 means nobody.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placement:
    """When and where a session is, and for how many."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    room_id: int | None
    seats: int | None


@dataclass(frozen=True, slots=True)
class EventFrame:
    """When and where an event is, and for how many. `place` is the town and the original words of the venue."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    seats: int | None


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """A session is new (`old` is None) or its time, room or seats are others. Never announced for one that is cancelled.

    It is also announced while the event is a draft, so that the counters of seats exist from the first moment.
    """

    event_id: int
    session_id: int
    old: Placement | None
    new: Placement


@dataclass(frozen=True, slots=True)
class SessionCancelled:
    """A session does not take place. `reason` is the coordinator's own text, never empty."""

    event_id: int
    session_id: int
    old: Placement
    reason: str


@dataclass(frozen=True, slots=True)
class EventChanged:
    """An event is new (`old` is None) or its time, place or seats are others."""

    event_id: int
    old: EventFrame | None
    new: EventFrame


@dataclass(frozen=True, slots=True)
class EventCancelled:
    """An event does not take place. `reason` is the coordinator's own text, never empty. Its sessions end with it."""

    event_id: int
    old: EventFrame
    reason: str

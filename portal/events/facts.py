"""What this feature announces, inside the transaction that makes it true, to whoever booked or sells places.

Instants are aware UTC. `seats` None means no limit (of a session: nobody books, everybody may come), 0 means nobody.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placement:
    """When and where a session is, and for how many."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    room_id: int | None
    seats: int | None

    def is_elsewhere(self, old: "Placement") -> bool:
        """Is it at another time or in another room than before?"""
        return (old.starts_at, old.ends_at, old.room_id) != (self.starts_at, self.ends_at, self.room_id)


@dataclass(frozen=True, slots=True)
class EventFrame:
    """When and where an event is, and for how many. `place` is the town and the original words of the venue, `online`
    the address of its online meeting, `offer_hours` how long a place is kept for whoever waited (None: it is given),
    `per_organisation` how many places one organisation gets at most, `asks_organisation` whether the form asks for it,
    `takes_delegations` whether organisations can ask for several places."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    seats: int | None
    online: str = ""
    offer_hours: int | None = None
    per_organisation: int | None = None
    asks_organisation: bool = False
    takes_delegations: bool = False

    def is_elsewhere(self, old: "EventFrame") -> bool:
        """Has the event another date or place than before, on site or online?"""
        return self._where_and_when != old._where_and_when

    @property
    def _where_and_when(self) -> tuple[object, ...]:
        return self.starts_at, self.ends_at, self.place, self.online


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """A session is new (`old` is None) or its time, room or seats are others. Never announced for one that is cancelled.

    It is also announced while the event is a draft, so that the counters of seats exist from the first moment. A `quiet`
    change is too small to write to people about, as its coordinator says.
    """

    event_id: int
    session_id: int
    old: Placement | None
    new: Placement
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class SessionCancelled:
    """A session does not take place. `reason` is the coordinator's own text, never empty."""

    event_id: int
    session_id: int
    old: Placement
    reason: str


@dataclass(frozen=True, slots=True)
class RoomChanged:
    """A room holds another number of people than before; `capacity` None: nobody has counted the chairs. The places of its
    sessions stay as many as they are."""

    event_id: int
    room_id: int
    capacity: int | None


@dataclass(frozen=True, slots=True)
class EventChanged:
    """An event is new (`old` is None) or its time, place or seats are others; `quiet` as of a session."""

    event_id: int
    old: EventFrame | None
    new: EventFrame
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class EventPostponed:
    """An event has moved with everything in it by so many `days` (negative: it comes earlier). All wall times stay."""

    event_id: int
    old: EventFrame
    new: EventFrame
    days: int
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class EventCopied:
    """A draft that begins on `day` was made of an event, so many `days` later (negative: earlier). `sessions` are the numbers
    of those that take place, each with that of its copy. Announced when all of them are there, with their counters."""

    event_id: int
    copy_id: int
    day: dt.date
    days: int
    sessions: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class EventCancelled:
    """An event does not take place. `reason` is the coordinator's own text, never empty. Its sessions end with it."""

    event_id: int
    old: EventFrame
    reason: str

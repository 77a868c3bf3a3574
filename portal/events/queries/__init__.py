"""Named reads of events and their programmes."""

from portal.events.queries.events import (
    PUBLIC,
    by_slug,
    drafts,
    facets,
    find,
    listed,
    number_listed,
    of_coordinator,
    public_condition,
    public_events,
    upcoming,
    upcoming_of_organisation,
    visible_to,
)
from portal.events.queries.programme import (
    room_of,
    rooms,
    session_of,
    sessions,
    sessions_by_id,
    slot_of,
    slots,
)

__all__ = [
    "PUBLIC",
    "by_slug",
    "drafts",
    "facets",
    "find",
    "listed",
    "number_listed",
    "of_coordinator",
    "public_condition",
    "public_events",
    "room_of",
    "rooms",
    "session_of",
    "sessions",
    "sessions_by_id",
    "slot_of",
    "slots",
    "upcoming",
    "upcoming_of_organisation",
    "visible_to",
]

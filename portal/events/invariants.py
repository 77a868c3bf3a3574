"""What must be true of events and their programme."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.events import queries
from portal.events.findable import document, public
from portal.events.models import KIND, Event, EventStatus, ProgrammeSession, Room, SessionStatus, Slot
from portal.ground.checks import Check, rows
from portal.ground.db import db
from portal.words import search


def _documents(numbers: list[int]) -> list[search.Document]:
    found = db.session.scalars(sa.select(Event).where(Event.id.in_(numbers)))
    return [document(event, queries.sessions(event.id)) for event in found]


@cache
def checks() -> Sequence[Check]:
    return (
        rows(
            "events.slot-of-another", ProgrammeSession, "A session is in a time slot of another event.",
            sa.exists().where(Slot.id == ProgrammeSession.slot_id, Slot.event_id != ProgrammeSession.event_id),
        ),
        rows(
            "events.room-of-another", ProgrammeSession, "A session is in a room of another event.",
            sa.exists().where(Room.id == ProgrammeSession.room_id, Room.event_id != ProgrammeSession.event_id),
        ),
        rows(
            "events.never-dated", Event, "An event is public and was never published, or is cancelled on no day.",
            sa.or_(
                sa.and_(Event.status == EventStatus.PUBLISHED, Event.published_at.is_(None)),
                sa.and_(Event.status == EventStatus.CANCELLED, Event.cancelled_at.is_(None)),
            ),
        ),
        rows(
            "events.reason-of-nothing", ProgrammeSession, "A session that takes place says why it is cancelled.",
            ProgrammeSession.status == SessionStatus.SCHEDULED, ProgrammeSession.cancel_reason != "",
        ),
        *search.in_step(KIND, public, _documents),
    )  # fmt: skip

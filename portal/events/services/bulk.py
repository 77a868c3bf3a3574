"""Many public events at once: for a large demo. Everything a single one gets, in batches.

There is no audit entry: nobody did this.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.events.facts import EventChanged, SessionChanged
from portal.events.findable import document
from portal.events.models import Event, EventStatus, ProgrammeSession, SessionKind, SessionStatus
from portal.events.services.editing import frame, placement
from portal.events.services.states import EVENTS, SESSIONS
from portal.ground.db import transaction
from portal.ground.facts import announce
from portal.ground.statements import in_batches, insert_rows
from portal.words import search
from portal.words.i18n import Localized
from portal.words.slugs import FreeSlugs

BATCH = 500


@dataclass(frozen=True, slots=True)
class BulkEvent:
    """A public event. `workshops` are the places of each; without them the programme is one meeting for everybody."""

    network_id: int
    title: Localized
    summary: Localized
    venue: Localized
    town: str
    timezone: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    published_at: dt.datetime
    seats: int | None = None
    workshops: Sequence[int] = ()


def bulk_create_events(rows: Iterable[BulkEvent]) -> list[int]:
    """Publish events, with addresses that follow from their titles; returns their numbers in the same order."""
    slugs = FreeSlugs(Event.slug)
    numbers: list[int] = []
    for batch in in_batches(rows, BATCH):
        events = [_event(row, slugs.take(row.title.source)) for row in batch]
        with transaction():
            insert_rows(events)
            pairs = list(zip(events, batch, strict=True))
            programme = {event.id: list(_sessions(event, row)) for event, row in pairs}
            insert_rows([session for sessions in programme.values() for session in sessions])
            search.index(document(event, programme[event.id]) for event in events)
            _announce(events, programme)
        numbers += [event.id for event in events]
    return numbers


def _event(row: BulkEvent, slug: str) -> Event:
    return Event(
        slug=slug, network_id=row.network_id, status=EVENTS.born(EventStatus.PUBLISHED), title=row.title,
        summary=row.summary, description=Localized(), venue=row.venue, town=row.town, timezone=row.timezone,
        starts_at=row.starts_at, ends_at=row.ends_at, seats=row.seats, published_at=row.published_at, sequence=0,
        row_version=1, created_at=row.published_at, updated_at=row.published_at,
    )  # fmt: skip


def _sessions(event: Event, row: BulkEvent) -> Iterator[ProgrammeSession]:
    """One meeting, or workshops side by side. All rows say the same columns, so that one statement inserts them."""
    for number, seats in enumerate(row.workshops or (None,), start=1):
        title = event.title if seats is None else Localized.of(event.title.original, f"{event.title.source} {number}")
        yield ProgrammeSession(
            event_id=event.id, kind=SessionKind.NETWORKING if seats is None else SessionKind.WORKSHOP,
            status=SESSIONS.born(SessionStatus.SCHEDULED), title=title, abstract=Localized(), speakers="",
            languages=event.title.original, starts_at=event.starts_at, ends_at=event.ends_at, seats=seats, sequence=0,
            row_version=1,
        )  # fmt: skip


def _announce(events: Sequence[Event], programme: dict[int, list[ProgrammeSession]]) -> None:
    """Whoever counts places is told of those that are limited."""
    for event in events:
        if event.seats is not None:
            announce(EventChanged(event.id, None, frame(event)))
        for session in programme[event.id]:
            if session.seats is not None:
                announce(SessionChanged(event.id, session.id, None, placement(session)))

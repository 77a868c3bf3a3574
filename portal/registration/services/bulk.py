"""Many registrations for one event at once: for a large demo. Seats are counted, nobody gets a mail.

There is no audit entry: nobody did this.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.accounts.services import bulk_create_people
from portal.events.models import Event, ProgrammeSession
from portal.ground.db import transaction
from portal.ground.statements import in_batches, insert_rows
from portal.registration.models import (
    Booking,
    BookingStatus,
    EventSeats,
    Registration,
    RegistrationStatus,
    SessionSeats,
)
from portal.registration.services.derived import SEATS
from portal.registration.services.states import BOOKINGS, REGISTRATIONS

BATCH = 1000


@dataclass(frozen=True, slots=True)
class BulkRegistration:
    """Somebody whom the portal does not know yet, when they confirmed, and the workshops that they want."""

    name: str
    email: str
    locale: str
    confirmed_at: dt.datetime
    wanted: tuple[int, ...] = ()


def bulk_register(event_id: int, rows: Iterable[BulkRegistration]) -> int:
    """Register all of them, in their order: whoever finds no seat waits. Returns how many there were."""
    total = 0
    for batch in in_batches(rows, BATCH):
        people = bulk_create_people((row.name, row.email, row.locale) for row in batch)
        with transaction() as session:
            session.get_one(Event, event_id, with_for_update={"key_share": True})
            free = _Free(session, event_id)
            made = [_registration(event_id, row, person, free) for row, person in zip(batch, people, strict=True)]
            insert_rows(made)
            pairs = zip(made, batch, strict=True)
            insert_rows([booking for one, row in pairs for booking in _bookings(one, row, free)])
            SEATS.renew(event_id)
        total += len(batch)
    return total


class _Free:
    """How many seats an event and its workshops still have; None is as many as come."""

    def __init__(self, session: Session, event_id: int) -> None:
        event = sa.select(EventSeats.seats - EventSeats.taken).where(EventSeats.event_id == event_id)
        self.event = session.scalar(event)
        workshops = (
            sa.select(SessionSeats.session_id, SessionSeats.seats - SessionSeats.taken)
            .join(ProgrammeSession, ProgrammeSession.id == SessionSeats.session_id)
            .where(ProgrammeSession.event_id == event_id)
        )
        self.workshops = {row[0]: int(row[1]) for row in session.execute(workshops)}

    def takes_seat(self) -> bool:
        if self.event is not None and self.event <= 0:
            return False
        self.event = None if self.event is None else self.event - 1
        return True

    def takes_place(self, session_id: int) -> bool:
        if self.workshops[session_id] <= 0:
            return False
        self.workshops[session_id] -= 1
        return True


def _registration(event_id: int, row: BulkRegistration, person_id: int, free: _Free) -> Registration:
    has_seat = free.takes_seat()
    return Registration(
        event_id=event_id, person_id=person_id, name=row.name, email=row.email, locale=row.locale,
        status=REGISTRATIONS.born(RegistrationStatus.CONFIRMED if has_seat else RegistrationStatus.WAITING),
        queue_at=row.confirmed_at, confirmed_at=row.confirmed_at, row_version=1, created_at=row.confirmed_at,
        updated_at=row.confirmed_at,
    )  # fmt: skip


def _bookings(registration: Registration, row: BulkRegistration, free: _Free) -> Iterator[Booking]:
    """Whoever waits for the event waits for its workshops, too."""
    has_seat = registration.status == RegistrationStatus.CONFIRMED
    for session_id in row.wanted:
        has_place = has_seat and free.takes_place(session_id)
        yield Booking(
            registration_id=registration.id, session_id=session_id, queue_at=row.confirmed_at,
            status=BOOKINGS.born(BookingStatus.BOOKED if has_place else BookingStatus.WAITING),
            created_at=row.confirmed_at, booked_at=row.confirmed_at if has_place else None,
        )  # fmt: skip

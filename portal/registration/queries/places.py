"""Reads of seats, places and waiting lists, as they are now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from portal.events.models import ProgrammeSession, Room, SessionStatus
from portal.ground import clock
from portal.ground.db import UtcDateTime, db
from portal.registration.models import (
    Booking,
    BookingStatus,
    EventSeats,
    Registration,
    RegistrationStatus,
    SessionSeats,
)
from portal.registration.seating import Span, overlaps
from portal.words.i18n import Localized


@dataclass(frozen=True, slots=True)
class Workshop:
    """A session in which a place can be booked, as it is now. Those of one `group` run at the same time."""

    id: int
    group: str
    title: Localized
    room: Localized | None
    speakers: str
    languages: str
    span: Span
    seats: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return self.seats - self.taken


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody has or had in a session. `position` counts from 1 for whoever waits."""

    booking_id: int
    registration_id: int
    session_id: int
    status: str
    title: Localized
    room: Localized | None
    span: Span
    position: int | None


# Statements of every registration are built once: building one costs as much as running it.
_WAITING = (
    sa.select(sa.func.count())
    .where(Booking.session_id == ProgrammeSession.id, Booking.status == BookingStatus.WAITING)
    .scalar_subquery()
)
_WORKSHOPS = (
    sa.select(
        ProgrammeSession.id, ProgrammeSession.slot_id, ProgrammeSession.title, Room.name, ProgrammeSession.speakers,
        ProgrammeSession.languages, ProgrammeSession.starts_at, ProgrammeSession.ends_at,
        SessionSeats.seats, SessionSeats.taken, _WAITING,
    )
    .join(SessionSeats, SessionSeats.session_id == ProgrammeSession.id)
    .outerjoin(Room, Room.id == ProgrammeSession.room_id)
    .where(
        ProgrammeSession.event_id == sa.bindparam("event"),
        ProgrammeSession.status == SessionStatus.SCHEDULED,
        ProgrammeSession.starts_at > sa.bindparam("now", type_=UtcDateTime),
    )
    .order_by(ProgrammeSession.starts_at, ProgrammeSession.id)
)  # fmt: skip


_THESE_WORKSHOPS = _WORKSHOPS.where(ProgrammeSession.id.in_(sa.bindparam("sessions", expanding=True)))


def workshops(event_id: int, *, only: Collection[int] | None = None) -> list[Workshop]:
    """The sessions of an event that can still be booked, by time; `only` those of them that somebody asks for."""
    values: dict[str, Any] = {"event": event_id, "now": clock.now()}
    statement = _WORKSHOPS
    if only is not None:
        statement, values["sessions"] = _THESE_WORKSHOPS, list(only)
    return [
        Workshop(
            id=row[0], group=f"slot_{row[1]}" if row[1] else f"at_{int(row[6].timestamp())}", title=row[2], room=row[3],
            speakers=row[4], languages=row[5], span=Span(row[6], row[7]), seats=row[8], taken=row[9], waiting=row[10],
        )
        for row in db.session.execute(statement, values)
    ]  # fmt: skip


HELD = sa.or_(
    Booking.status == BookingStatus.BOOKED,
    sa.and_(
        Booking.status == BookingStatus.WAITING,
        ProgrammeSession.starts_at > sa.bindparam("now", type_=UtcDateTime),
    ),
)
_AHEAD = aliased(Booking)
_POSITION = (
    sa.select(sa.func.count())
    .where(
        _AHEAD.session_id == Booking.session_id,
        _AHEAD.status == BookingStatus.WAITING,
        sa.or_(
            _AHEAD.queue_at < Booking.queue_at, sa.and_(_AHEAD.queue_at == Booking.queue_at, _AHEAD.id <= Booking.id)
        ),
    )
    .scalar_subquery()
)
_PLACES = (
    sa.select(
        Booking.id, Booking.registration_id, Booking.session_id, Booking.status, ProgrammeSession.title, Room.name,
        ProgrammeSession.starts_at, ProgrammeSession.ends_at,
        sa.case((Booking.status == BookingStatus.WAITING, _POSITION)),
    )
    .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
    .outerjoin(Room, Room.id == ProgrammeSession.room_id)
    .where(
        Booking.registration_id.in_(sa.bindparam("registrations", expanding=True)),
        HELD,
    )
    .order_by(ProgrammeSession.starts_at, Booking.id)
)  # fmt: skip


def places(registration_ids: Iterable[int]) -> list[Place]:
    """What these registrations have, by time; positions of waiting places are counted now. Nobody waits for what has begun."""
    rows = db.session.execute(_PLACES, {"registrations": list(registration_ids), "now": clock.now()})
    return [Place(row[0], row[1], row[2], row[3], row[4], row[5], Span(row[6], row[7]), row[8]) for row in rows]


def clashes(held: Sequence[Place]) -> dict[int, list[Place]]:
    """What one registration has at the same time, by booking: the other places that overlap a place or a waiting place."""
    booked = [place for place in held if place.status == BookingStatus.BOOKED]
    found = {
        one.booking_id: [other for other in booked if other is not one and overlaps(one.span, other.span)]
        for one in held
    }
    return {number: others for number, others in found.items() if others}


@dataclass(frozen=True, slots=True)
class EventPlaces:
    """The places of an event or a session with a limit."""

    seats: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return self.seats - self.taken


def event_position(registration: Registration) -> int:
    """The place of a waiting registration in the waiting list of its event, from 1."""
    before = sa.or_(
        Registration.queue_at < registration.queue_at,
        sa.and_(Registration.queue_at == registration.queue_at, Registration.id <= registration.id),
    )
    return int(
        db.session.scalar(
            sa.select(sa.func.count()).where(
                Registration.event_id == registration.event_id,
                Registration.status == RegistrationStatus.WAITING,
                before,
            )
        )
        or 0
    )


_WAITING_FOR_EVENT = (
    sa.select(sa.func.count())
    .where(Registration.event_id == EventSeats.event_id, Registration.status == RegistrationStatus.WAITING)
    .scalar_subquery()
)
_EVENT_PLACES = sa.select(EventSeats.seats, EventSeats.taken, _WAITING_FOR_EVENT).where(
    EventSeats.event_id == sa.bindparam("event")
)


def event_places(event_id: int) -> EventPlaces | None:
    """The places of the event as a whole, or None when as many may come as like."""
    row = db.session.execute(_EVENT_PLACES, {"event": event_id}).first()
    return EventPlaces(*row) if row else None


_PLACES_OF_EVENTS = sa.select(EventSeats.event_id, EventSeats.seats, EventSeats.taken, _WAITING_FOR_EVENT).where(
    EventSeats.event_id.in_(sa.bindparam("events", expanding=True))
)


def event_places_of(event_ids: Collection[int]) -> dict[int, EventPlaces]:
    """The same for several events; those without a limit are missing."""
    rows = db.session.execute(_PLACES_OF_EVENTS, {"events": list(event_ids)})
    return {row[0]: EventPlaces(*row[1:]) for row in rows}


_SEATS = (
    sa.select(
        SessionSeats.session_id, SessionSeats.seats, SessionSeats.taken,
        sa.select(sa.func.count())
        .where(Booking.session_id == SessionSeats.session_id, Booking.status == BookingStatus.WAITING)
        .scalar_subquery(),
    )
    .join(ProgrammeSession, ProgrammeSession.id == SessionSeats.session_id)
    .where(
        ProgrammeSession.event_id == sa.bindparam("event"), ProgrammeSession.status == SessionStatus.SCHEDULED
    )
)  # fmt: skip


def session_places_of(event_id: int) -> dict[int, EventPlaces]:
    """The places of each session with a limit, by session: what a whole programme shows."""
    rows = db.session.execute(_SEATS, {"event": event_id})
    return {row[0]: EventPlaces(row[1], row[2], row[3]) for row in rows}


def session_numbers(session_id: int) -> tuple[int, int]:
    """How many have a place in a session, and how many wait for one."""
    rows = db.session.execute(
        sa.select(Booking.status, sa.func.count()).where(Booking.session_id == session_id).group_by(Booking.status)
    )
    number = {row[0]: int(row[1]) for row in rows}
    return number.get("booked", 0), number.get("waiting", 0)


def calendar_sessions(registration_id: int) -> list[tuple[ProgrammeSession, bool]]:
    """The sessions that somebody ever had a place in, with their rooms, and whether the place is held now."""
    held = sa.func.max(sa.case((Booking.status == BookingStatus.BOOKED, 1), else_=0))
    ever = (
        sa.select(Booking.session_id, held.label("held"))
        .where(Booking.registration_id == registration_id, Booking.booked_at.is_not(None))
        .group_by(Booking.session_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(ProgrammeSession, ever.c.held)
        .join(ever, ever.c.session_id == ProgrammeSession.id)
        .options(joinedload(ProgrammeSession.room))
        .order_by(ProgrammeSession.starts_at, ProgrammeSession.id)
    )
    return [(row[0], bool(row[1])) for row in rows]

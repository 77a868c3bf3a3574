"""Reads of seats, places and waiting lists, as they are now."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.events.models import Event, ProgrammeSession, Room, SessionStatus
from portal.ground import clock
from portal.ground.db import UtcDateTime, db
from portal.registration.models import (
    Booking,
    BookingStatus,
    DelegationSeat,
    EventSeats,
    Registration,
    RegistrationStatus,
    SeatStatus,
    SessionSeats,
)
from portal.registration.occupying import TAKEN, TAKEN_IN_SESSION, seats_of
from portal.registration.queries.reserves import (
    Hall,
    Kept,
    halls_of_events,
    halls_of_sessions,
)
from portal.registration.quotas import NOBODY, Origin
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
    kept: int = 0
    reserves: Sequence[Kept] = ()

    @property
    def free(self) -> int:
        """Places for whoever looks: `kept` are free, and only others can have them."""
        return self.seats - self.taken - self.kept


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody has or had in a session. `position` counts from 1 for whoever waits; an offer ends at `until`."""

    booking_id: int
    registration_id: int
    session_id: int
    status: str
    title: Localized
    room: Localized | None
    span: Span
    position: int | None
    until: dt.datetime | None = None


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
        SessionSeats.seats, TAKEN_IN_SESSION, _WAITING, SessionSeats.reserved,
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


def workshops(event_id: int, *, only: Collection[int] | None = None, who: Origin = NOBODY) -> list[Workshop]:
    """The sessions of an event that can still be booked, by time; `only` those of them that somebody asks for. Free are the
    places that somebody who comes from there can have."""
    values: dict[str, Any] = {"event": event_id, "now": clock.now()}
    statement = _WORKSHOPS
    if only is not None:
        statement, values["sessions"] = _THESE_WORKSHOPS, list(only)
    rows = db.session.execute(statement, values).all()
    halls = halls_of_sessions({row[0]: row[8] for row in rows if row[11]})
    return [
        Workshop(
            id=row[0], group=f"slot_{row[1]}" if row[1] else f"at_{int(row[6].timestamp())}", title=row[2], room=row[3],
            speakers=row[4], languages=row[5], span=Span(row[6], row[7]), seats=row[8], taken=row[9], waiting=row[10],
            **_kept(halls.get(row[0]), row[8] - row[9], who),
        )
        for row in rows
    ]  # fmt: skip


class _Reserved(TypedDict):
    kept: int
    reserves: Sequence[Kept]


def _kept(hall: Hall | None, free: int, who: Origin) -> _Reserved:
    """How many of the free places are kept from somebody, and for whom."""
    return {"kept": hall.kept_from(who, free) if hall else 0, "reserves": hall.kept if hall else ()}


HELD = sa.or_(
    Booking.status == BookingStatus.BOOKED,
    sa.and_(Booking.status == BookingStatus.OFFERED, Booking.offer_ends_at > sa.bindparam("now", type_=UtcDateTime)),
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
        # As `seating.in_order` has it.
        sa.or_(
            sa.and_(_AHEAD.front_at.is_not(None), Booking.front_at.is_(None)),
            sa.and_(
                _AHEAD.front_at.is_(None) == Booking.front_at.is_(None),
                sa.tuple_(sa.func.coalesce(_AHEAD.front_at, _AHEAD.queue_at), _AHEAD.id)
                <= sa.tuple_(sa.func.coalesce(Booking.front_at, Booking.queue_at), Booking.id),
            ),
        ),
    )
    .scalar_subquery()
)
_PLACES = (
    sa.select(
        Booking.id, Booking.registration_id, Booking.session_id, Booking.status, ProgrammeSession.title, Room.name,
        ProgrammeSession.starts_at, ProgrammeSession.ends_at,
        sa.case((Booking.status == BookingStatus.WAITING, _POSITION)),
        sa.case((Booking.status == BookingStatus.OFFERED, Booking.offer_ends_at)),
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
    return [Place(row[0], row[1], row[2], row[3], row[4], row[5], Span(row[6], row[7]), row[8], row[9]) for row in rows]


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
    kept: int = 0
    reserves: Sequence[Kept] = ()
    at_limit: bool = False  # as many of the organisation of whoever looks have a place as may have one

    @property
    def free(self) -> int:
        """Places for whoever looks: `kept` are free, and only others can have them."""
        return self.seats - self.taken - self.kept

    @property
    def is_full(self) -> bool:
        """Is there no place left for anybody?"""
        return self.taken >= self.seats


_WAITING_FOR_EVENT = (
    sa.select(seats_of())
    .where(Registration.event_id == EventSeats.event_id, Registration.status == RegistrationStatus.WAITING)
    .scalar_subquery()
) + (
    sa.select(sa.func.count())
    .where(DelegationSeat.event_id == EventSeats.event_id, DelegationSeat.status == SeatStatus.WAITING)
    .scalar_subquery()
)
_PLACES_OF_EVENTS = (
    sa.select(
        EventSeats.event_id,
        EventSeats.seats,
        TAKEN,
        _WAITING_FOR_EVENT,
        EventSeats.reserved,
        Event.max_per_organisation,
    )
    .join(Event, Event.id == EventSeats.event_id)
    .where(EventSeats.event_id.in_(sa.bindparam("events", expanding=True)))
)


def event_places(event_id: int, who: Origin = NOBODY) -> EventPlaces | None:
    """The places of the event as a whole, or None when as many may come as like. Free are those that somebody who comes
    from there can have."""
    row = db.session.execute(_PLACES_OF_EVENTS, {"events": [event_id], "now": clock.now()}).first()
    if row is None:
        return None
    places = EventPlaces(row[1], row[2], row[3])
    if not row[4] and not (row[5] and who.organisation_key):
        return places
    hall = halls_of_events({event_id: row[1]}, {event_id: row[5]})[event_id]
    return replace(places, **_kept(hall, places.free, who), at_limit=hall.room().is_at_cap(who))


def event_places_of(event_ids: Collection[int]) -> dict[int, EventPlaces]:
    """Those of several events, for lists: whether free places are kept for some is said on the page of each. Events without
    a limit are missing."""
    rows = db.session.execute(_PLACES_OF_EVENTS, {"events": list(event_ids), "now": clock.now()})
    return {row[0]: EventPlaces(row[1], row[2], row[3]) for row in rows}


_SEATS = (
    sa.select(
        SessionSeats.session_id, SessionSeats.seats, TAKEN_IN_SESSION,
        sa.select(sa.func.count())
        .where(Booking.session_id == SessionSeats.session_id, Booking.status == BookingStatus.WAITING)
        .scalar_subquery(),
        SessionSeats.reserved,
    )
    .join(ProgrammeSession, ProgrammeSession.id == SessionSeats.session_id)
    .where(
        ProgrammeSession.event_id == sa.bindparam("event"), ProgrammeSession.status == SessionStatus.SCHEDULED
    )
)  # fmt: skip


def session_places_of(event_id: int) -> dict[int, EventPlaces]:
    """The places of each session with a limit, by session: what a whole programme shows."""
    rows = db.session.execute(_SEATS, {"event": event_id, "now": clock.now()}).all()
    halls = halls_of_sessions({row[0]: row[1] for row in rows if row[4]})
    return {
        row[0]: EventPlaces(row[1], row[2], row[3], **_kept(halls.get(row[0]), row[1] - row[2], NOBODY)) for row in rows
    }


def is_booked_or_awaited(session_id: int) -> bool:
    """Has anybody a place in a session, an offer of one, or a place in its waiting list?"""
    held = Booking.status.in_([BookingStatus.BOOKED, BookingStatus.OFFERED, BookingStatus.WAITING])
    return bool(db.session.scalar(sa.select(sa.exists().where(Booking.session_id == session_id, held))))

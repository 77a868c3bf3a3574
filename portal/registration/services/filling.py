"""The one function that gives the places of a session to those who wait, and its twin for the event as a whole.

A place is given at once, or kept for a while where the event offers places: then its person says yes or no.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import UtcDateTime
from portal.ground.locks import locked_if_there
from portal.ground.states import change_state
from portal.registration import queries, seating
from portal.registration.models import Booking, BookingStatus, EventSeats, Registration, RegistrationStatus
from portal.registration.occupying import HOLDING
from portal.registration.offers import offer_ends
from portal.registration.passing import Served, serve
from portal.registration.queries import Place
from portal.registration.quotas import NOBODY, Room
from portal.registration.seating import Span, Waiter
from portal.registration.services import delegation_seats
from portal.registration.services.seats import Seats, count_event, count_places, hit, lock_seats, release
from portal.registration.services.states import BOOKINGS, REGISTRATIONS


@dataclass(frozen=True, slots=True)
class Filled:
    """Who got a place in a session, and to whom one is offered, each in the order of giving."""

    booked: Sequence[Waiter] = ()
    offered: Sequence[Waiter] = ()


def fill(
    session: Session, event: Event, session_ids: Collection[int], *, acting: int | None = None, is_new: bool = False
) -> Filled:
    """Give the free places of these sessions to those who wait, or offer them where the event does so.

    Called under the lock of the event, in the transaction of whatever freed a seat or added somebody to a queue.
    Whoever has something else at that time is skipped and keeps the place in the queue. Running it twice changes nothing.
    `acting` is the registration whose person asks at this moment: nothing is offered to them, they have said yes. It
    `is_new` when it has no place yet, so there is nothing to be asked about it.
    """
    if event.status != EventStatus.PUBLISHED:
        return Filled()
    counters = {number: one for number, one in lock_seats(session, session_ids).items() if one.taken < one.seats}
    queue = _queue(session, counters)
    if not queue:
        return Filled()
    rooms = _rooms({number: counters[number] for number in {one.session for one in queue}})
    seated = seating.seat(
        queue, {number: one.seats - one.taken for number, one in counters.items()},
        _busy(session, {one.person for one in queue} - ({acting} if is_new else set())),
        lambda waiter: waiter.session not in rooms or rooms[waiter.session].take(waiter.origin),
    )  # fmt: skip
    count_places(session, Counter(waiter.session for waiter in seated), 1)
    booked, offered = list[Waiter](), list[Waiter]()
    for waiter in seated:
        until = None if waiter.person == acting else offer_until(event, waiter.span.starts)
        if until is None:
            booked.append(waiter)
        else:
            offered.append(waiter)
            _move(session, [waiter], BookingStatus.OFFERED, offer_ends_at=until)
    _move(session, booked, BookingStatus.BOOKED, booked_at=clock.now())
    return Filled(booked, offered)


def would_fill(session: Session, session_id: int, free: int, room: Room) -> tuple[int, int]:
    """How many wait for a place in a session, and how many of them would get one of so many in such a room. Reads only."""
    queue = _queue(session, [session_id])
    busy = _busy(session, {one.person for one in queue})
    seated = seating.seat(queue, {session_id: free}, busy, lambda waiter: room.take(waiter.origin))
    return len(queue), len(seated)


def _rooms(counters: Mapping[int, Seats]) -> dict[int, Room]:
    """Who sits in those of these sessions in which seats are kept."""
    halls = queries.halls_of_sessions({number: one.seats for number, one in counters.items() if one.reserved})
    return {number: hall.room() for number, hall in halls.items()}


def _move(session: Session, waiters: Sequence[Waiter], to: BookingStatus, **values: object) -> None:
    """Take these out of their queues."""
    if waiters:
        moving = BOOKINGS.moving([BookingStatus.WAITING], to)
        ids = [waiter.booking for waiter in waiters]
        hit(session, moving.where(Booking.id.in_(ids)).values(**values), rows=len(ids))


def offer_until(event: Event, starts_at: dt.datetime) -> dt.datetime | None:
    """Until when a place in what begins then is kept for whoever waited; None: it is theirs at once."""
    if event.offer_hours is None:
        return None
    until = offer_ends(clock.now(), event.offer_hours, event.timezone, starts_at)
    return until if until > clock.now() else None


def end_blocked(session: Session, held: Iterable[Place]) -> dict[int, list[Place]]:
    """End the waiting places among these in sessions that have places left for them, after they were filled. By
    registration.

    Only a place of their own at the same time can have kept them out, so they would wait for nothing. Returns what ended.
    """
    waits = [place for place in held if place.status == BookingStatus.WAITING]
    if not waits:
        return {}
    counters = lock_seats(session, {one.session_id for one in waits})
    left = {number: one for number, one in counters.items() if one.taken < one.seats}
    rooms = _rooms(left)
    origins = queries.origins_of({one.registration_id for one in waits}) if rooms else {}
    ended: dict[int, list[Place]] = {}
    for place in waits:
        room = rooms.get(place.session_id)
        if place.session_id in left and (room is None or room.has_seat_for(origins[place.registration_id])):
            ended.setdefault(place.registration_id, []).append(place)
    release(session, [(one.booking_id, one.session_id, one.status) for these in ended.values() for one in these])
    return ended


_QUEUE = (
    sa.select(
        Booking.id, Booking.registration_id, Booking.session_id, Booking.queue_at,
        ProgrammeSession.starts_at, ProgrammeSession.ends_at, Booking.front_at,
        Registration.sector, Registration.organisation_id,
    )
    .join(Registration, Registration.id == Booking.registration_id)
    .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
    .where(
        Booking.session_id.in_(sa.bindparam("sessions", expanding=True)),
        Booking.status == BookingStatus.WAITING,
        Registration.status == RegistrationStatus.CONFIRMED,
        ProgrammeSession.status == SessionStatus.SCHEDULED,
        ProgrammeSession.starts_at > sa.bindparam("now", type_=UtcDateTime),
    )
)  # fmt: skip


def _queue(session: Session, free: Collection[int]) -> list[Waiter]:
    if not free:
        return []
    rows = session.execute(_QUEUE, {"sessions": list(free), "now": clock.now()})
    return [
        Waiter(row[0], row[1], row[2], row[3], Span(row[4], row[5]), row[6], queries.origin(row[7], row[8]))
        for row in rows
        if row[3]
    ]


_BUSY = (
    sa.select(Booking.registration_id, ProgrammeSession.starts_at, ProgrammeSession.ends_at)
    .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
    .where(
        Booking.registration_id.in_(sa.bindparam("registrations", expanding=True)),
        Booking.status.in_(HOLDING),
    )
)


def _busy(session: Session, registration_ids: Collection[int]) -> dict[int, list[Span]]:
    busy: dict[int, list[Span]] = {}
    if not registration_ids:
        return busy
    for registration_id, starts, ends in session.execute(_BUSY, {"registrations": list(registration_ids)}):
        busy.setdefault(registration_id, []).append(Span(starts, ends))
    return busy


def hall_of(event: Event, counter: EventSeats) -> queries.Hall | None:
    """The seats of an event where some are kept or each organisation has a limit; None: whoever is first has the seat."""
    if not (counter.reserved or event.max_per_organisation):
        return None
    return queries.halls_of_events({event.id: counter.seats}, {event.id: event.max_per_organisation})[event.id]


def room_of(hall: queries.Hall | None, counter: EventSeats) -> Room:
    """Who sits at an event: where nothing is kept, one seat is like another."""
    return Room(counter.seats, (), {NOBODY: counter.taken}) if hall is None else hall.room()


def _give_seats(session: Session, event: Event, served: Served, acting: int | None) -> None:
    """Seats of delegations that waited are theirs, and what is kept for groups is noted."""
    if served.groups:
        delegation_seats.note_groups(session, event.id, served.groups)
    if served.companies:
        _note_companies(session, served)
    if served.seats:
        count_event(session, event.id, len(served.seats))
        delegation_seats.promote(session, event, served.seats, offer_until(event, event.starts_at), acting=acting)


def _note_companies(session: Session, served: Served) -> None:
    """Keep how often those who wait together were passed, and until when seats are kept for them now."""
    for number, (passed, until) in served.companies.items():
        noted = sa.update(Registration).where(Registration.id == number).values(passed=passed, kept_until=until)
        session.execute(noted, execution_options={"synchronize_session": False})


def admit(
    session: Session, event: Event, *, acting: int | None = None, delegation: int | None = None
) -> list[Registration]:
    """Give the free places of the event to those who wait, in order, or offer them; returns the registrations.

    Called before `fill`: who only waits for the event takes no seat in a session. `acting` as there; so is a `delegation`.
    """
    if event.status != EventStatus.PUBLISHED or event.ends_at <= clock.now():
        return []
    counter = locked_if_there(EventSeats, event.id)
    waiting = (
        sa.select(Registration)
        .where(Registration.event_id == event.id, Registration.status == RegistrationStatus.WAITING)
        .order_by(Registration.queue_at, Registration.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if counter is not None:
        if counter.taken >= counter.seats:
            return []
        waiting = waiting.limit(counter.seats - counter.taken)
        hall = hall_of(event, counter)
        if hall is not None or event.takes_delegations or event.max_companions:
            session.flush()
            served = serve(room_of(hall, counter), queries.turns(event.id), clock.now())
            waiting = waiting.where(Registration.id.in_(served.registrations))
            _give_seats(session, event, served, delegation)
    admitted = list(session.scalars(waiting))
    until = None if counter is None else offer_until(event, event.starts_at)
    for registration in admitted:
        to = RegistrationStatus.CONFIRMED
        if until is not None and registration.id != acting:
            to, registration.offer_ends_at = RegistrationStatus.OFFERED, until
        registration.passed, registration.kept_until = 0, None
        change_state(REGISTRATIONS, registration, to, by=PORTAL)
    if admitted and counter is not None:
        count_event(session, event.id, sum(one.seats for one in admitted))
    return admitted

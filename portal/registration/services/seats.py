"""The counters of seats: locks, the conditional counting, and the one function that gives free places to those who wait.

Locks are taken in one order, always: the row of the event first, then a person and counters by ascending id. The lock of
the event alone makes every decision about its seats single file; the conditional UPDATE and the CHECK behind it hold
even if somebody forgets it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import UtcDateTime
from portal.ground.locks import locked_if_there
from portal.ground.statements import changed_rows
from portal.ground.states import change_state
from portal.registration import seating
from portal.registration.models import (
    Booking,
    BookingStatus,
    EventSeats,
    Registration,
    RegistrationStatus,
    SessionSeats,
)
from portal.registration.queries import Place
from portal.registration.seating import Span, Waiter
from portal.registration.services.states import BOOKINGS, REGISTRATIONS

_UNSYNCED = {"synchronize_session": False}


_LOCKED = {"populate_existing": True}
_EVENT = sa.select(Event).with_for_update(key_share=True, of=Event).execution_options(**_LOCKED)
_EVENT_BY_ID = _EVENT.where(Event.id == sa.bindparam("event"))
_EVENT_OF_REGISTRATION = _EVENT.where(
    Event.id
    == sa.select(Registration.event_id).where(Registration.id == sa.bindparam("registration")).scalar_subquery()
)


def lock_event(session: Session, event_id: int) -> Event:
    """The first lock of every use-case about seats. (Rows that only point at the event may still be added.)"""
    return session.scalars(_EVENT_BY_ID, {"event": event_id}).one()


def lock_event_of(session: Session, registration_id: int) -> Event:
    """The same for the event of a registration."""
    return session.scalars(_EVENT_OF_REGISTRATION, {"registration": registration_id}).one()


_SEATS = (
    sa.select(SessionSeats.session_id, SessionSeats.seats, SessionSeats.taken)
    .where(SessionSeats.session_id.in_(sa.bindparam("sessions", expanding=True)))
    .order_by(SessionSeats.session_id)
    .with_for_update()
)


def lock_seats(session: Session, session_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Lock the counters of these sessions, by ascending id: (seats, taken) of each that has one."""
    rows = session.execute(_SEATS, {"sessions": sorted(set(session_ids))})
    return {row[0]: (row[1], row[2]) for row in rows}


def hit(session: Session, statement: sa.Update, rows: int = 1, values: Mapping[str, object] | None = None) -> None:
    """Run a conditional write that must change exactly so many rows; otherwise the use-case is undone."""
    changed = changed_rows(session, statement, values, options=_UNSYNCED)
    if changed != rows:
        raise RuntimeError(f"A counted write changed {changed} rows instead of {rows}")


_CHANGE: sa.BindParameter[int] = sa.bindparam("change", type_=sa.Integer)
_CHANGED = sa.update(SessionSeats).values(taken=SessionSeats.taken + _CHANGE)
_OF = SessionSeats.session_id.in_(sa.bindparam("sessions", expanding=True))
_TAKE = _CHANGED.where(_OF, SessionSeats.taken + _CHANGE <= SessionSeats.seats)
_GIVE_BACK = _CHANGED.where(_OF, SessionSeats.taken + _CHANGE >= 0)


def _count(session: Session, places: Mapping[int, int], sign: int) -> None:
    """Take (or give back) so many seats of each session: never more than there are, never fewer than none."""
    for number in sorted(set(places.values())):
        ids = sorted(one for one, count in places.items() if count == number)
        statement = _TAKE if sign > 0 else _GIVE_BACK
        hit(session, statement, rows=len(ids), values={"sessions": ids, "change": sign * number})


def count_event(session: Session, event_id: int, change: int) -> None:
    """The same for the places of the whole event."""
    after = EventSeats.taken + change
    within = after <= EventSeats.seats if change > 0 else after >= 0
    hit(session, sa.update(EventSeats).where(EventSeats.event_id == event_id, within).values(taken=after))


def release(session: Session, bookings: Sequence[tuple[int, int, str]]) -> set[int]:
    """End these (booking, session, status) rows; returns the sessions in which seats became free. Does not refill."""
    if not bookings:
        return set()
    ids = [booking for booking, _session, _status in bookings]
    hit(
        session,
        BOOKINGS.moving([BookingStatus.WISHED, BookingStatus.WAITING, BookingStatus.BOOKED], BookingStatus.RELEASED)
        .where(Booking.id.in_(ids))
        .values(released_at=clock.now()),
        rows=len(ids),
    )
    freed = Counter(session_id for _booking, session_id, status in bookings if status == BookingStatus.BOOKED)
    _count(session, freed, -1)
    return set(freed)


_HELD = (
    sa.select(Booking.id, Booking.session_id, Booking.status)
    .where(Booking.registration_id == sa.bindparam("registration"), Booking.status != BookingStatus.RELEASED)
    .order_by(Booking.id)
)


def held(session: Session, registration_id: int) -> list[tuple[int, int, str]]:
    """The (booking, session, status) rows of a registration that have not ended."""
    rows = session.execute(_HELD, {"registration": registration_id})
    return [(row[0], row[1], row[2]) for row in rows]


_GIVEN_UP = _HELD.join(ProgrammeSession, ProgrammeSession.id == Booking.session_id).where(
    sa.or_(Booking.status != BookingStatus.BOOKED, ProgrammeSession.ends_at > sa.bindparam("now", type_=UtcDateTime))
)


def given_up(session: Session, registration_id: int) -> list[tuple[int, int, str]]:
    """What ends when a registration is cancelled: everything but the places in what is over: somebody was there."""
    rows = session.execute(_GIVEN_UP, {"registration": registration_id, "now": clock.now()})
    return [(row[0], row[1], row[2]) for row in rows]


def waits_of(session: Session, registration_ids: Collection[int]) -> set[int]:
    """The sessions in which any of these wait."""
    return set(
        session.scalars(
            sa.select(Booking.session_id).where(
                Booking.registration_id.in_(registration_ids), Booking.status == BookingStatus.WAITING
            )
        )
    )


def fill(session: Session, event: Event, session_ids: Collection[int], *, newcomer: int | None = None) -> list[Waiter]:
    """Give the free places of these sessions to those who wait; returns who got one, in that order.

    Called under the lock of the event, in the transaction of whatever freed a seat or added somebody to a queue.
    Whoever has something else at that time is skipped and keeps the place in the queue. Running it twice changes nothing.
    A `newcomer` is a registration that has no place yet, so there is nothing to be asked about it.
    """
    if event.status != EventStatus.PUBLISHED:
        return []
    free = {
        number: seats - taken for number, (seats, taken) in lock_seats(session, session_ids).items() if taken < seats
    }
    queue = _queue(session, free)
    if not queue:
        return []
    seated = seating.seat(queue, free, _busy(session, {waiter.person for waiter in queue} - {newcomer}))
    _count(session, Counter(waiter.session for waiter in seated), 1)
    if seated:
        hit(
            session,
            BOOKINGS.moving([BookingStatus.WAITING], BookingStatus.BOOKED)
            .where(Booking.id.in_([waiter.booking for waiter in seated]))
            .values(booked_at=clock.now()),
            rows=len(seated),
        )
    return seated


def end_blocked(session: Session, held: Iterable[Place]) -> dict[int, list[Place]]:
    """End the waiting places among these in sessions that have places left, after they were filled. By registration.

    Only a place of their own at the same time can have kept them out, so they would wait for nothing. Returns what ended.
    """
    waits = [place for place in held if place.status == BookingStatus.WAITING]
    if not waits:
        return {}
    left = {
        number
        for number, (seats, taken) in lock_seats(session, {one.session_id for one in waits}).items()
        if taken < seats
    }
    ended: dict[int, list[Place]] = {}
    for place in waits:
        if place.session_id in left:
            ended.setdefault(place.registration_id, []).append(place)
    release(session, [(one.booking_id, one.session_id, one.status) for these in ended.values() for one in these])
    return ended


_QUEUE = (
    sa.select(
        Booking.id, Booking.registration_id, Booking.session_id, Booking.queue_at,
        ProgrammeSession.starts_at, ProgrammeSession.ends_at,
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
    return [Waiter(row[0], row[1], row[2], row[3], Span(row[4], row[5])) for row in rows if row[3]]


_BUSY = (
    sa.select(Booking.registration_id, ProgrammeSession.starts_at, ProgrammeSession.ends_at)
    .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
    .where(
        Booking.registration_id.in_(sa.bindparam("registrations", expanding=True)),
        Booking.status == BookingStatus.BOOKED,
    )
)


def _busy(session: Session, registration_ids: Collection[int]) -> dict[int, list[Span]]:
    busy: dict[int, list[Span]] = {}
    if not registration_ids:
        return busy
    for registration_id, starts, ends in session.execute(_BUSY, {"registrations": list(registration_ids)}):
        busy.setdefault(registration_id, []).append(Span(starts, ends))
    return busy


def admit(session: Session, event: Event) -> list[Registration]:
    """Give the free places of the event to the waiting registrations, in order; returns who got one.

    Called before `fill`: who only waits for the event takes no seat in a session.
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
    admitted = list(session.scalars(waiting))
    for registration in admitted:
        change_state(REGISTRATIONS, registration, RegistrationStatus.CONFIRMED, by=PORTAL)
    if admitted and counter is not None:
        count_event(session, event.id, len(admitted))
    return admitted

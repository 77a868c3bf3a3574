"""What registration does when an event or a session changes: counters, waiting lists and mails follow, or it refuses.

Everything runs in the transaction of the change, under the lock of the event that its service has taken already.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events.facts import EventCancelled, EventChanged, EventFrame, Placement, SessionCancelled, SessionChanged
from portal.events.models import Event, EventStatus, ProgrammeSession, Room
from portal.ground.db import transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked_if_there
from portal.registration import mails, queries, seating
from portal.registration.models import (
    Booking,
    BookingStatus,
    EventSeats,
    Registration,
    SessionSeats,
)
from portal.registration.services import seats
from portal.registration.services.registering import refill
from portal.registration.services.telling import bumped, places_by_registration
from portal.words.i18n import LazyString, Localized, _l, _ln


def session_changed(fact: SessionChanged) -> None:
    """Keep the counter, give new seats to those who wait, and tell those who booked when the session has moved."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        _keep_counter(session, fact.session_id, fact.new.seats)
        if fact.old is None or event.status != EventStatus.PUBLISHED:
            return
        touched = {fact.session_id}
        if is_moved(fact.old, fact.new):
            booked = _holders(session, fact.session_id, BookingStatus.BOOKED)
            touched |= seats.waits_of(session, booked)
            _tell_moved(session, event, fact, booked)
        refill(session, event, session_ids=touched)


def is_moved(old: Placement, new: Placement) -> bool:
    """Is it at another time or in another room?"""
    return (old.starts_at, old.ends_at, old.room_id) != (new.starts_at, new.ends_at, new.room_id)


def _keep_counter(session: Session, session_id: int, wanted: int | None) -> None:
    locked = seats.lock_seats(session, [session_id]).get(session_id)
    if locked is None:
        if wanted is not None:
            session.execute(sa.insert(SessionSeats).values(session_id=session_id, seats=wanted, taken=0))
        return
    taken = locked[1]
    if wanted is None:
        if any(queries.session_numbers(session_id)):
            raise Refusal(
                _l("People have booked places in this session, so it keeps a number of places."), field="seats"
            )
        session.execute(sa.delete(SessionSeats).where(SessionSeats.session_id == session_id))
        return
    if wanted < taken:
        raise Refusal(_too_few(taken), field="seats")
    seats.hit(
        session,
        sa.update(SessionSeats)
        .where(SessionSeats.session_id == session_id, SessionSeats.taken <= wanted)
        .values(seats=wanted),
    )


def _too_few(taken: int) -> LazyString:
    return _ln(
        "%(n)s place is taken already. Enter at least this number.",
        "%(n)s places are taken already. Enter at least this number.",
        taken,
    )


def _holders(session: Session, session_id: int, *statuses: str) -> list[int]:
    """The active registrations with a booking of these states in a session."""
    return list(
        session.scalars(
            sa.select(Booking.registration_id)
            .join(Registration, Registration.id == Booking.registration_id)
            .where(
                Booking.session_id == session_id,
                Booking.status.in_(statuses),
                Registration.status.in_(queries.ACTIVE),
            )
            .order_by(Booking.registration_id)
        )
    )


def _tell_moved(session: Session, event: Event, fact: SessionChanged, booked: list[int]) -> None:
    assert fact.old is not None
    old = {"starts": fact.old.starts_at, "ends": fact.old.ends_at, "room": _room(session, fact.old.room_id)}
    held = places_by_registration(booked)
    for registration in bumped(session, booked):
        places = [place for place in held[registration.id] if place.status == BookingStatus.BOOKED]
        here = next(place for place in places if place.session_id == fact.session_id)
        clashes = [place for place in places if place is not here and seating.overlaps(place.span, here.span)]
        mail.queue(mails.moved(registration, event, here, old, clashes))


def _room(session: Session, room_id: int | None) -> Localized:
    room = session.get(Room, room_id) if room_id else None
    return room.name if room else Localized()


def session_cancelled(fact: SessionCancelled) -> None:
    """End every place in it, serve the queues of those who are free now, and tell all of them why."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        told = _holders(session, fact.session_id, BookingStatus.BOOKED, BookingStatus.WAITING)
        rows = session.execute(
            sa.select(Booking.id, Booking.session_id, Booking.status).where(
                Booking.session_id == fact.session_id, Booking.status != BookingStatus.RELEASED
            )
        )
        bookings = [(row[0], row[1], row[2]) for row in rows]
        seats.lock_seats(session, [fact.session_id])
        seats.release(session, bookings)
        refill(session, event, session_ids=seats.waits_of(session, told))
        title = session.scalars(sa.select(ProgrammeSession.title).where(ProgrammeSession.id == fact.session_id)).one()
        held = places_by_registration(told)
        for registration in bumped(session, told):
            places = held.get(registration.id, [])
            mail.queue(mails.session_cancelled(registration, event, title, fact.reason, places))


def event_changed(fact: EventChanged) -> None:
    """Keep the counter of the event, admit those who wait, and tell everybody when it has moved."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        _keep_event_counter(session, fact.event_id, fact.new.seats)
        if fact.old is None or event.status != EventStatus.PUBLISHED:
            return
        if is_elsewhere(fact.old, fact.new):
            old = {"starts": fact.old.starts_at, "ends": fact.old.ends_at, "place": fact.old.place}
            for registration in bumped(session, _active(session, event)):
                mail.queue(mails.event_moved(registration, event, old))
        refill(session, event, session_ids=set())


def is_elsewhere(old: EventFrame, new: EventFrame) -> bool:
    """Has the event another date or place?"""
    return (old.starts_at, old.ends_at, old.place) != (new.starts_at, new.ends_at, new.place)


def _keep_event_counter(session: Session, event_id: int, wanted: int | None) -> None:
    counter = locked_if_there(EventSeats, event_id)
    if wanted is None:
        if counter is not None:
            session.delete(counter)
            session.flush()
        return
    taken = queries.registration_numbers(event_id)[0] if counter is None else counter.taken
    if wanted < taken:
        raise Refusal(_too_few(taken), field="seats")
    if counter is None:
        session.add(EventSeats(event_id=event_id, seats=wanted, taken=taken))
    else:
        counter.seats = wanted
    session.flush()


def event_cancelled(fact: EventCancelled) -> None:
    """Tell everybody who takes part or waits. Their registrations stay as a record."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        for registration in bumped(session, _active(session, event)):
            mail.queue(mails.event_cancelled(registration, event, fact.reason))


def _active(session: Session, event: Event) -> list[int]:
    return list(
        session.scalars(
            sa.select(Registration.id)
            .where(Registration.event_id == event.id, Registration.status.in_(queries.ACTIVE))
            .order_by(Registration.id)
        )
    )

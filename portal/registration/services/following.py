"""What registration does when an event or a session changes: counters, waiting lists and mails follow, or it refuses.

Everything runs in the transaction of the change, under the lock of the event that its service has taken already.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events.facts import EventCancelled, EventChanged, EventPostponed, SessionCancelled, SessionChanged
from portal.events.models import Event, EventStatus, ProgrammeSession, Room
from portal.ground.db import transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked_if_there
from portal.registration import mails, queries
from portal.registration.models import (
    Booking,
    BookingStatus,
    EventSeats,
    Registration,
    SessionSeats,
)
from portal.registration.services import seats
from portal.registration.services.inviting import withdraw_invitations
from portal.registration.services.serving import Gains, refill
from portal.registration.services.telling import bumped, places_by_registration
from portal.registration.services.touching import touched_by
from portal.words.i18n import LazyString, Localized, _l, _ln


def session_changed(fact: SessionChanged) -> None:
    """Keep the counter, give new seats to those who wait, and tell everybody who has or awaits a place when it has moved.

    After a quiet move nobody is told of it, but calendars still take the new time for newer than the old one.
    """
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        _keep_counter(session, fact.session_id, fact.new.seats)
        if fact.old is None or event.status != EventStatus.PUBLISHED:
            return
        touched = touched_by(fact)
        told = [] if fact.quiet else touched.everybody
        wanted = {fact.session_id} | seats.waits_of(session, touched.placed)
        gains = refill(session, event, session_ids=wanted, told=told)
        if fact.quiet:
            bumped(session, touched.placed)
        _tell_moved(session, event, fact, told, gains)


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


def _tell_moved(session: Session, event: Event, fact: SessionChanged, told: list[int], gains: Gains) -> None:
    assert fact.old is not None
    old = {"starts": fact.old.starts_at, "ends": fact.old.ends_at, "room": _room(session, fact.old.room_id)}
    held = places_by_registration(told)
    for registration in bumped(session, told):
        here = next(place for place in held[registration.id] if place.session_id == fact.session_id)
        mail.queue(mails.moved(registration, event, here, old, held[registration.id], _gained(gains, registration)))


def _gained(gains: Gains, registration: Registration) -> Sequence[int]:
    return gains.sessions.get(registration.id, ())


def _room(session: Session, room_id: int | None) -> Localized:
    room = session.get(Room, room_id) if room_id else None
    return room.name if room else Localized()


def session_cancelled(fact: SessionCancelled) -> None:
    """End every place in it, serve the queues of those who are free now, and tell all of them why."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        told = touched_by(fact).everybody
        rows = session.execute(
            sa.select(Booking.id, Booking.session_id, Booking.status).where(
                Booking.session_id == fact.session_id, Booking.status != BookingStatus.RELEASED
            )
        )
        bookings = [(row[0], row[1], row[2]) for row in rows]
        seats.lock_seats(session, [fact.session_id])
        seats.release(session, bookings)
        gains = refill(session, event, session_ids=seats.waits_of(session, told), told=told)
        title = session.scalars(sa.select(ProgrammeSession.title).where(ProgrammeSession.id == fact.session_id)).one()
        held = places_by_registration(told)
        for registration in bumped(session, told):
            places, gained = held.get(registration.id, []), _gained(gains, registration)
            mail.queue(mails.session_cancelled(registration, event, title, fact.reason, places, gained))


def event_changed(fact: EventChanged) -> None:
    """Keep the counter of the event, admit those who wait, and tell everybody when it has moved (not after a quiet move)."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        _keep_event_counter(session, fact.event_id, fact.new.seats)
        if fact.old is None or event.status != EventStatus.PUBLISHED:
            return
        touched = touched_by(fact).everybody
        told = [] if fact.quiet else touched
        gains = refill(session, event, session_ids=set(), told=told)
        old = {"starts": fact.old.starts_at, "ends": fact.old.ends_at, "place": fact.old.place}
        for registration in bumped(session, touched):
            if registration.id in told:
                mail.queue(mails.event_moved(registration, event, old, is_admitted=registration.id in gains.admitted))


def event_postponed(fact: EventPostponed) -> None:
    """One mail to each, about all that has moved. Who may wait for what would have begun otherwise waits on and is served."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        touched = touched_by(fact).everybody
        told = [] if fact.quiet else touched
        gains = refill(session, event, session_ids=seats.waits_of(session, touched), told=told)
        old = {"starts": fact.old.starts_at, "ends": fact.old.ends_at, "place": fact.old.place}
        for registration in bumped(session, touched):
            if registration.id in told:
                is_admitted = registration.id in gains.admitted
                mail.queue(mails.event_moved(registration, event, old, is_admitted=is_admitted, days=fact.days))


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
        withdraw_invitations(event.id)
        for registration in bumped(session, touched_by(fact).everybody):
            mail.queue(mails.event_cancelled(registration, event, fact.reason))

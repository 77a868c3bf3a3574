"""What registration does when an event or a session changes: counters and waiting lists follow, people are noted who are to
be told, or it refuses.

Everything runs in the transaction of the change, under the lock of the event that its service has taken already.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events.facts import EventCancelled, EventChanged, EventPostponed, SessionCancelled, SessionChanged
from portal.events.models import Event, EventStatus
from portal.ground.db import transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked_if_there
from portal.registration import mails, queries
from portal.registration.models import (
    LEFT,
    Booking,
    BookingStatus,
    EventSeats,
    SessionSeats,
)
from portal.registration.notices import Known
from portal.registration.occupying import HOLDING
from portal.registration.services import seats
from portal.registration.services.companions import keep_companions
from portal.registration.services.delegation_seats import keep_before, tell_all
from portal.registration.services.inviting import withdraw_invitations
from portal.registration.services.lapsing import end_lapsed
from portal.registration.services.noticing import forget_of_event, forget_told_otherwise, note
from portal.registration.services.reconfirming import ask_anew
from portal.registration.services.serving import Gains, refill
from portal.registration.services.telling import bumped
from portal.registration.services.touching import touched_by
from portal.words.i18n import LazyString, _l, _ln

STILL_KEPT = _l("Places are kept in reserves, so the form has to ask. Remove the reserves first.")
OFFERS_OPEN = _l("People have been offered places and have not answered yet. Leave a number of hours until they have.")


STILL_DELEGATIONS = _l("Delegations have places already, so they go on. Cancel them first.")


def session_changed(fact: SessionChanged) -> None:
    """Keep the counter, give new seats to those who wait, and note everybody who has or awaits a place when it has moved.

    After a quiet move nobody is told of it, but calendars still take the new time for newer than the old one. Whoever gets a
    place by it is told of that in a mail of its own, with the new time.
    """
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        freed = end_lapsed(session, event)  # whose time is over has no place that could be taken away
        _keep_counter(session, fact.session_id, fact.new.seats)
        if fact.old is None or event.status != EventStatus.PUBLISHED:
            return
        touched = touched_by(fact)
        wanted = {fact.session_id, *freed} | seats.waits_of(session, touched.placed)
        gains = refill(session, event, session_ids=wanted)
        if fact.quiet:
            bumped(session, touched.placed)
            return
        gained = {person for person, sessions in gains.sessions.items() if fact.session_id in sessions}
        forget_told_otherwise(session, gained, fact.session_id)
        was, now_is = Known.of_session(fact.old), Known.of_session(fact.new)
        note(session, {*touched.everybody} - gained, was, now_is, session_id=fact.session_id)
        bumped(session, touched.everybody)


def _keep_counter(session: Session, session_id: int, wanted: int | None) -> None:
    locked = seats.lock_seats(session, [session_id]).get(session_id)
    if locked is None:
        if wanted is not None:
            session.execute(sa.insert(SessionSeats).values(session_id=session_id, seats=wanted, taken=0))
        return
    taken = locked.taken
    _check_reserved(locked.reserved, wanted)
    if wanted is None:
        if queries.is_booked_or_awaited(session_id):
            raise Refusal(
                _l("People have a place or wait for one, so this session keeps a number of places. Enter one."),
                field="seats",
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


def _check_reserved(reserved: int, wanted: int | None) -> None:
    """Raises Refusal where fewer places are wanted than reserves keep."""
    if reserved and (wanted is None or wanted < reserved):
        raise Refusal(
            _ln(
                "%(n)s place is kept in reserves. Keep at least this number of places, or make the reserves smaller first.",
                "%(n)s places are kept in reserves. Keep at least this number of places, or make the reserves smaller first.",
                reserved,
            ),
            field="seats",
        )


def _too_few(taken: int) -> LazyString:
    return _ln(
        "%(n)s place is taken or kept for somebody. Enter at least this number, or first free places in the list of "
        "participants: who booked last stands last.",
        "%(n)s places are taken or kept for somebody. Enter at least this number, or first free places in the list of "
        "participants: who booked last stands last.",
        taken,
    )


def session_cancelled(fact: SessionCancelled) -> None:
    """End every place in it, serve the queues of those who are free now, and note all of them: they read why."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        touched = touched_by(fact).everybody
        rows = session.execute(
            sa.select(Booking.id, Booking.session_id, Booking.status).where(
                Booking.session_id == fact.session_id, Booking.status.not_in(LEFT)
            )
        )
        bookings = [(row[0], row[1], row[2]) for row in rows]
        seats.lock_seats(session, [fact.session_id])
        seats.release(session, [row for row in bookings if row[2] in HOLDING], BookingStatus.DISPLACED)
        seats.release(session, [row for row in bookings if row[2] not in HOLDING])
        refill(session, event, session_ids=seats.waits_of(session, touched))
        was = Known.of_session(fact.old)
        note(session, touched, was, None, session_id=fact.session_id, reason=fact.reason)
        bumped(session, touched)


def event_changed(fact: EventChanged) -> None:
    """Keep the counter of the event, admit those who wait, and tell everybody when it has moved (not after a quiet move)."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        freed = end_lapsed(session, event)
        _keep_event_counter(session, fact.event_id, fact.new.seats)
        _keep_offers(event)
        _keep_asking(fact)
        _keep_delegations(event)
        keep_companions(event)
        if fact.old is None or event.status != EventStatus.PUBLISHED:
            return
        ask_anew(session, event, fact.old.starts_at)
        gains = refill(session, event, session_ids=freed)
        _note_event(session, fact, gains)


def event_postponed(fact: EventPostponed) -> None:
    """Everything has moved by so many days. Who may wait for what would have begun otherwise waits on and is served."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        ask_anew(session, event, fact.old.starts_at)
        gains = refill(session, event, session_ids=seats.waits_of(session, touched_by(fact).everybody))
        _note_event(session, fact, gains, days=fact.days)


def _note_event(session: Session, fact: EventChanged | EventPostponed, gains: Gains, days: int = 0) -> None:
    """Everybody whom the event concerns is to be told where and when it is, but who just got a place at it: they were."""
    assert fact.old is not None
    touched = touched_by(fact).everybody
    if not fact.quiet:
        forget_told_otherwise(session, gains.admitted, None)
        was, now_is = Known.of_event(fact.old), Known.of_event(fact.new)
        note(session, {*touched} - {*gains.admitted}, was, now_is, days=days)
    bumped(session, touched)


def _keep_event_counter(session: Session, event_id: int, wanted: int | None) -> None:
    counter = locked_if_there(EventSeats, event_id)
    _check_reserved(counter.reserved if counter else 0, wanted)
    if wanted is None:
        if counter is not None:
            session.delete(counter)
            session.flush()
        return
    taken = queries.event_taken(event_id) if counter is None else counter.taken
    if wanted < taken:
        raise Refusal(_too_few(taken), field="seats")
    if counter is None:
        session.add(EventSeats(event_id=event_id, seats=wanted, taken=taken))
    else:
        counter.seats = wanted
    session.flush()


def _keep_offers(event: Event) -> None:
    """An offer ends by the clock that it was made with: hours to answer go when nobody is asked any more."""
    if event.offer_hours is None and queries.has_open_offers(event.id):
        raise Refusal(OFFERS_OPEN, field="offer_hours")


def _keep_delegations(event: Event) -> None:
    """Whoever has or asks for the places of a delegation keeps the rules that they were told; an earlier start is the limit."""
    if not event.takes_delegations and queries.has_delegations(event.id):
        raise Refusal(STILL_DELEGATIONS, field="takes_delegations")
    if event.takes_delegations:
        keep_before(event)


def _keep_asking(fact: EventChanged) -> None:
    """Reserves are for people of whom somebody has asked where they come from."""
    asked = fact.old is not None and fact.old.asks_organisation
    if asked and not fact.new.asks_organisation and queries.kept_of_event(fact.event_id):
        raise Refusal(STILL_KEPT, field="asks_organisation")


def event_cancelled(fact: EventCancelled) -> None:
    """Tell everybody who takes part or waits. Their registrations stay as a record."""
    with transaction() as session:
        session.flush()
        event = seats.lock_event(session, fact.event_id)
        withdraw_invitations(event.id)
        forget_of_event(session, event.id)
        for registration in bumped(session, touched_by(fact).everybody):
            mail.queue(mails.event_cancelled(registration, event, fact.reason))
        tell_all(event, "event_cancelled")

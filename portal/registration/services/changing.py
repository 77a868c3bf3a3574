"""Changing and giving up a registration: every freed seat goes to the head of its queue in the same transaction."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.session import current_person
from portal.events.models import Event, EventStatus, ProgrammeSession
from portal.ground import audit, clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.locks import locked, locked_if_there
from portal.ground.states import change_state
from portal.registration import mails, names, queries
from portal.registration.models import Booking, BookingStatus, EventSeats, Registration, RegistrationStatus
from portal.registration.services import seats, wishes
from portal.registration.services.registering import check_got
from portal.registration.services.serving import refill
from portal.registration.services.states import BOOKINGS, ENDED, REGISTRATIONS
from portal.registration.services.wishes import Wish
from portal.words.i18n import _l

OVER = _l("The event is over or cancelled. Its workshops can no longer be changed.")
NAMESAKE = _l("Somebody with this name is registered with the same address. Add what tells the two apart.")
CHANGED = _l("The registration has changed in the meantime. Compare both versions and choose what stays.")


def change(registration_id: int, *, version: int, name: str, affiliation: str, wanted: Sequence[Wish]) -> bool:
    """Make the workshops of a registration what is wanted, and its name and affiliation with it.

    Says whether the person is sent a new calendar file: only a change of the workshops is worth a mail.

    All or nothing: when a place asked for was taken in the meantime, everything stays as it was. What is kept keeps its
    place in the queue; what is new queues from this moment. A choice that was made from an older `version` of the
    registration is Stale: it would give up places that its page did not know of.
    """
    with transaction() as session:
        event, registration = _lock(session, registration_id)
        _check_running(event)
        theirs = {"name": registration.name, "affiliation": registration.affiliation}
        check_version(registration, version, theirs, reason=CHANGED)
        _check_name(registration, name)
        registration.name, registration.affiliation = name, affiliation
        held = _future(session, registration.id)
        mine = {session_id for _booking, session_id, _status in held}
        booked = {session_id for _booking, session_id, status in held if status == BookingStatus.BOOKED}
        workshops = wishes.check(queries.workshops(event.id), wanted, mine=mine, booked=booked)
        wished = {workshop.id for workshop in workshops}
        dropped = [row for row in held if row[1] not in wished]
        added = [workshop for workshop in workshops if workshop.id not in mine]
        if dropped or added:
            _switch(session, event, registration, dropped, [workshop.id for workshop in added])
            if registration.status == RegistrationStatus.CONFIRMED:
                check_got(session, registration, added, wanted)
            registration.sequence += 1
            session.flush()
            mail.queue(mails.changed(registration, event, queries.places([registration.id])))
        audit.record(
            "registration.changed", registration,
            detail={"given_up": [row[1] for row in dropped], "added": [workshop.id for workshop in added]},
        )  # fmt: skip
    return bool(dropped or added)


def _check_name(registration: Registration, name: str) -> None:
    """People who share an address are told apart by their names."""
    if not names.is_same(registration.name, name):
        others = queries.active_of_address(registration.event_id, registration.email)
        if any(one is not registration and names.is_same(one.name, name) for one in others):
            raise Refusal(NAMESAKE, field="name")


def leave(registration_id: int, *, session_id: int) -> bool:
    """Give up the place, or the waiting place, in one session. What has begun or ended already changes nothing: False."""
    with transaction() as session:
        event, registration = _lock(session, registration_id)
        _check_running(event)
        dropped = [row for row in _future(session, registration.id) if row[1] == session_id]
        if not dropped:
            return False
        _switch(session, event, registration, dropped, [])
        registration.sequence += 1
        session.flush()
        mail.queue(mails.changed(registration, event, queries.places([registration.id])))
        audit.record("registration.changed", registration, detail={"given_up": [session_id], "added": []})
        return True


def _switch(
    session: Session, event: Event, registration: Registration, dropped: list[tuple[int, int, str]], added: list[int]
) -> None:
    seats.lock_seats(session, [*(row[1] for row in dropped), *added])
    freed = seats.release(session, dropped)
    now = clock.now()
    if added:
        session.execute(
            sa.insert(Booking),
            [
                {
                    "registration_id": registration.id, "session_id": number, "status": BOOKINGS.born(BookingStatus.WAITING),
                    "queue_at": now, "created_at": now,
                }
                for number in added
            ],
        )  # fmt: skip
    own = seats.waits_of(session, [registration.id])
    refill(session, event, session_ids=freed | own, registration=registration)


def cancel(registration_id: int) -> bool:
    """Give up everything that is not over yet; places in what is over stay as a record of who was there.

    Cancelling what has ended already changes nothing and is False.
    """
    with transaction() as session:
        event, registration = _lock(session, registration_id, ended_too=True)
        if registration.status not in queries.ACTIVE:
            return False
        was_confirmed = registration.status == RegistrationStatus.CONFIRMED
        change_state(REGISTRATIONS, registration, RegistrationStatus.CANCELLED, by=current_person())
        counter = locked_if_there(EventSeats, event.id)
        if counter is not None and was_confirmed:
            seats.count_event(session, event.id, -1)
        dropped = seats.given_up(session, registration.id)
        seats.lock_seats(session, [row[1] for row in dropped])
        freed = seats.release(session, dropped)
        refill(session, event, session_ids=freed)
        mail.queue(mails.cancelled(registration, event))
        return True


def _lock(session: Session, registration_id: int, *, ended_too: bool = False) -> tuple[Event, Registration]:
    event = seats.lock_event_of(session, registration_id)
    registration = locked(Registration, registration_id)
    if registration.status not in queries.ACTIVE and not ended_too:
        raise Conflict(ENDED)
    return event, registration


def _check_running(event: Event) -> None:
    if event.ends_at <= clock.now() or event.status != EventStatus.PUBLISHED:
        raise Conflict(OVER)


def _future(session: Session, registration_id: int) -> list[tuple[int, int, str]]:
    """The places of a registration that can still be given up."""
    rows = session.execute(
        sa.select(Booking.id, Booking.session_id, Booking.status)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(
            Booking.registration_id == registration_id,
            Booking.status.in_([BookingStatus.BOOKED, BookingStatus.WAITING]),
            ProgrammeSession.starts_at > clock.now(),
        )
        .order_by(Booking.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]

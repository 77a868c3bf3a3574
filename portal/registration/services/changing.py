"""Changing and giving up a registration: every freed seat goes to the head of its queue in the same transaction."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.accounts.session import current_person
from portal.events.models import Event, EventStatus, ProgrammeSession
from portal.ground import audit, clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.locks import locked, locked_if_there
from portal.ground.states import change_state
from portal.questions.services import Filled
from portal.registration import mails, names, queries
from portal.registration.coming_days import with_days_of
from portal.registration.models import Booking, BookingStatus, EventSeats, Registration, RegistrationStatus
from portal.registration.occupying import is_counted
from portal.registration.services import answering, belonging, moving, roles, seats, wishes
from portal.registration.services.companions import companions_changed
from portal.registration.services.delegation_seats import note_completed
from portal.registration.services.registering import check_got
from portal.registration.services.serving import refill
from portal.registration.services.states import BOOKINGS, ENDED, REGISTRATIONS
from portal.registration.services.wishes import Wish
from portal.words.i18n import _l

OVER = _l("The event is over or cancelled. Its workshops can no longer be changed.")
NAMESAKE = _l("Somebody with this name is registered with the same address. Add what tells the two apart.")
ANSWER_FIRST = _l("A place is kept for you. Say first whether you take it, then you can change the rest.")
NOT_ANSWERED = _l("The team has not answered yet. When it has, the registration can be changed.")
CHANGED = _l("The registration has changed in the meantime. Compare both versions and choose what stays.")
_UNSYNCED = {"synchronize_session": False}


def change(
    registration_id: int, *, version: int, name: str, affiliation: str, wanted: Sequence[Wish],
    filled: Filled | None = None, role: str | None = None, sector: str | None = None, drops_waits: bool | None = None,
    front: Collection[int] = (), companions: int | None = None,
) -> bool:  # fmt: skip
    """Make the workshops of a registration what is wanted, and its name, affiliation, sector, role and answers with it; also
    what becomes of its waiting places when one of them is given (None: as before), and how many people come along.

    Says whether the person is sent a new calendar file: only a change of the workshops, or of how many people come, is worth
    a mail.

    All or nothing: when a place asked for was taken in the meantime, everything stays as it was. What is kept keeps its
    place in the queue; what is new queues from this moment, in the sessions of `front` before all others. A choice that was
    made from an older `version` of the registration is Stale: it would give up places that its page did not know of.
    """
    with transaction() as session:
        event, registration = lock(session, registration_id)
        check_running(event)
        _check_settled(registration)
        _check_version(event, registration, version)
        _check_name(registration, name)
        said = belonging.of_form(event, affiliation, sector, locale=registration.locale, known=registration)
        before = queries.origin_of(registration)
        registration.name, registration.affiliation = name, said["affiliation"]
        registration.organisation_id, registration.sector = said["organisation_id"], said["sector"]
        registration.role = roles.of_form(event, role, known=registration.role)
        registration.drops_waits = registration.drops_waits if drops_waits is None else drops_waits
        answering.change(event, registration, filled)
        held = _settled(session, registration)
        mine = {row[1] for row in held}
        booked = {session_id for _booking, session_id, status in held if status == BookingStatus.BOOKED}
        who = queries.origin_of(registration)
        resized = companions_changed(session, event, registration, companions)
        is_moving = event.asks_organisation and who != before and moving.check(event, registration, before, booked)
        workshops = wishes.check(queries.workshops(event.id, who=who), wanted, mine=mine, booked=booked)
        wished = {workshop.id for workshop in workshops}
        dropped = [row for row in held if row[1] not in wished]
        added = [workshop for workshop in workshops if workshop.id not in mine]
        if dropped or added:
            registration.coming_days = with_days_of(event, registration.coming_days, [one.span.starts for one in added])
            switch(session, event, registration, dropped, [workshop.id for workshop in added], front)
            if registration.status == RegistrationStatus.CONFIRMED:
                check_got(session, registration, added, wanted)
        if dropped or added or resized:
            registration.sequence += 1
            session.flush()
            mail.queue(mails.changed(registration, event, queries.places([registration.id])))
        detail = {"given_up": [row[1] for row in dropped], "added": [workshop.id for workshop in added]}
        came: dict[str, object] = {"companions": registration.companions} if resized else {}
        audit.record("registration.changed", registration, detail=came | detail)
        note_completed(session, event, registration.id)
        if is_moving or resized < 0:
            moving.serve(session, event)
    return bool(dropped or added or resized)


def _check_version(event: Event, registration: Registration, version: int) -> None:
    theirs: dict[str, object] = {}
    if registration.row_version != version:
        theirs = {"name": registration.name, "affiliation": registration.affiliation, "role": registration.role}
        theirs["sector"] = registration.sector
        theirs["drops_waits"] = registration.drops_waits
        theirs["companions"] = str(registration.companions)
        theirs |= answering.theirs(event, registration)
    check_version(registration, version, theirs, reason=CHANGED)


def _check_name(registration: Registration, name: str) -> None:
    """People who share an address are told apart by their names."""
    if not names.is_same(registration.name, name):
        others = queries.active_of_address(registration.event_id, registration.email)
        if any(one is not registration and names.is_same(one.name, name) for one in others):
            raise Refusal(NAMESAKE, field="name")


def leave(registration_id: int, *, session_id: int) -> bool:
    """Give up the place, or the waiting place, in one session. What has begun or ended already changes nothing: False."""
    with transaction() as session:
        event, registration = lock(session, registration_id)
        check_running(event)
        dropped = [row for row in future(session, registration.id) if row[1] == session_id]
        if not dropped:
            return False
        switch(session, event, registration, dropped, [])
        registration.sequence += 1
        session.flush()
        mail.queue(mails.changed(registration, event, queries.places([registration.id])))
        audit.record("registration.changed", registration, detail={"given_up": [session_id], "added": []})
        return True


def switch(
    session: Session, event: Event, registration: Registration, dropped: list[tuple[int, int, str]], added: list[int],
    front: Collection[int] = (),
) -> None:  # fmt: skip
    """End what is `dropped`, queue for what is `added`, under the lock of the event, and serve everybody whom it concerns."""
    seats.lock_seats(session, [*(row[1] for row in dropped), *added])
    freed = seats.release(session, dropped)
    now = clock.now()
    if added:
        session.execute(
            sa.insert(Booking),
            [
                {
                    "registration_id": registration.id, "session_id": number, "status": BOOKINGS.born(BookingStatus.WAITING),
                    "queue_at": now, "created_at": now, "front_at": now if number in front else None,
                }
                for number in added
            ],
        )  # fmt: skip
        again = (Booking.registration_id == registration.id, Booking.session_id.in_(added), Booking.off_day)
        session.execute(sa.update(Booking).where(*again).values(off_day=False), execution_options=_UNSYNCED)
    own = seats.waits_of(session, [registration.id])
    refill(session, event, session_ids=freed | own, registration=registration, chosen=added)


def cancel(registration_id: int, *, by: Person | None = None) -> bool:
    """Give up everything that is not over yet; places in what is over stay as a record of who was there. It is done
    `by` whoever is signed in unless somebody is named.

    Cancelling what has ended already changes nothing and is False.
    """
    with transaction() as session:
        event, registration = lock(session, registration_id, ended_too=True)
        if registration.status not in queries.ACTIVE:
            return False
        had_seat = is_counted(registration)
        by = by or current_person()
        was_offered = registration.status == RegistrationStatus.OFFERED
        to = RegistrationStatus.DECLINED if was_offered else RegistrationStatus.CANCELLED
        change_state(REGISTRATIONS, registration, to, by=by)
        give_back(session, event, registration, had_seat=had_seat)
        mail.queue(mails.cancelled(registration, event))
        return True


def give_back(session: Session, event: Event, registration: Registration, *, had_seat: bool) -> None:
    """The seat and the places of a registration that has just ended, under both locks, go to those who wait."""
    counter = locked_if_there(EventSeats, event.id)
    if counter is not None and had_seat:
        seats.count_event(session, event.id, -registration.seats)
    dropped = seats.given_up(session, registration.id)
    seats.lock_seats(session, [row[1] for row in dropped])
    freed = seats.release(session, dropped)
    refill(session, event, session_ids=freed)


def lock(session: Session, registration_id: int, *, ended_too: bool = False) -> tuple[Event, Registration]:
    """The event and the registration, locked in their order. Raises Conflict for one that has ended."""
    event = seats.lock_event_of(session, registration_id)
    registration = locked(Registration, registration_id)
    if registration.status not in queries.ACTIVE and not ended_too:
        raise Conflict(ENDED)
    return event, registration


def check_running(event: Event) -> None:
    """Raises Conflict when nothing can be changed any more."""
    if event.ends_at <= clock.now() or event.status != EventStatus.PUBLISHED:
        raise Conflict(OVER)


def _check_settled(registration: Registration) -> None:
    """What somebody has not said yes to, or the team has not, is not changed."""
    if registration.status == RegistrationStatus.OFFERED:
        raise Conflict(ANSWER_FIRST)
    if registration.status == RegistrationStatus.PENDING:
        raise Conflict(NOT_ANSWERED)


def future(session: Session, registration_id: int) -> list[tuple[int, int, str]]:
    """The places of a registration that can still be given up."""
    rows = session.execute(
        sa.select(Booking.id, Booking.session_id, Booking.status)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(
            Booking.registration_id == registration_id,
            Booking.status.in_([BookingStatus.BOOKED, BookingStatus.OFFERED, BookingStatus.WAITING]),
            ProgrammeSession.starts_at > clock.now(),
        )
        .order_by(Booking.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _settled(session: Session, registration: Registration) -> list[tuple[int, int, str]]:
    """The same of somebody who has said yes or no to everything that is kept for them."""
    held = future(session, registration.id)
    if any(status == BookingStatus.OFFERED for _booking, _session, status in held):
        raise Conflict(ANSWER_FIRST)
    return held

"""Handing a place over to somebody else, with every booking; and taking back that one cannot come."""

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.session import current_person
from portal.events.models import Event, ProgrammeSession
from portal.ground import audit, clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked, locked_if_there
from portal.ground.states import change_state
from portal.registration import delegation_mails, mails, names, queries
from portal.registration.models import (
    Booking,
    BookingStatus,
    Delegation,
    DelegationSeat,
    EventSeats,
    Registration,
    RegistrationStatus,
)
from portal.registration.services import seats
from portal.registration.services.changing import ANSWER_FIRST, check_running, lock
from portal.registration.services.continuing import continue_calendar
from portal.registration.services.lapsing import end_lapsed
from portal.registration.services.serving import refill
from portal.registration.services.states import BOOKINGS, ENDED, REGISTRATIONS
from portal.words.i18n import _l

ONLY_PLACES = _l("Only a confirmed place can be handed over.")
THERE_ALREADY = _l("This person is registered for the event already. Enter somebody else.")
GIVEN_ON = _l("The place has been given to somebody else in the meantime. Register again to join the waiting list.")
TEAM_DECIDES = _l("The team of the event decides on each registration. Register again, and it answers.")
AGAIN = _l("Somebody with this name has registered with the address since. That registration holds.")


def hand_over(registration_id: int, *, name: str, email: str, delegation: Delegation | None = None) -> Registration:
    """Give the place with all its bookings to somebody else; returns their registration. Both get an e-mail.

    Where a `delegation` does it for somebody whom it has named, the mails say so.

    What is over stays with whoever was there. The new one has the place in every queue that the old one had. Refuses a
    registration without a confirmed place, one with an offer that waits for an answer, and somebody who is registered already.
    """
    with transaction() as session:
        event, old = lock(session, registration_id)
        check_running(event)
        if old.status != RegistrationStatus.CONFIRMED:
            raise Conflict(ONLY_PLACES)
        held = seats.given_up(session, old.id)
        if any(status == BookingStatus.OFFERED for _booking, _session, status in held):
            raise Conflict(ANSWER_FIRST)
        known = queries.ever_of_address(event.id, email)
        if any(names.is_same(one.name, name) for one in known if one.status in queries.ACTIVE):
            raise Refusal(THERE_ALREADY, field="email")
        change_state(REGISTRATIONS, old, RegistrationStatus.TRANSFERRED, by=current_person())
        new = _successor(session, event, old, name, email)
        continue_calendar(new, known)
        _move_places(session, old, new, held)
        session.flush()
        audit.record("registration.taken_over", new, detail={"from": old.id})
        seat = _move_seat(session, old, new) if event.takes_delegations else 0
        if delegation is None:
            mail.queue(mails.transferred(old, event, name))
            mail.queue(mails.taken_over(new, event, old.name, queries.places([new.id])))
        else:
            if old.email:
                mail.queue(delegation_mails.replaced(old, event, delegation, name))
            mail.queue(delegation_mails.named(new, event, delegation, seat, is_known=False))
        return new


def _move_seat(session: Session, old: Registration, new: Registration) -> int:
    """The seats of delegations that were the old one's are the new one's, who has not completed anything yet; returns one."""
    theirs = DelegationSeat.registration_id == old.id
    number = session.scalar(sa.select(DelegationSeat.id).where(theirs).limit(1)) or 0
    session.execute(
        sa.update(DelegationSeat).where(theirs).values(registration_id=new.id, completed_at=None),
        execution_options={"synchronize_session": False},
    )
    return number


def _successor(session: Session, event: Event, old: Registration, name: str, email: str) -> Registration:
    new = Registration(
        event_id=event.id, name=name, address=email, locale=old.locale, affiliation=old.affiliation,
        organisation_id=old.organisation_id, sector=old.sector, role=old.role, companions=old.companions,
        status=REGISTRATIONS.born(RegistrationStatus.CONFIRMED), queue_at=old.queue_at, confirmed_at=clock.now(),
    )  # fmt: skip
    session.add(new)
    session.flush()
    old.successor_id = new.id
    return new


def _move_places(session: Session, old: Registration, new: Registration, held: list[tuple[int, int, str]]) -> None:
    """The same places for somebody else: none is free for a moment, so nobody is served in between."""
    seats.lock_seats(session, [row[1] for row in held])
    turns = sa.select(Booking.id, Booking.queue_at, Booking.front_at).where(Booking.id.in_([row[0] for row in held]))
    moments = {row[0]: {"queue_at": row[1], "front_at": row[2]} for row in session.execute(turns)}
    seats.release(session, held)
    now = clock.now()
    for booking, number, status in held:
        is_booked = status == BookingStatus.BOOKED
        session.add(
            Booking(
                registration_id=new.id, session_id=number, status=BOOKINGS.born(BookingStatus(status)),
                created_at=now, booked_at=now if is_booked else None, **moments[booking],
            )
        )  # fmt: skip
    session.flush()
    seats.count_places(session, Counter(row[1] for row in held if row[2] == BookingStatus.BOOKED), 1)


def resume(registration_id: int) -> bool:
    """Come after all: take back that one has cancelled, while the place is still there. False: nothing was cancelled.

    Workshops are booked again where nobody has taken the place since; for the others one waits as of now. Where the team
    decides, whoever left asks again: what was cancelled may have been a request that nobody had said yes to.
    """
    with transaction() as session:
        event = seats.lock_event_of(session, registration_id)
        registration = locked(Registration, registration_id)
        if registration.status in queries.ACTIVE:
            return False
        if registration.status != RegistrationStatus.CANCELLED:
            raise Conflict(ENDED)
        check_running(event)
        if event.approval:
            raise Conflict(TEAM_DECIDES)
        others = queries.active_of_address(event.id, registration.email, registration.person_id)
        if any(names.is_same(one.name, registration.name) or one.person_id == registration.person_id for one in others):
            raise Conflict(AGAIN)
        freed = end_lapsed(session, event)
        _take_seat(session, event, registration)
        wanted = _given_up_then(session, registration)
        change_state(REGISTRATIONS, registration, RegistrationStatus.CONFIRMED, by=current_person())
        now = clock.now()
        for number in wanted:
            session.add(
                Booking(
                    registration_id=registration.id, session_id=number, status=BOOKINGS.born(BookingStatus.WAITING),
                    queue_at=now, created_at=now,
                )
            )  # fmt: skip
        session.flush()
        refill(session, event, session_ids={*wanted, *freed}, registration=registration, enters=True)
        mail.queue(mails.changed(registration, event, queries.places([registration.id])))
        return True


def _take_seat(session: Session, event: Event, registration: Registration) -> None:
    """The seat at the event, if it is still there and nobody waits for it."""
    if locked_if_there(EventSeats, event.id) is None:
        return
    registration.companions = min(registration.companions, event.companions_allowed)
    if not queries.is_seat_left(event.id, queries.origin_of(registration), registration.seats):
        raise Conflict(GIVEN_ON)
    seats.count_event(session, event.id, registration.seats)


def _given_up_then(session: Session, registration: Registration) -> list[int]:
    """The sessions that were given up by cancelling and can still be booked, by time."""
    query = (
        sa.select(Booking.session_id)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(
            Booking.registration_id == registration.id,
            Booking.status == BookingStatus.RELEASED,
            Booking.released_at >= registration.cancelled_at,
            sa.not_(Booking.off_day),
        )
        .order_by(ProgrammeSession.starts_at, Booking.id)
    )
    offered = {workshop.id for workshop in queries.workshops(registration.event_id)}
    return [number for number in session.scalars(query) if number in offered]

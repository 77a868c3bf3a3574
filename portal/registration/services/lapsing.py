"""Offers that nobody took: they end, their people are told, and their places go on."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.locks import locked_if_there
from portal.ground.states import change_state
from portal.registration import answer_mails
from portal.registration.models import Booking, BookingStatus, EventSeats, Registration, RegistrationStatus
from portal.registration.services import delegation_seats, seats
from portal.registration.services.states import REGISTRATIONS


def end_lapsed(session: Session, event: Event) -> set[int]:
    """End the offers of the event whose time is over, and the unnamed seats of delegations; returns the sessions in which seats
    became free.

    Called under the lock of the event, before anything is given to anybody. Of an event that offers nothing it asks nothing:
    hours of offers are not taken away while one is open."""
    delegation_seats.end_lapsed(session, event)
    if event.offer_hours is None:
        return set()
    return _end_registrations(session, event) | _end_places(session, event)


def _end_registrations(session: Session, event: Event) -> set[int]:
    lapsed = list(
        session.scalars(
            sa.select(Registration)
            .where(
                Registration.event_id == event.id,
                Registration.status == RegistrationStatus.OFFERED,
                Registration.offer_ends_at <= clock.now(),
            )
            .order_by(Registration.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
    freed = set[int]()
    for registration in lapsed:
        change_state(REGISTRATIONS, registration, RegistrationStatus.EXPIRED, by=PORTAL)
        freed |= seats.release(session, seats.held(session, registration.id))
        mail.queue(answer_mails.lapsed(registration, event))
    if lapsed and locked_if_there(EventSeats, event.id) is not None:
        seats.count_event(session, event.id, -sum(one.seats for one in lapsed))
    return freed


def _end_places(session: Session, event: Event) -> set[int]:
    rows = session.execute(
        sa.select(Booking, Registration, ProgrammeSession.title)
        .join(Registration, Registration.id == Booking.registration_id)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(
            Registration.event_id == event.id,
            Booking.status == BookingStatus.OFFERED,
            Booking.offer_ends_at <= clock.now(),
        )
        .order_by(Booking.session_id, Booking.id)
    ).all()
    seats.lock_seats(session, {booking.session_id for booking, _person, _title in rows})
    for booking, registration, title in rows:
        mail.queue(answer_mails.place_lapsed(registration, event, booking, title))
    return seats.release(session, [(row[0].id, row[0].session_id, row[0].status) for row in rows])

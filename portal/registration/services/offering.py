"""The yes to an offer: of a place at the event, or of one in a session. A no is what cancelling and leaving do."""

from portal import mail
from portal.accounts.session import current_person
from portal.ground import audit, clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.registration import mails, queries
from portal.registration.models import Booking, BookingStatus, Registration, RegistrationStatus
from portal.registration.occupying import has_lapsed
from portal.registration.services import seats
from portal.registration.services.dropping import end_beside
from portal.registration.services.serving import refill
from portal.registration.services.states import BOOKINGS, ENDED, REGISTRATIONS
from portal.words.i18n import _l

LAPSED = _l("The time for this answer is over, and the place has gone to the next person. Nothing has changed.")


def accept(registration_id: int) -> bool:
    """Take the place at the event that is offered. Taken before already, it changes nothing and is False.

    Raises Conflict at the instant at which the offer ends, and for a registration that has ended.
    """
    with transaction() as session:
        event = seats.lock_event_of(session, registration_id)
        registration = locked(Registration, registration_id)
        if registration.status == RegistrationStatus.CONFIRMED:
            return False
        if registration.status == RegistrationStatus.EXPIRED:
            raise Conflict(LAPSED)
        if registration.status != RegistrationStatus.OFFERED:
            raise Conflict(ENDED)
        if has_lapsed(registration.offer_ends_at, clock.now()):
            raise Conflict(LAPSED)
        change_state(REGISTRATIONS, registration, RegistrationStatus.CONFIRMED, by=current_person())
        gains = refill(
            session,
            event,
            session_ids=seats.waits_of(session, [registration.id]),
            registration=registration,
            enters=True,
        )
        blocked = gains.blocked.get(registration.id, ())
        mail.queue(mails.placed(registration, event, queries.places([registration.id]), None, (), blocked))
        return True


def accept_place(registration_id: int, *, session_id: int) -> bool:
    """Take the place in a session that is offered; as for the event."""
    with transaction() as session:
        event = seats.lock_event_of(session, registration_id)
        registration = locked(Registration, registration_id)
        if registration.status != RegistrationStatus.CONFIRMED:
            raise Conflict(ENDED)
        booking = queries.latest_booking(registration.id, session_id)
        if booking is not None and booking.status == BookingStatus.BOOKED:
            return False
        if booking is None or booking.status != BookingStatus.OFFERED or has_lapsed(booking.offer_ends_at, clock.now()):
            raise Conflict(LAPSED)
        moving = BOOKINGS.moving([BookingStatus.OFFERED], BookingStatus.BOOKED)
        seats.hit(session, moving.where(Booking.id == booking.id).values(booked_at=clock.now()))
        registration.sequence += 1
        session.flush()
        end_beside(session, {registration.id: [session_id]})
        mail.queue(mails.changed(registration, event, queries.places([registration.id])))
        audit.record("registration.changed", registration, detail={"given_up": [], "added": [session_id]})
        return True

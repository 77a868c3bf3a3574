"""Coming in: from a form that its person has confirmed, or by the yes of the team, to a place or a waiting list."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.accounts.session import current_person
from portal.events.models import Event
from portal.ground import clock
from portal.ground.authz import Portal
from portal.ground.db import UtcDateTime
from portal.ground.locks import locked_if_there
from portal.ground.states import change_state
from portal.registration import answer_mails, mails, queries
from portal.registration.models import Booking, BookingStatus, EventSeats, Registration, RegistrationStatus
from portal.registration.services import seats
from portal.registration.services.continuing import continue_calendar
from portal.registration.services.serving import refill
from portal.registration.services.states import BOOKINGS, REGISTRATIONS

Losses = Sequence[tuple[queries.Wished, queries.Loss]]
_JOIN_QUEUES = (
    BOOKINGS.moving([BookingStatus.WISHED], BookingStatus.WAITING)
    .where(Booking.registration_id == sa.bindparam("registration"))
    .values(queue_at=sa.bindparam("now", type_=UtcDateTime))
    .execution_options(synchronize_session=False)
)


def enter(
    session: Session,
    event: Event,
    registration: Registration,
    person: Person | None,
    known: Sequence[Registration],
    wished: Sequence[int],
    lost: Losses = (),
) -> None:
    """Ask the team where it decides; else join the queues and be served from them like everybody.

    `known` are the registrations that the address has had. `lost` are wishes that ended before: the mail says so, and why.
    Without a `person` it is somebody who shares an address.
    """
    registration.person_id = person.id if person else None
    continue_calendar(registration, known)
    if event.approval:
        _request(session, event, registration)
    else:
        take_place(session, event, registration, wished, lost, by=current_person())


def _request(session: Session, event: Event, registration: Registration) -> None:
    """Wait for the answer of the team. A place is kept meanwhile where the event does so and has one."""
    change_state(REGISTRATIONS, registration, RegistrationStatus.PENDING, by=current_person())
    counter = locked_if_there(EventSeats, event.id) if event.requests_hold else None
    if (
        counter is not None
        and counter.taken + registration.seats <= counter.seats
        and _may_hold(event, registration, counter)
    ):
        seats.count_event(session, event.id, registration.seats)
        registration.holds_seat = True
    mail.queue(answer_mails.requested(registration, event))


def _may_hold(event: Event, registration: Registration, counter: EventSeats) -> bool:
    """Is a place left for them that is not kept for others?"""
    is_kept = bool(counter.reserved or event.max_per_organisation)
    return not is_kept or queries.is_seat_left(event.id, queries.origin_of(registration), registration.seats)


def take_place(
    session: Session,
    event: Event,
    registration: Registration,
    wished: Sequence[int],
    lost: Losses,
    *,
    by: Person | Portal | None,
) -> None:
    """Join the queues of the event and of every session wished for, as of the moment of confirming, and be served."""
    limited = event.seats is not None and not registration.holds_seat
    first = RegistrationStatus.WAITING if limited else RegistrationStatus.CONFIRMED
    change_state(REGISTRATIONS, registration, first, by=by)
    session.execute(_JOIN_QUEUES, {"registration": registration.id, "now": registration.queue_at})
    gains = refill(session, event, session_ids=set(wished), registration=registration, admits=limited, enters=True)
    position = queries.event_position(registration) if registration.status == RegistrationStatus.WAITING else None
    blocked = gains.blocked.get(registration.id, ())
    held = queries.places([registration.id]) if gains.held is None else gains.held
    mail.queue(mails.placed(registration, event, held, position, lost, blocked))


def split_wishes(session: Session, registration_id: int) -> tuple[list[int], Losses]:
    """The sessions that can still be had of what was wished for, and the others, which end, each with the reason."""
    asked, now = queries.wishes_of(registration_id), clock.now()
    lost = [(wish, loss) for wish in asked if (loss := wish.loss(now))]
    _end_lost(session, [wish for wish, _loss in lost])
    gone = {wish.session_id for wish, _loss in lost}
    return [wish.session_id for wish in asked if wish.session_id not in gone], lost


def _end_lost(session: Session, lost: Sequence[queries.Wished]) -> None:
    """End the wishes for what can no longer be booked; those for a cancelled session have ended with it."""
    rows = [(wish.booking_id, wish.session_id, wish.booking_status) for wish in lost]
    seats.release(session, [row for row in rows if row[2] == BookingStatus.WISHED])

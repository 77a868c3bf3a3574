"""What ends by itself: unconfirmed registrations, offers; and the sweeper that should never find anything."""

import datetime as dt
import logging

import sqlalchemy as sa

from portal.events.models import Event, EventStatus
from portal.ground import clock
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.statements import changed_rows
from portal.registration import mails, queries
from portal.registration.models import (
    Booking,
    BookingStatus,
    DelegationSeat,
    Registration,
    RegistrationStatus,
    SeatStatus,
)
from portal.registration.services import seats
from portal.registration.services.answering import answer_sets, remove
from portal.registration.services.serving import refill
from portal.registration.services.states import BOOKINGS, REGISTRATIONS

log = logging.getLogger(__name__)

ENDED_KEPT = dt.timedelta(days=30)  # how long a registration that never was confirmed is kept after it expired


def expire() -> int:
    """End the registrations whose address nobody confirmed within 48 hours; returns how many. They held no seat."""
    if not queries.overdue(clock.now() - mails.UNCONFIRMED):
        return 0
    with transaction() as session:
        ids = queries.overdue(clock.now() - mails.UNCONFIRMED)
        session.execute(
            REGISTRATIONS.moving([RegistrationStatus.UNVERIFIED], RegistrationStatus.EXPIRED)
            .where(Registration.id.in_(ids))
            .values(row_version=Registration.row_version + 1, updated_at=clock.now()),
            execution_options={"synchronize_session": False},
        )
        session.execute(
            BOOKINGS.moving([BookingStatus.WISHED], BookingStatus.RELEASED)
            .where(Booking.registration_id.in_(ids))
            .values(released_at=clock.now()),
            execution_options={"synchronize_session": False},
        )
    return len(ids)


def remove_old() -> int:
    """Delete registrations with their answers that expired a month ago: nobody ever confirmed that the address is theirs."""
    old = sa.and_(
        Registration.status == RegistrationStatus.EXPIRED,
        Registration.confirmed_at.is_(None),
        Registration.person_id.is_(None),
        Registration.updated_at < clock.now() - ENDED_KEPT,
    )
    if db.session.scalar(sa.select(Registration.id).where(old).limit(1)) is None:
        return 0
    with transaction() as session:
        answered = answer_sets(old)
        gone = changed_rows(session, sa.delete(Registration).where(old))
        remove(answered)
        return gone


def end_offers() -> int:
    """End the offers whose time is over, and seats that nobody is named for, and give their places on; returns how many ended."""
    now = clock.now()
    places = (
        sa.select(Registration.event_id)
        .join(Booking, Booking.registration_id == Registration.id)
        .where(Booking.status == BookingStatus.OFFERED, Booking.offer_ends_at <= now)
    )
    lapsed = sa.select(Registration.event_id).where(
        Registration.status == RegistrationStatus.OFFERED, Registration.offer_ends_at <= now
    )
    released = sa.select(Registration.event_id).where(  # others go on before those for whom places were kept
        Registration.status == RegistrationStatus.WAITING, Registration.kept_until <= now
    )
    found = {*db.session.scalars(sa.union(places, lapsed, released)), *queries.events_with_delegations(now)}
    return each("offers", sorted(found), _end_offers)


def _end_offers(event_id: int) -> int:
    with transaction() as session:
        event = seats.lock_event(session, event_id)
        lapsed = queries.lapsed_offers(event_id)
        refill(session, event, session_ids=set())
        return lapsed


def sweep() -> int:
    """Serve every waiting list of every coming event again. Finding anything means that a use-case forgot to."""
    waiting = (
        sa.select(Registration.event_id)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(Booking, Booking.registration_id == Registration.id)
        .where(
            Event.status == EventStatus.PUBLISHED,
            Event.ends_at > clock.now(),
            sa.or_(Registration.status == RegistrationStatus.WAITING, Booking.status == BookingStatus.WAITING),
        )
        .distinct()
    )
    return each("the sweep of waiting lists", db.session.scalars(waiting).all(), _sweep_event)


def _sweep_event(event_id: int) -> int:
    with transaction() as session:
        event = seats.lock_event(session, event_id)
        before, lapsed = _waiting(event_id), queries.lapsed_offers(event_id)
        registrations = session.scalars(
            sa.select(Registration.id).where(
                Registration.event_id == event_id, Registration.status == RegistrationStatus.CONFIRMED
            )
        ).all()
        refill(session, event, session_ids=seats.waits_of(session, registrations))
        session.flush()
        found = before - _waiting(event_id)
        if found and not lapsed:
            # Two profiles that became one move people from one organisation to another, and no event is locked for that.
            # A group for which seats were kept lets the others go on by the clock.
            expected = queries.hall_of_event(event_id) is not None or bool(queries.reserved_sessions(event_id))
            expected = expected or queries.has_released_group(event_id)
            say = log.warning if expected else log.error
            say("the sweeper found free seats beside waiting people", extra={"event": event_id, "found": found})
        return found


def _waiting(event_id: int) -> int:
    """How many places are waited for: in the event and in its sessions."""
    registrations = sa.select(sa.func.count()).where(
        Registration.event_id == event_id, Registration.status == RegistrationStatus.WAITING
    )
    bookings = (
        sa.select(sa.func.count(Booking.id))
        .join(Registration, Registration.id == Booking.registration_id)
        .where(Registration.event_id == event_id, Booking.status == BookingStatus.WAITING)
    )
    seats = sa.select(sa.func.count()).where(
        DelegationSeat.event_id == event_id, DelegationSeat.status == SeatStatus.WAITING
    )
    return sum(int(db.session.scalar(one) or 0) for one in (registrations, bookings, seats))

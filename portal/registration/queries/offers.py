"""Reads of offers: places that are kept for a while for somebody who waited."""

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db
from portal.registration.models import Booking, BookingStatus, Registration, RegistrationStatus
from portal.registration.queries.delegations import lapsed_seats


def lapsed_offers(event_id: int) -> int:
    """How many offers of an event, of places at it or in its sessions, and seats of delegations have lapsed and not ended
    yet."""
    now = clock.now()
    registrations = sa.select(sa.func.count()).where(
        Registration.event_id == event_id,
        Registration.status == RegistrationStatus.OFFERED,
        Registration.offer_ends_at <= now,
    )
    bookings = (
        sa.select(sa.func.count())
        .select_from(Booking)
        .join(Registration, Registration.id == Booking.registration_id)
        .where(
            Registration.event_id == event_id,
            Booking.status == BookingStatus.OFFERED,
            Booking.offer_ends_at <= now,
        )
    )
    seats = len(lapsed_seats(event_id))
    return (db.session.scalar(registrations) or 0) + (db.session.scalar(bookings) or 0) + seats


def has_open_offers(event_id: int) -> bool:
    """Is anybody asked at this moment whether they take a place at the event or in one of its sessions?"""
    here = Registration.event_id == event_id
    registrations = sa.exists().where(here, Registration.status == RegistrationStatus.OFFERED)
    bookings = sa.exists().where(
        here, Booking.registration_id == Registration.id, Booking.status == BookingStatus.OFFERED
    )
    return bool(db.session.scalar(sa.select(sa.or_(registrations, bookings))))


def latest_booking(registration_id: int, session_id: int) -> Booking | None:
    """The booking that somebody made last in a session, whatever has become of it."""
    query = sa.select(Booking).where(Booking.registration_id == registration_id, Booking.session_id == session_id)
    return db.session.scalar(query.order_by(Booking.id.desc()).limit(1).execution_options(populate_existing=True))

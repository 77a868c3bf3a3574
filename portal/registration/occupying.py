"""Who takes a seat. It is said here alone: whatever counts seats, shows them or decides about them asks this module.

A seat is taken by whoever is confirmed or booked, by an offer until the instant of its end, and by a request where the
event keeps places for requests, and by a seat of a delegation that nobody is named for yet, until the instant at which it
goes on. Whoever is named sits on it as a registration. The counters count an offer or such a seat until somebody ends it;
`TAKEN` and `TAKEN_IN_SESSION` leave out one that has lapsed, from that instant on, whether or not anybody has noticed.
A registration takes as many seats of the event as people come by it (`seats_of`), and one in a session.
`SEATED` and `SEATED_IN_SESSION` are the people themselves, of whom reserves ask where they come from.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.ground.db import UtcDateTime
from portal.registration.models import (
    Booking,
    BookingStatus,
    DelegationSeat,
    EventSeats,
    Registration,
    RegistrationStatus,
    SeatStatus,
    SessionSeats,
)

NOW: sa.BindParameter[dt.datetime] = sa.bindparam("now", type_=UtcDateTime)

COUNTED = sa.or_(
    Registration.status.in_([RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED]), Registration.holds_seat
)
HOLDING = (BookingStatus.BOOKED, BookingStatus.OFFERED)  # states of a booking that take a seat
COUNTED_IN_SESSION = Booking.status.in_(HOLDING)
KEPT = (SeatStatus.HELD, SeatStatus.OFFERED)  # states of a seat of a delegation that is taken, and by nobody yet
COUNTED_SEAT = DelegationSeat.status.in_(KEPT)


def seats_of(registrations: type[Registration] = Registration) -> sa.ColumnElement[int]:
    """How many seats of the event registrations are about together: each has one, and one for everybody who comes along."""
    return sa.func.coalesce(sa.func.sum(1 + registrations.companions), 0)


_OFFERED = aliased(Registration)
_OFFERED_PLACE = aliased(Booking)
_KEPT_SEAT = aliased(DelegationSeat)
TAKEN = (
    EventSeats.taken
    - sa.select(seats_of(_OFFERED))
    .where(
        _OFFERED.event_id == EventSeats.event_id,
        _OFFERED.status == RegistrationStatus.OFFERED,
        _OFFERED.offer_ends_at <= NOW,
    )
    .correlate(EventSeats)
    .scalar_subquery()
    - sa.select(sa.func.count())
    .where(_KEPT_SEAT.event_id == EventSeats.event_id, _KEPT_SEAT.status.in_(KEPT), _KEPT_SEAT.until <= NOW)
    .correlate(EventSeats)
    .scalar_subquery()
)
TAKEN_IN_SESSION = (
    SessionSeats.taken
    - sa.select(sa.func.count())
    .where(
        _OFFERED_PLACE.session_id == SessionSeats.session_id,
        _OFFERED_PLACE.status == BookingStatus.OFFERED,
        _OFFERED_PLACE.offer_ends_at <= NOW,
    )
    .correlate(SessionSeats)
    .scalar_subquery()
)
SEATED = sa.and_(COUNTED, sa.or_(Registration.status != RegistrationStatus.OFFERED, Registration.offer_ends_at > NOW))
SEATED_SEAT = sa.and_(COUNTED_SEAT, DelegationSeat.until > NOW)
SEATED_IN_SESSION = sa.and_(
    COUNTED_IN_SESSION, sa.or_(Booking.status != BookingStatus.OFFERED, Booking.offer_ends_at > NOW)
)


def is_counted(registration: Registration) -> bool:
    """Does the counter of the event count this registration?"""
    return registration.holds_seat or registration.status in (RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED)


def has_lapsed(offer_ends_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Is it too late to take this offer? At the instant of its end it is."""
    return offer_ends_at is not None and offer_ends_at <= now

"""What must be true of registrations, bookings and the counters of seats."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from portal.events.models import Event, ProgrammeSession, SessionStatus
from portal.ground.checks import Check, rows
from portal.registration.models import (
    Booking,
    BookingStatus,
    DelegationSeat,
    EventSeats,
    Registration,
    RegistrationStatus,
    SessionSeats,
)
from portal.registration.models.reserves import SeatReserve
from portal.registration.occupying import COUNTED, COUNTED_IN_SESSION, COUNTED_SEAT, seats_of

_TAKEN = (
    sa.select(seats_of()).where(Registration.event_id == Event.id, COUNTED).correlate(Event).scalar_subquery()
    + sa.select(sa.func.count())
    .where(DelegationSeat.event_id == Event.id, COUNTED_SEAT)
    .correlate(Event)
    .scalar_subquery()
)
_TAKEN_IN_SESSION = (
    sa.select(sa.func.count())
    .where(Booking.session_id == ProgrammeSession.id, COUNTED_IN_SESSION)
    .correlate(ProgrammeSession)
    .scalar_subquery()
)


def _seats(
    what: str, model: Any, counter: Any, key: InstrumentedAttribute[int], taken: sa.ColumnElement[int],
    scope: InstrumentedAttribute[int | None],
) -> list[Check]:  # fmt: skip
    """The counter of what has limited seats, and what must never happen: more people than seats."""
    own = key == model.id
    kept = sa.select(sa.func.coalesce(sa.func.sum(SeatReserve.seats), 0)).where(scope == model.id)
    reserved = kept.correlate(model).scalar_subquery()
    return [
        rows(
            f"registration.{what}-seats-taken",
            model,
            "Its counter of places is wrong (portal counters rebuild).",
            sa.exists().where(own, counter.taken != taken),
        ),
        rows(
            f"registration.{what}-seats",
            model,
            "Its counter knows another number of places (portal counters rebuild).",
            sa.or_(
                sa.exists().where(own, counter.seats.is_distinct_from(model.seats)),
                sa.and_(model.seats.is_not(None), ~sa.exists().where(own)),
            ),
        ),
        rows(
            f"registration.{what}-reserved",
            model,
            "Its counter knows another number of kept places (portal counters rebuild).",
            sa.exists().where(own, counter.reserved != reserved),
        ),
        rows(f"registration.{what}-overbooked", model, "More people have a place than there are.", taken > model.seats),
    ]


_OF_SESSIONS = _seats(
    "session", ProgrammeSession, SessionSeats, SessionSeats.session_id, _TAKEN_IN_SESSION, SeatReserve.session_id
)


def _of(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Of a booking: its registration is so."""
    return sa.exists().where(Registration.id == Booking.registration_id, *conditions)


_SESSION = ProgrammeSession.id == Booking.session_id
_HELD = Booking.status.in_((BookingStatus.BOOKED, BookingStatus.OFFERED, BookingStatus.WAITING))


@cache
def checks() -> Sequence[Check]:
    return (
        *_seats("event", Event, EventSeats, EventSeats.event_id, _TAKEN, SeatReserve.event_id),
        *_OF_SESSIONS,
        rows(
            "registration.booking-of-another", Booking, "A booking is of a session of another event than its registration.",
            sa.exists().where(
                Registration.id == Booking.registration_id, _SESSION, ProgrammeSession.event_id != Registration.event_id
            ),
        ),
        rows(
            "registration.booked-unconfirmed", Booking, "A place in a session is held by somebody who is not confirmed.",
            COUNTED_IN_SESSION,
            _of(
                Registration.status.not_in(
                    (RegistrationStatus.CONFIRMED, RegistrationStatus.CANCELLED, RegistrationStatus.TRANSFERRED)
                )
            ),
        ),
        rows(
            "registration.booked-cancelled", Booking, "Somebody who has given up still has a place or waits for one.",
            _HELD,
            sa.exists().where(
                Registration.id == Booking.registration_id,
                Registration.status.in_((RegistrationStatus.CANCELLED, RegistrationStatus.TRANSFERRED)),
                _SESSION, ProgrammeSession.ends_at > Registration.cancelled_at,
            ),
        ),
        rows(
            "registration.wished-confirmed", Booking, "Somebody confirmed has a wish that was never decided.",
            Booking.status == BookingStatus.WISHED, _of(Registration.status == RegistrationStatus.CONFIRMED),
        ),
        rows(
            "registration.booked-in-cancelled-session", Booking, "A place is held in a session that is cancelled.",
            _HELD, sa.exists().where(_SESSION, ProgrammeSession.status == SessionStatus.CANCELLED),
        ),
        rows(
            "registration.never-dated", Registration, "A registration was given up on no day.",
            Registration.status == RegistrationStatus.CANCELLED, Registration.cancelled_at.is_(None),
        ),
    )  # fmt: skip

"""What follows from registrations and can be counted anew: the places that are taken."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event, ProgrammeSession
from portal.ground.db import Base, db
from portal.ground.derived import Derived
from portal.ground.statements import engine_name, insert_into, table
from portal.registration.models import (
    Booking,
    BookingStatus,
    EventSeats,
    Registration,
    RegistrationStatus,
    SessionSeats,
)

Limits = Mapping[int, int | None]  # places by number of the event or session; None: as many as come


def _recount(number: int) -> None:
    """Count the places of an event and of its sessions anew, under the lock of everything about its seats.

    Where more are taken than there are the database refuses: that is for people to look at.
    """
    session = db.session()
    event = session.get(Event, number, with_for_update={"key_share": True}, populate_existing=True)
    if event is None:
        return
    taken = session.scalar(
        sa.select(sa.func.count()).where(
            Registration.event_id == number, Registration.status == RegistrationStatus.CONFIRMED
        )
    )
    _write(session, EventSeats, {number: event.seats}, {number: taken or 0})
    sessions = sa.select(ProgrammeSession.id, ProgrammeSession.seats).where(ProgrammeSession.event_id == number)
    limits = {row[0]: row[1] for row in session.execute(sessions.order_by(ProgrammeSession.id))}
    booked = (
        sa.select(Booking.session_id, sa.func.count())
        .where(Booking.session_id.in_(limits), Booking.status == BookingStatus.BOOKED)
        .group_by(Booking.session_id)
    )
    _write(session, SessionSeats, limits, {row[0]: row[1] for row in session.execute(booked)})


def _write(session: Session, model: type[Base], limits: Limits, taken: Mapping[int, int]) -> None:
    """Make the counters say so: one row for each that has a limit, in ascending order."""
    counters = table(model)
    key = counters.primary_key.columns[0]
    session.execute(sa.select(key).where(key.in_(limits)).order_by(key).with_for_update())
    session.execute(sa.delete(counters).where(key.in_([one for one, seats in limits.items() if seats is None])))
    for number, seats in limits.items():
        if seats is not None:
            values = {"seats": seats, "taken": taken.get(number, 0)}
            new = insert_into(model, engine_name()).values({key.name: number, **values})
            session.execute(new.on_conflict_do_update(index_elements=[key.name], set_=values))


SEATS = Derived("seats", (sa.select(Event.id),), _recount)

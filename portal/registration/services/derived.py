"""What follows from registrations and reserves and can be counted anew: the places that are taken, and that are kept."""

from collections.abc import Mapping
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event, ProgrammeSession
from portal.ground.db import Base, db
from portal.ground.derived import Derived
from portal.ground.statements import engine_name, insert_into, table
from portal.registration import queries
from portal.registration.models import Booking, EventSeats, SessionSeats
from portal.registration.models.reserves import SeatReserve
from portal.registration.occupying import COUNTED_IN_SESSION

Value = TypeVar("Value")
Limits = Mapping[int, int | None]  # places by number of the event or session; None: as many as come


def _recount(number: int) -> None:
    """Count the places of an event and of its sessions anew, under the lock of everything about its seats.

    Where more are taken than there are the database refuses: that is for people to look at.
    """
    session = db.session()
    event = session.get(Event, number, with_for_update={"key_share": True}, populate_existing=True)
    if event is None:
        return
    kept = sa.select(SeatReserve.event_id, sa.func.sum(SeatReserve.seats)).where(SeatReserve.event_id == number)
    _write(
        session, EventSeats, {number: event.seats}, {number: queries.event_taken(number)},
        _pairs(session, kept.group_by(SeatReserve.event_id)),
    )  # fmt: skip
    sessions = sa.select(ProgrammeSession.id, ProgrammeSession.seats).where(ProgrammeSession.event_id == number)
    limits = _pairs(session, sessions.order_by(ProgrammeSession.id))
    booked = (
        sa.select(Booking.session_id, sa.func.count())
        .where(Booking.session_id.in_(limits), COUNTED_IN_SESSION)
        .group_by(Booking.session_id)
    )
    kept = sa.select(SeatReserve.session_id, sa.func.sum(SeatReserve.seats)).where(SeatReserve.session_id.in_(limits))
    _write(
        session, SessionSeats, limits, _pairs(session, booked), _pairs(session, kept.group_by(SeatReserve.session_id))
    )


def _pairs(session: Session, statement: sa.Select[int | None, Value] | sa.Select[int, Value]) -> dict[int, Value]:
    return {row[0]: row[1] for row in session.execute(statement) if row[0] is not None}


def _write(
    session: Session, model: type[Base], limits: Limits, taken: Mapping[int, int], reserved: Mapping[int, int]
) -> None:
    """Make the counters say so: one row for each that has a limit, in ascending order."""
    counters = table(model)
    key = counters.primary_key.columns[0]
    session.execute(sa.select(key).where(key.in_(limits)).order_by(key).with_for_update())
    session.execute(sa.delete(counters).where(key.in_([one for one, seats in limits.items() if seats is None])))
    for number, seats in limits.items():
        if seats is not None:
            values = {"seats": seats, "taken": taken.get(number, 0), "reserved": int(reserved.get(number, 0))}
            new = insert_into(model, engine_name()).values({key.name: number, **values})
            session.execute(new.on_conflict_do_update(index_elements=[key.name], set_=values))


SEATS = Derived("seats", (sa.select(Event.id),), _recount)

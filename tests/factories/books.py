"""What must be true of the seats of an event between any two transactions."""

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa

from portal.events.models import ProgrammeSession
from portal.ground import clock
from portal.ground.db import db
from portal.registration.models import Booking, EventSeats, Registration, SessionSeats
from portal.registration.seating import Span, overlaps


class Row(NamedTuple):
    """A place in a session, or a turn in its list."""

    status: str
    at: dt.datetime
    number: int
    registration: int
    session: int
    span: Span
    state: str


def rows_of(event_id: int) -> list[Row]:
    """Those of an event that hold, in the order of their turns."""
    found = db.session.execute(
        sa.select(
            Booking.status, Booking.queue_at, Booking.id, Booking.registration_id, Booking.session_id,
            ProgrammeSession.starts_at, ProgrammeSession.ends_at, Registration.status,
        )
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .join(Registration, Registration.id == Booking.registration_id)
        .where(Booking.status.in_(["booked", "offered", "waiting"]), Registration.event_id == event_id)
        .order_by(Booking.queue_at, Booking.id)
    )  # fmt: skip
    return [Row(*row[:5], Span(row[5], row[6]), row[7]) for row in found]


def check_counters(event_id: int) -> None:
    """Every counter says how many have a seat, and none says more than there are."""
    counters = sa.select(SessionSeats).join(ProgrammeSession, ProgrammeSession.id == SessionSeats.session_id)
    for counter in db.session.scalars(counters.where(ProgrammeSession.event_id == event_id)):
        booked = sa.select(sa.func.count()).where(
            Booking.session_id == counter.session_id, Booking.status.in_(["booked", "offered"])
        )
        assert counter.taken == db.session.scalar(booked) <= counter.seats
    limited = db.session.get(EventSeats, event_id)
    inside = sa.select(sa.func.coalesce(sa.func.sum(1 + Registration.companions), 0)).where(
        Registration.event_id == event_id,
        sa.or_(Registration.status.in_(["confirmed", "offered"]), Registration.holds_seat),
    )
    if limited:
        assert limited.taken == db.session.scalar(inside) <= limited.seats


def check_turns(event_id: int, *, moved: bool = False) -> None:
    """Nobody has two places at one time (where nothing `moved`), and no seat is free beside somebody who could take it."""
    busy: dict[int, list[Span]] = {}
    rows = rows_of(event_id)
    for one in rows:
        if one.status in ("booked", "offered"):
            assert one.state == "confirmed"
            held = busy.setdefault(one.registration, [])
            assert moved or not any(overlaps(one.span, other) for other in held), "two places at once"
            held.append(one.span)
    free = {one.session_id: one.seats - one.taken for one in db.session.scalars(sa.select(SessionSeats))}
    for one in rows:
        if one.status == "waiting" and one.state == "confirmed" and free[one.session] > 0:
            others = busy.get(one.registration, ())
            assert any(overlaps(one.span, other) for other in others), "a free seat beside a waiter"
    limited = db.session.get(EventSeats, event_id)
    waits = sa.and_(Registration.event_id == event_id, Registration.status == "waiting")
    groups = db.session.execute(sa.select(1 + Registration.companions, Registration.kept_until).where(waits)).all()
    if limited is None:
        assert not groups
    elif not any(size > 1 and until is not None and until > clock.now() for size, until in groups):
        assert all(size > limited.seats - limited.taken for size, _until in groups), (
            "free seats beside who could take them"
        )

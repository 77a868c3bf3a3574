"""The counters of seats: locks, the conditional counting, and what ends.

Locks are taken in one order, always: the row of the event first, then a person and counters by ascending id. The lock of
the event alone makes every decision about its seats single file; the conditional UPDATE and the CHECK behind it hold
even if somebody forgets it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.db import UtcDateTime
from portal.ground.statements import changed_rows
from portal.registration.models import LEFT, Booking, BookingStatus, EventSeats, Registration, SessionSeats
from portal.registration.occupying import HOLDING
from portal.registration.services.states import BOOKINGS

_HOPING = (BookingStatus.WISHED, BookingStatus.WAITING)
_UNSYNCED = {"synchronize_session": False}
_LOCKED = {"populate_existing": True}
_EVENT = sa.select(Event).with_for_update(key_share=True, of=Event).execution_options(**_LOCKED)
_EVENT_BY_ID = _EVENT.where(Event.id == sa.bindparam("event"))
_EVENT_OF_REGISTRATION = _EVENT.where(
    Event.id
    == sa.select(Registration.event_id).where(Registration.id == sa.bindparam("registration")).scalar_subquery()
)


def lock_event(session: Session, event_id: int) -> Event:
    """The first lock of every use-case about seats. (Rows that only point at the event may still be added.)"""
    return session.scalars(_EVENT_BY_ID, {"event": event_id}).one()


def lock_event_of(session: Session, registration_id: int) -> Event:
    """The same for the event of a registration."""
    return session.scalars(_EVENT_OF_REGISTRATION, {"registration": registration_id}).one()


class Seats(NamedTuple):
    """The counter of a session: how many seats there are, taken, and kept for some."""

    seats: int
    taken: int
    reserved: int


_SEATS = (
    sa.select(SessionSeats.session_id, SessionSeats.seats, SessionSeats.taken, SessionSeats.reserved)
    .where(SessionSeats.session_id.in_(sa.bindparam("sessions", expanding=True)))
    .order_by(SessionSeats.session_id)
    .with_for_update()
)


def lock_seats(session: Session, session_ids: Iterable[int]) -> dict[int, Seats]:
    """Lock the counters of these sessions, by ascending id: of each that has one."""
    rows = session.execute(_SEATS, {"sessions": sorted(set(session_ids))})
    return {row[0]: Seats(row[1], row[2], row[3]) for row in rows}


def hit(session: Session, statement: sa.Update, rows: int = 1, values: Mapping[str, object] | None = None) -> None:
    """Run a conditional write that must change exactly so many rows; otherwise the use-case is undone."""
    changed = changed_rows(session, statement, values, options=_UNSYNCED)
    if changed != rows:
        raise RuntimeError(f"A counted write changed {changed} rows instead of {rows}")


def count_kept(session: Session, event_id: int, session_id: int | None, change: int) -> None:
    """Keep the sum of the reserves of an event, or of its session, in step; the database refuses more than there are seats."""
    if session_id is None:
        of_event = sa.update(EventSeats).where(EventSeats.event_id == event_id)
        hit(session, of_event.values(reserved=EventSeats.reserved + change))
    else:
        of_session = sa.update(SessionSeats).where(SessionSeats.session_id == session_id)
        hit(session, of_session.values(reserved=SessionSeats.reserved + change))


_CHANGE: sa.BindParameter[int] = sa.bindparam("change", type_=sa.Integer)
_CHANGED = sa.update(SessionSeats).values(taken=SessionSeats.taken + _CHANGE)
_OF = SessionSeats.session_id.in_(sa.bindparam("sessions", expanding=True))
_TAKE = _CHANGED.where(_OF, SessionSeats.taken + _CHANGE <= SessionSeats.seats)
_GIVE_BACK = _CHANGED.where(_OF, SessionSeats.taken + _CHANGE >= 0)


def count_places(session: Session, places: Mapping[int, int], sign: int) -> None:
    """Take (or give back) so many seats of each session: never more than there are, never fewer than none."""
    for number in sorted(set(places.values())):
        ids = sorted(one for one, count in places.items() if count == number)
        statement = _TAKE if sign > 0 else _GIVE_BACK
        hit(session, statement, rows=len(ids), values={"sessions": ids, "change": sign * number})


def count_event(session: Session, event_id: int, change: int) -> None:
    """The same for the places of the whole event."""
    after = EventSeats.taken + change
    within = after <= EventSeats.seats if change > 0 else after >= 0
    hit(session, sa.update(EventSeats).where(EventSeats.event_id == event_id, within).values(taken=after))


def release(
    session: Session, bookings: Sequence[tuple[int, int, str]], to: BookingStatus = BookingStatus.RELEASED
) -> set[int]:
    """End these (booking, session, status) rows; returns the sessions in which seats became free. Does not refill."""
    if not bookings:
        return set()
    ids = [booking for booking, _session, _status in bookings]
    hit(
        session,
        BOOKINGS.moving([*HOLDING, *(() if to == BookingStatus.DISPLACED else _HOPING)], to)
        .where(Booking.id.in_(ids))
        .values(released_at=clock.now()),
        rows=len(ids),
    )
    freed = Counter(session_id for _booking, session_id, status in bookings if status in HOLDING)
    count_places(session, freed, -1)
    return set(freed)


_HELD = (
    sa.select(Booking.id, Booking.session_id, Booking.status)
    .where(Booking.registration_id == sa.bindparam("registration"), Booking.status.not_in(LEFT))
    .order_by(Booking.id)
)


def held(session: Session, registration_id: int) -> list[tuple[int, int, str]]:
    """The (booking, session, status) rows of a registration that have not ended."""
    rows = session.execute(_HELD, {"registration": registration_id})
    return [(row[0], row[1], row[2]) for row in rows]


_GIVEN_UP = _HELD.join(ProgrammeSession, ProgrammeSession.id == Booking.session_id).where(
    sa.or_(Booking.status != BookingStatus.BOOKED, ProgrammeSession.ends_at > sa.bindparam("now", type_=UtcDateTime))
)


def given_up(session: Session, registration_id: int) -> list[tuple[int, int, str]]:
    """What ends when a registration is cancelled: everything but the places in what is over: somebody was there."""
    rows = session.execute(_GIVEN_UP, {"registration": registration_id, "now": clock.now()})
    return [(row[0], row[1], row[2]) for row in rows]


def waits_of(session: Session, registration_ids: Collection[int]) -> set[int]:
    """The sessions in which any of these wait."""
    return set(
        session.scalars(
            sa.select(Booking.session_id).where(
                Booking.registration_id.in_(registration_ids), Booking.status == BookingStatus.WAITING
            )
        )
    )

"""Reads of what an unconfirmed registration asks for, and what has become of it since."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from portal.events.models import ProgrammeSession, Room, SessionStatus
from portal.ground import clock
from portal.ground.db import db
from portal.registration.models import Booking, BookingStatus, Registration, SessionSeats
from portal.registration.occupying import TAKEN_IN_SESSION
from portal.registration.queries.reserves import halls_of_sessions, origin
from portal.registration.seating import Span, overlaps
from portal.words.i18n import Localized


class Loss(StrEnum):
    """Why a wish is not booked and waits for nothing."""

    CANCELLED = "cancelled"
    BEGUN = "begun"
    OPEN = "open"  # nobody books it any more, everybody may come
    CLASH = "clash"  # with another wish that is booked, though there are places
    DROPPED = "dropped"  # the same, of somebody who has chosen that such waiting places end


@dataclass(frozen=True, slots=True)
class Wished:
    """A session that was asked for. `seats` and `taken` are None when nobody books it."""

    booking_id: int
    session_id: int
    booking_status: str
    title: Localized
    room: Localized | None
    span: Span
    status: str
    seats: int | None
    taken: int | None
    kept: int = 0  # free, and only others can have them

    @property
    def free(self) -> int:
        return (self.seats or 0) - (self.taken or 0) - self.kept

    def loss(self, now: dt.datetime) -> Loss | None:
        """What keeps it from being booked or waited for at this moment, whatever else is asked for."""
        if self.status == SessionStatus.CANCELLED:
            return Loss.CANCELLED
        if self.span.starts <= now:
            return Loss.BEGUN
        return Loss.OPEN if self.seats is None else None


_WISHES = (
    sa.select(
        Booking.id, Booking.session_id, Booking.status, ProgrammeSession.title, Room.name, ProgrammeSession.starts_at,
        ProgrammeSession.ends_at, ProgrammeSession.status, SessionSeats.seats, TAKEN_IN_SESSION,
        Booking.registration_id, SessionSeats.reserved, Registration.sector, Registration.organisation_id,
    )
    .join(Registration, Registration.id == Booking.registration_id)
    .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
    .outerjoin(Room, Room.id == ProgrammeSession.room_id)
    .outerjoin(SessionSeats, SessionSeats.session_id == Booking.session_id)
    .where(Booking.registration_id.in_(sa.bindparam("registrations", expanding=True)))
    .order_by(Booking.id)
)  # fmt: skip


def wishes_of(registration_id: int) -> list[Wished]:
    """What an unconfirmed registration asks for in the order in which it is served, also what was cancelled since."""
    return [wish for _registration, wish in _wishes([registration_id])]


def wishes_by_person(registration_ids: Collection[int]) -> dict[int, list[Wished]]:
    """What these ask for, by registration, as far as it has not ended."""
    found: dict[int, list[Wished]] = {}
    for registration, wish in _wishes(registration_ids):
        if wish.booking_status == BookingStatus.WISHED:
            found.setdefault(registration, []).append(wish)
    return found


def _wishes(registration_ids: Collection[int]) -> Iterator[tuple[int, Wished]]:
    """Each with the registration that it is of."""
    rows = db.session.execute(_WISHES, {"registrations": list(registration_ids), "now": clock.now()}).all()
    halls = halls_of_sessions({row[1]: row[8] for row in rows if row[11]})
    for row in rows:
        span, hall = Span(row[5], row[6]), halls.get(row[1])
        kept = hall.kept_from(origin(row[12], row[13]), row[8] - row[9]) if hall else 0
        yield row[10], Wished(row[0], row[1], row[2], row[3], row[4], span, row[7], row[8], row[9], kept)


def fates(wishes: Sequence[Wished], now: dt.datetime, *, admitted: bool) -> list[tuple[Wished, Loss | None]]:
    """What confirming does with each of them now. Who is not `admitted` to the event gets no place yet, so none clashes."""
    served: list[Wished] = []
    found = []
    for wish in wishes:
        loss = wish.loss(now)
        if loss is None and admitted and wish.free > 0:
            if any(overlaps(wish.span, other.span) for other in served):
                loss = Loss.CLASH
            else:
                served.append(wish)
        found.append((wish, loss))
    return found

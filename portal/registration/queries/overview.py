"""Reads for those who run an event: numbers of every session, and what everybody has."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.events.models import ProgrammeSession, SessionStatus
from portal.ground import clock
from portal.ground.db import db
from portal.registration.models import Booking, BookingStatus, SessionSeats
from portal.registration.models.reserves import SeatReserve
from portal.registration.occupying import TAKEN_IN_SESSION
from portal.registration.queries.places import HELD, Place
from portal.registration.seating import Span
from portal.words.i18n import Localized


@dataclass(frozen=True, slots=True)
class SessionCount:
    """A session with its numbers, for those who run the event."""

    id: int
    title: Localized
    span: Span
    seats: int
    taken: int
    waiting: int


def session_counts(event_id: int) -> list[SessionCount]:
    """Every session with limited seats and how many have a place or wait for one, past ones too."""
    waiting = sa.func.count().filter(Booking.status == BookingStatus.WAITING)
    rows = db.session.execute(
        sa.select(
            ProgrammeSession.id, ProgrammeSession.title, ProgrammeSession.starts_at, ProgrammeSession.ends_at,
            SessionSeats.seats, TAKEN_IN_SESSION, waiting,
        )
        .join(SessionSeats, SessionSeats.session_id == ProgrammeSession.id)
        .outerjoin(Booking, Booking.session_id == ProgrammeSession.id)
        .where(ProgrammeSession.event_id == event_id, ProgrammeSession.status == SessionStatus.SCHEDULED)
        .group_by(ProgrammeSession.id, SessionSeats.session_id)
        .order_by(ProgrammeSession.starts_at, ProgrammeSession.id),
        {"now": clock.now()},
    )  # fmt: skip
    return [SessionCount(row[0], row[1], Span(row[2], row[3]), *row[4:]) for row in rows]


def crowded(room_id: int, capacity: int, *, only: int | None = None) -> list[tuple[Localized, int]]:
    """The coming sessions in a room that holds so many (or `only` one session, which moves into it) in which more people have
    a place: each with how many they are."""
    where = ProgrammeSession.room_id == room_id if only is None else ProgrammeSession.id == only
    rows = db.session.execute(
        sa.select(ProgrammeSession.title, TAKEN_IN_SESSION)
        .join(SessionSeats, SessionSeats.session_id == ProgrammeSession.id)
        .where(where, ProgrammeSession.status == SessionStatus.SCHEDULED, ProgrammeSession.ends_at > clock.now())
        .where(capacity < TAKEN_IN_SESSION)
        .order_by(ProgrammeSession.starts_at, ProgrammeSession.id),
        {"now": clock.now()},
    )
    return [(row[0], row[1]) for row in rows]


def places_by_person(event_id: int, *, only: Collection[int] | None = None) -> dict[int, list[Place]]:
    """What every active registration of an event (or `only` some of them) has, by its id; positions are not counted."""
    held_places = (
        sa.select(
            Booking.id, Booking.registration_id, Booking.session_id, Booking.status, ProgrammeSession.title,
            ProgrammeSession.starts_at, ProgrammeSession.ends_at,
            sa.case((Booking.status == BookingStatus.OFFERED, Booking.offer_ends_at)),
        )
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(ProgrammeSession.event_id == event_id, HELD)
        .order_by(ProgrammeSession.starts_at, Booking.id)
    )  # fmt: skip
    if only is not None:
        held_places = held_places.where(Booking.registration_id.in_(only))
    held: dict[int, list[Place]] = {}
    for row in db.session.execute(held_places, {"now": clock.now()}):
        place = Place(row[0], row[1], row[2], row[3], row[4], None, Span(row[5], row[6]), None, row[7])
        held.setdefault(row[1], []).append(place)
    return held


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time with workshops: those of one slot, or those that begin together."""

    span: Span
    sessions: frozenset[int]


def stretches(event_id: int) -> list[Stretch]:
    """Those of an event in which places are booked, by time, past ones too."""
    rows = db.session.execute(
        sa.select(ProgrammeSession.id, ProgrammeSession.slot_id, ProgrammeSession.starts_at, ProgrammeSession.ends_at)
        .join(SessionSeats, SessionSeats.session_id == ProgrammeSession.id)
        .where(ProgrammeSession.event_id == event_id, ProgrammeSession.status == SessionStatus.SCHEDULED)
        .order_by(ProgrammeSession.starts_at, ProgrammeSession.id)
    )
    found: dict[object, list[sa.Row[int, int | None, dt.datetime, dt.datetime]]] = {}
    for row in rows:
        found.setdefault(row[1] or row[2], []).append(row)
    return [
        Stretch(Span(min(row[2] for row in these), max(row[3] for row in these)), frozenset(row[0] for row in these))
        for these in found.values()
    ]


_OTHER, _OTHER_SESSION = aliased(Booking), aliased(ProgrammeSession)
_DOUBLE = (
    sa.select(sa.func.count(Booking.registration_id.distinct()))
    .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
    .join(_OTHER, sa.and_(_OTHER.registration_id == Booking.registration_id, _OTHER.id > Booking.id))
    .join(_OTHER_SESSION, _OTHER_SESSION.id == _OTHER.session_id)
    .where(
        ProgrammeSession.event_id == sa.bindparam("event"),
        Booking.status == BookingStatus.BOOKED,
        _OTHER.status == BookingStatus.BOOKED,
        ProgrammeSession.starts_at < _OTHER_SESSION.ends_at,
        _OTHER_SESSION.starts_at < ProgrammeSession.ends_at,
    )
)


def double_booked(event_id: int) -> int:
    """How many people of an event have places in two sessions at the same time."""
    return db.session.scalar(_DOUBLE, {"event": event_id}) or 0


def number_of_reserves(event_id: int) -> int:
    """How many there are of an event and of its sessions that take place."""
    scheduled = sa.select(ProgrammeSession.id).where(
        ProgrammeSession.event_id == event_id, ProgrammeSession.status == SessionStatus.SCHEDULED
    )
    own = sa.or_(SeatReserve.event_id == event_id, SeatReserve.session_id.in_(scheduled))
    return db.session.scalar(sa.select(sa.func.count()).where(own)) or 0

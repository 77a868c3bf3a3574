"""Reads of the programme of an event: rooms, slots, sessions."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from portal.events.models import Event, ProgrammeSession, Room, Slot
from portal.ground.db import db
from portal.ground.statements import table
from portal.words.i18n import Localized

_WITH_PLACE: tuple[ORMOption, ...] = (joinedload(ProgrammeSession.room), joinedload(ProgrammeSession.slot))


def rooms(event_id: int) -> Sequence[Room]:
    """The rooms in the order that the coordinator gave them."""
    return db.session.scalars(sa.select(Room).where(Room.event_id == event_id).order_by(Room.position, Room.id)).all()


def slots(event_id: int) -> Sequence[Slot]:
    """The slots by time."""
    return db.session.scalars(sa.select(Slot).where(Slot.event_id == event_id).order_by(Slot.starts_at, Slot.id)).all()


def events_with_speaker(name: str) -> Sequence[Event]:
    """The events whose programme names somebody as a speaker, by time."""
    named = sa.select(ProgrammeSession.event_id).where(ProgrammeSession.speakers.contains(name, autoescape=True))
    return db.session.scalars(sa.select(Event).where(Event.id.in_(named)).order_by(Event.starts_at, Event.id)).all()


def sessions(event_id: int) -> Sequence[ProgrammeSession]:
    """All sessions by time, cancelled ones too, each with its room and slot."""
    query = sa.select(ProgrammeSession).where(ProgrammeSession.event_id == event_id).options(*_WITH_PLACE)
    return db.session.scalars(query.order_by(ProgrammeSession.starts_at, ProgrammeSession.id)).all()


class Line(NamedTuple):
    """A session as a whole programme shows it."""

    id: int
    kind: str
    status: str
    title: Localized
    speakers: str
    languages: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    room_id: int | None
    room: Localized | None


_session, _room = table(ProgrammeSession), table(Room)
_LINES = (
    sa.select(*(_session.c[name] for name in Line._fields[:-1]), _room.c.name)
    .select_from(_session.outerjoin(_room, _room.c.id == _session.c.room_id))
    .where(_session.c.event_id == sa.bindparam("event"))
    .order_by(_session.c.starts_at, _session.c.id)
)


def lines(event_id: int) -> Sequence[Line]:
    """The whole programme by time, cancelled sessions too, with no more of each than a reader of all of it sees."""
    return [Line._make(row) for row in db.session.execute(_LINES, {"event": event_id})]


def sessions_by_id(numbers: Collection[int]) -> dict[int, ProgrammeSession]:
    """Sessions with their rooms, by id."""
    query = sa.select(ProgrammeSession).where(ProgrammeSession.id.in_(numbers)).options(*_WITH_PLACE)
    return {session.id: session for session in db.session.scalars(query)}


def session_of(slug: str, number: int) -> ProgrammeSession | None:
    """A session of the event with this slug, with its event, network, room and slot."""
    event = joinedload(ProgrammeSession.event).joinedload(Event.network)
    query = sa.select(ProgrammeSession).join(Event, Event.id == ProgrammeSession.event_id)
    return db.session.scalar(
        query.where(ProgrammeSession.id == number, Event.slug == slug).options(event, *_WITH_PLACE)
    )


def capacity_of(room_id: int) -> int | None:
    """How many people this room holds; None where nobody has counted."""
    return db.session.scalar(sa.select(Room.capacity).where(Room.id == room_id))


def room_of(slug: str, number: int) -> Room | None:
    """A room of the event with this slug, with its event and network."""
    query = sa.select(Room).join(Room.event).where(Room.id == number, Event.slug == slug)
    return db.session.scalar(query.options(contains_eager(Room.event).joinedload(Event.network)))


def slot_of(slug: str, number: int) -> Slot | None:
    """A slot of the event with this slug, with its event and network."""
    query = sa.select(Slot).join(Slot.event).where(Slot.id == number, Event.slug == slug)
    return db.session.scalar(query.options(contains_eager(Slot.event).joinedload(Event.network)))

"""Use-cases of rooms and slots."""

import datetime as dt

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events.facts import RoomChanged, SessionChanged
from portal.events.fields import NEW_ROOM, NEW_SLOT, ROOM, SLOT
from portal.events.models import Event, EventStatus, ProgrammeSession, Room, SessionStatus, Slot
from portal.events.services import editing
from portal.ground import audit
from portal.ground.authz import Portal
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, check_version
from portal.ground.facts import announce, preview
from portal.words.fields import FieldSet, Given
from portal.words.i18n import _l

STILL_SMALLER = _l("Move these sessions to a larger room first, or tick that you save it all the same.")


def create_room(event: Event, *, by: Person | Portal, **values: object) -> Room:
    """A room at the end of the list, with the fields of NEW_ROOM; without `capacity` nobody has counted the chairs."""
    given = NEW_ROOM.given_new(values)
    with transaction() as session:
        event = editing.editable_event(event.id, by=by)
        last = session.scalar(sa.select(sa.func.max(Room.position)).where(Room.event_id == event.id)) or 0
        room = Room(event_id=event.id, position=last + 1, **NEW_ROOM.new(given, event.title.original))
        session.add(room)
        session.flush()
        audit.record("event.room_added", event, detail={"room": room.id, "name": given["name"]}, actor=by)
    return room


def update_room(room: Room, *, version: int, agreed: bool = False, by: Person | Portal, **values: object) -> None:
    """Name a room, in the original language and in others, and say how many it holds.

    When more people have a place in one of its sessions than it holds then, it refuses, and says where, until somebody has
    `agreed`: nobody loses a place by it.
    """
    given = ROOM.given(values)
    with transaction() as session:
        event = editing.editable_event(room.event_id, by=by)
        room = session.get_one(Room, room.id, populate_existing=True)
        check_version(room, version, ROOM.read(room, room.name.original))
        held = room.capacity
        ROOM.write(room, given, room.name.original)
        if room.capacity != held:
            _crowd(RoomChanged(event.id, room.id, room.capacity), agreed)
        audit.record("event.room_changed", event, detail={"room": room.id, "capacity": room.capacity}, actor=by)


def _crowd(fact: RoomChanged, agreed: bool) -> None:
    sentences = preview(fact)
    if sentences and not agreed:
        raise editing.Touches(sentences, ask=STILL_SMALLER)
    announce(fact)


def delete_room(room: Room, *, by: Person | Portal) -> None:
    """Remove a room. Refuses while a session is in it: a session never loses its place silently."""
    with transaction() as session:
        event = editing.editable_event(room.event_id, by=by)
        if session.scalar(sa.select(sa.exists().where(ProgrammeSession.room_id == room.id))):
            raise Refusal(_l("There are sessions in this room. Move them first."))
        session.execute(sa.delete(Room).where(Room.id == room.id))
        audit.record("event.room_removed", event, detail={"room": room.id}, actor=by)


def create_slot(event: Event, *, by: Person | Portal, **values: object) -> Slot:
    """A stretch of time in which sessions run side by side; wall times of the event."""
    given = NEW_SLOT.given_new(values)
    with transaction() as session:
        event = editing.editable_event(event.id, by=by)
        slot = Slot(event_id=event.id, **NEW_SLOT.new(_with_instants(NEW_SLOT, given, event), event.title.original))
        slot.name = slot.name or None
        session.add(slot)
        session.flush()
        audit.record("event.slot_added", event, detail={"slot": slot.id}, actor=by)
    return slot


def update_slot(slot: Slot, *, version: int, agreed: str = "", by: Person | Portal, **values: object) -> None:
    """Move a slot: its sessions move with it, and whoever booked one is told."""
    given = SLOT.given(values)
    with transaction() as session:
        event = editing.editable_event(slot.event_id, by=by)
        slot = session.get_one(Slot, slot.id, populate_existing=True)
        language = event.title.original
        check_version(slot, version, SLOT.read(slot, language, event.timezone))
        old = (slot.starts_at, slot.ends_at)
        SLOT.write(slot, _with_instants(SLOT, given, event), language)
        slot.name = slot.name or None
        moved = old != (slot.starts_at, slot.ends_at)
        if moved:
            _move_sessions(event, slot, agreed)
        audit.record("event.slot_changed", event, detail={"slot": slot.id, "moved": moved}, actor=by)


def delete_slot(slot: Slot, *, by: Person | Portal) -> None:
    """Remove a slot. Its sessions stay where they are, with their times as their own."""
    with transaction() as session:
        event = editing.editable_event(slot.event_id, by=by)
        session.execute(sa.update(ProgrammeSession).where(ProgrammeSession.slot_id == slot.id).values(slot_id=None))
        session.execute(sa.delete(Slot).where(Slot.id == slot.id))
        audit.record("event.slot_removed", event, detail={"slot": slot.id}, actor=by)


def span_refusals(event: Event, starts: dt.datetime | None, ends: dt.datetime | None) -> list[Refusal]:
    """What is wrong with a stretch of time of an event, by the fields `starts_at` and `ends_at`."""
    refused = []
    if starts and not event.starts_at <= starts < event.ends_at:
        refused.append(
            Refusal(_l("This lies outside the dates of the event. Choose a time between them."), field="starts_at")
        )
    if starts and ends and ends <= starts:
        refused.append(Refusal(editing.END_FIRST, field="ends_at"))
    elif ends and ends > event.ends_at:
        refused.append(Refusal(_l("The event ends earlier. Choose a time before its end."), field="ends_at"))
    elif starts and ends and ends - starts > editing.LONGEST_SESSION:
        refused.append(Refusal(_l("This is longer than a day. Choose an earlier end."), field="ends_at"))
    return refused


def _with_instants(fields: FieldSet, given: Given, event: Event) -> Given:
    """The values with instants for their wall times, inside the event."""
    refused: list[Refusal] = []
    found = editing.instants(fields, given, event.timezone, refused)
    return given.check(*refused, *span_refusals(event, found["starts_at"], found["ends_at"])).replaced(found)


def _move_sessions(event: Event, slot: Slot, agreed: str) -> None:
    """All sessions of a slot take its new times, in the order of their ids, which is the order of locks."""
    sessions = db.session.scalars(
        sa.select(ProgrammeSession)
        .where(ProgrammeSession.slot_id == slot.id, ProgrammeSession.status == SessionStatus.SCHEDULED)
        .order_by(ProgrammeSession.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    changes = []
    for session in sessions:
        old = editing.placement(session)
        session.starts_at, session.ends_at = slot.starts_at, slot.ends_at
        quiet = agreed == editing.Telling.QUIET
        changes.append(SessionChanged(event.id, session.id, old, editing.placement(session), quiet))
        session.sequence += event.status == EventStatus.PUBLISHED
    if event.status == EventStatus.PUBLISHED:
        touched = [
            f"{one.title.source}: {text}"
            for one, change in zip(sessions, changes, strict=True)
            for text in preview(change)
        ]
        editing.ask_before(touched, agreed)
    db.session.flush()
    for change in changes:
        announce(change)

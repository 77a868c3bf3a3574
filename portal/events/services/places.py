"""Use-cases of rooms and slots."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from portal.events.facts import SessionChanged
from portal.events.models import Event, EventStatus, ProgrammeSession, Room, SessionStatus, Slot
from portal.events.services import common
from portal.ground import audit, clock
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, check_version
from portal.ground.facts import announce, preview
from portal.words.i18n import LANGUAGES, Localized, _l


def create_room(event: Event, *, name: str, capacity: int | None, by: Any) -> Room:
    """A room at the end of the list; `capacity` None means that nobody has counted the chairs."""
    with transaction() as session:
        event = common.editable_event(event.id)
        last = session.scalar(sa.select(sa.func.max(Room.position)).where(Room.event_id == event.id)) or 0
        room = Room(
            event_id=event.id, name=Localized.of(event.title.original, name), capacity=capacity, position=last + 1
        )
        session.add(room)
        session.flush()
        audit.record("event.room_added", event, detail={"room": room.id, "name": name}, actor=by)
    return room


def update_room(room: Room, *, version: int, names: dict[str, str], capacity: int | None, by: Any) -> None:
    """Name a room, in the original language and in others, and say how many it holds."""
    with transaction() as session:
        event = common.editable_event(room.event_id)
        room = session.get_one(Room, room.id, populate_existing=True)
        check_version(room, version, room_as_form(room))
        room.capacity = capacity
        room.name = _named(room.name, names)
        audit.record("event.room_changed", event, detail={"room": room.id, "capacity": capacity}, actor=by)


def delete_room(room: Room, *, by: Any) -> None:
    """Remove a room. Refuses while a session is in it: a session never loses its place silently."""
    with transaction() as session:
        event = common.editable_event(room.event_id)
        if session.scalar(sa.select(sa.exists().where(ProgrammeSession.room_id == room.id))):
            raise Refusal(_l("There are sessions in this room. Move them first."))
        session.execute(sa.delete(Room).where(Room.id == room.id))
        audit.record("event.room_removed", event, detail={"room": room.id}, actor=by)


def create_slot(event: Event, *, name: str = "", starts_at: dt.datetime, ends_at: dt.datetime, by: Any) -> Slot:
    """A stretch of time in which sessions run side by side; wall times of the event."""
    with transaction() as session:
        event = common.editable_event(event.id)
        starts, ends = _span(event, starts_at, ends_at)
        slot = Slot(
            event_id=event.id, name=Localized.of(event.title.original, name) if name else None, starts_at=starts,
            ends_at=ends,
        )  # fmt: skip
        session.add(slot)
        session.flush()
        audit.record("event.slot_added", event, detail={"slot": slot.id}, actor=by)
    return slot


def update_slot(
    slot: Slot, *, version: int, names: dict[str, str], starts_at: dt.datetime, ends_at: dt.datetime,
    agreed: bool = False, by: Any,
) -> None:  # fmt: skip
    """Move a slot: its sessions move with it, and whoever booked one is told."""
    with transaction() as session:
        event = common.editable_event(slot.event_id)
        slot = session.get_one(Slot, slot.id, populate_existing=True)
        check_version(slot, version, slot_as_form(slot, event.timezone))
        starts, ends = _span(event, starts_at, ends_at)
        moved = (starts, ends) != (slot.starts_at, slot.ends_at)
        slot.starts_at, slot.ends_at = starts, ends
        slot.name = _named(slot.name or Localized(event.title.original), names) or None
        if moved:
            _move_sessions(event, slot, agreed)
        audit.record("event.slot_changed", event, detail={"slot": slot.id, "moved": moved}, actor=by)


def delete_slot(slot: Slot, *, by: Any) -> None:
    """Remove a slot. Its sessions stay where they are, with their times as their own."""
    with transaction() as session:
        event = common.editable_event(slot.event_id)
        session.execute(sa.update(ProgrammeSession).where(ProgrammeSession.slot_id == slot.id).values(slot_id=None))
        session.execute(sa.delete(Slot).where(Slot.id == slot.id))
        audit.record("event.slot_removed", event, detail={"slot": slot.id}, actor=by)


def room_as_form(room: Room) -> dict[str, Any]:
    """The stored values, by field of the form."""
    return {**_names(room.name), "capacity": room.capacity}


def slot_as_form(slot: Slot, zone: str) -> dict[str, Any]:
    """The stored values, by field of the form: times of the wall."""
    times = {"starts_at": clock.to_wall(slot.starts_at, zone), "ends_at": clock.to_wall(slot.ends_at, zone)}
    return {**_names(slot.name), **times}


def _names(name: Localized | None) -> dict[str, str]:
    return {f"name_{language}": name.get(language) if name else "" for language in LANGUAGES}


def span_refusals(event: Event, starts: dt.datetime | None, ends: dt.datetime | None) -> list[Refusal]:
    """What is wrong with a stretch of time of an event, by the fields `starts_at` and `ends_at`."""
    refused = []
    if starts and not event.starts_at <= starts < event.ends_at:
        refused.append(
            Refusal(_l("This lies outside the dates of the event. Choose a time between them."), field="starts_at")
        )
    if starts and ends and ends <= starts:
        refused.append(Refusal(common.END_FIRST, field="ends_at"))
    elif ends and ends > event.ends_at:
        refused.append(Refusal(_l("The event ends earlier. Choose a time before its end."), field="ends_at"))
    elif starts and ends and ends - starts > common.LONGEST_SESSION:
        refused.append(Refusal(_l("This is longer than a day. Choose an earlier end."), field="ends_at"))
    return refused


def _span(event: Event, starts_at: dt.datetime, ends_at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    refused: list[Refusal] = []
    starts = common.instant(starts_at, event.timezone, "starts_at", refused)
    ends = common.instant(ends_at, event.timezone, "ends_at", refused)
    refused += span_refusals(event, starts, ends)
    common.raise_all(refused)
    assert starts is not None and ends is not None
    return starts, ends


def _move_sessions(event: Event, slot: Slot, agreed: bool) -> None:
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
        old = common.placement(session)
        session.starts_at, session.ends_at = slot.starts_at, slot.ends_at
        changes.append(SessionChanged(event.id, session.id, old, common.placement(session)))
        session.sequence += event.status == EventStatus.PUBLISHED
    if event.status == EventStatus.PUBLISHED and not agreed:
        touched = [
            f"{one.title.source}: {text}"
            for one, change in zip(sessions, changes, strict=True)
            for text in preview(change)
        ]
        if touched:
            raise common.Touches(touched)
    db.session.flush()
    for change in changes:
        announce(change)


def _named(value: Localized, names: dict[str, str]) -> Localized:
    value = value.with_text(value.original, names.get(value.original, value.source))
    for language, name in names.items():
        if language != value.original:
            value = value.with_translation(language, name)
    return value

"""A copy of an event for other days: everything that its team made, and nobody who takes part."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events import queries
from portal.events.facts import EventChanged, EventCopied, SessionChanged
from portal.events.fields import EVENT, ROOM, SESSION, SLOT
from portal.events.models import Event, EventRole, ProgrammeSession, Room, SessionStatus, Slot
from portal.events.policies import Permission
from portal.events.services import editing
from portal.ground import audit, clock
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.ground.facts import announce
from portal.ground.memo import forget
from portal.questions.services import copy_set
from portal.words import moments
from portal.words.fields import FieldSet
from portal.words.i18n import LazyString, _l, formats
from portal.words.slugs import again_when_taken, free_slug

Part = TypeVar("Part", Room, Slot, ProgrammeSession)
MOST_COPIES = 20


@again_when_taken
def copy_event(event: Event, *, days: Sequence[dt.date], by: Person | Portal) -> list[Event]:
    """Drafts of the same event that begin on these days: its texts in all languages, rooms, slots, the sessions that take
    place, its team, what it asks and for whom it keeps places. All keep their wall times; registration opens and closes, and
    kept places are opened to everybody, as many days before.

    All or none: refuses no day and more than `MOST_COPIES`, one day twice, one that is over, and an hour that does not
    exist on it, each with the day that it is about.
    """
    with transaction():
        number = editing.locked_event(event.id).id
        event = queries.find(number) or event
        demand(Permission.COPY, event, by=by)
        _check(event, days)
        return [_copy(event, day, by) for day in days]


def _check(event: Event, days: Sequence[dt.date]) -> None:
    refused = []
    if not days:
        refused.append(Refusal(_l("Enter at least one day."), field="days"))
    if len(days) > MOST_COPIES:
        refused.append(
            Refusal(_l("At most 20 copies can be made at once. Leave some days for the next time."), field="days")
        )
    today = clock.today(event.timezone)
    for day in sorted(set(days)):
        if days.count(day) > 1:
            refused.append(_about(day, _l("This day is in the list twice.")))
        if day < today:
            refused.append(_about(day, _l("This day is over. Choose one that is still to come.")))
    editing.raise_all(refused)


def _about(day: dt.date, reason: LazyString) -> Refusal:
    """A refusal that names the day: several may have one."""
    return Refusal(_l("%(day)s: %(reason)s", day=LazyString(formats.date, day), reason=reason), field="days")


def _copy(event: Event, day: dt.date, by: Person | Portal) -> Event:
    """One draft. A session of a slot stays in the copy of that slot, and a room is the copy of its room."""
    days = day - event.first_day
    made = Event(
        slug=free_slug(event.title.source, Event.slug, fallback="event"), network_id=event.network_id,
        organisation_id=event.organisation_id, question_set_id=copy_set(event.question_set_id), role_days=event.role_days,
        **_values(event, EVENT),
    )  # fmt: skip
    rows: list[Event | Slot | ProgrammeSession] = [made]
    db.session.add(made)
    db.session.flush()
    rooms = {one.id: _part(one, ROOM, made, position=one.position) for one in queries.rooms(event.id)}
    slots = {one.id: _part(one, SLOT, made) for one in queries.slots(event.id)}
    db.session.flush()
    taking_place = [one for one in queries.sessions(event.id) if one.status == SessionStatus.SCHEDULED]
    sessions = [_part(one, SESSION, made) for one in taking_place]
    for one in sessions:
        one.room_id = rooms[one.room_id].id if one.room_id else None
        one.slot_id = slots[one.slot_id].id if one.slot_id else None
    rows += [*slots.values(), *sessions]
    _move(rows, made, days, day)
    db.session.flush()
    announce(EventChanged(made.id, None, editing.frame(made)))
    for session in sessions:
        announce(SessionChanged(made.id, session.id, None, editing.placement(session)))
    copied = {one.id: session.id for one, session in zip(taking_place, sessions, strict=True)}
    announce(EventCopied(event.id, made.id, day, days.days, copied))
    _copy_team(event, made, by)
    audit.record("event.copied", made, detail={"from": event.id, "day": day.isoformat()}, actor=by)
    return made


def _values(row: object, fields: FieldSet) -> dict[str, object]:
    return {name: getattr(row, name) for name in fields.columns}


def _part(row: Part, fields: FieldSet, made: Event, **more: object) -> Part:
    """The same room, slot or session, of the new event."""
    part = type(row)(event_id=made.id, **_values(row, fields), **more)
    db.session.add(part)
    return part


def _move(rows: Sequence[Event | Slot | ProgrammeSession], made: Event, days: dt.timedelta, day: dt.date) -> None:
    for row in rows:
        row.starts_at = moved_to(day, row.starts_at, days, made.timezone)
        row.ends_at = moved_to(day, row.ends_at, days, made.timezone)
    for name in ("registration_opens_at", "registration_closes_at"):
        if (moment := getattr(made, name)) is not None:
            setattr(made, name, moved_to(day, moment, days, made.timezone))


def moved_to(day: dt.date, moment: dt.datetime, days: dt.timedelta, zone: str) -> dt.datetime:
    """The same wall time so many days later, in the copy that begins on this day. Raises Refusal for an hour that does not
    exist then."""
    try:
        return editing.moved(moment, days, zone)
    except ValueError:
        raise _about(day, moments.GAP) from None


def _copy_team(event: Event, made: Event, by: Person | Portal) -> None:
    """Whoever has a role there has it here. Nobody is written to: the copy stands in the list of their events."""
    still = sa.select(EventRole.person_id, EventRole.role).where(EventRole.event_id == event.id, EventRole.is_open)
    for person_id, role in db.session.execute(still.order_by(EventRole.id)).all():
        db.session.add(EventRole(
            event_id=made.id, person_id=person_id, role=role, granted_by=by.id, granted_at=clock.now()
        ))  # fmt: skip
    db.session.flush()
    forget()

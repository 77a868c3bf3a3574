"""Postponing an event: one act, in which its dates, slots and sessions move together and keep their hours."""

import datetime as dt
from typing import TypeVar

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events.facts import EventPostponed
from portal.events.models import Event, EventStatus, ProgrammeSession, Slot
from portal.events.policies import Permission
from portal.events.services import editing
from portal.ground import audit, clock
from portal.ground.authz import Portal
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.facts import announce
from portal.words import moments
from portal.words.i18n import _l

Part = TypeVar("Part", Slot, ProgrammeSession)
FARTHEST = dt.timedelta(days=3660)  # how far an event moves at most


def postpone_event(event: Event, *, version: int, day: dt.date, agreed: str = "", by: Person | Portal) -> None:
    """Let an event begin on another day, later or earlier, and everything in it with it: all keep their wall times.

    The deadline of registration moves along, its opening while it is still to come. Refuses an event that has begun, a day
    that is over, an hour that does not exist on the new day and, until `agreed` (a Telling) says whether they are told, what
    reaches people who have registered.
    """
    with transaction():
        event = editing.editable_event(event.id, by=by, permission=Permission.EDIT)
        check_version(event, version, {"day": event.first_day})
        days = _days(event, day)
        old = editing.frame(event)
        sessions = _move(event, days)
        if event.starts_at <= clock.now():
            raise Refusal(_l("This day is over. Choose one that is still to come."), field="day")
        if event.status == EventStatus.PUBLISHED:
            quiet = agreed == editing.Telling.QUIET
            fact = EventPostponed(event.id, old, editing.frame(event), days.days, quiet)
            editing.consent(fact, agreed)
            event.sequence += 1
            for session in sessions:
                session.sequence += 1
            db.session.flush()
            announce(fact)
        editing.reindex(event)
        audit.record("event.postponed", event, detail={"days": days.days}, actor=by)


def _days(event: Event, day: dt.date) -> dt.timedelta:
    if event.starts_at <= clock.now():
        raise Conflict(_l("The event has begun, so it can no longer be postponed."))
    days = day - event.first_day
    if not days:
        raise Refusal(_l("The event begins on this day already. Choose another one."), field="day")
    if abs(days) > FARTHEST:
        raise Refusal(_l("Choose a day within ten years."), field="day")
    return days


def _move(event: Event, days: dt.timedelta) -> list[ProgrammeSession]:
    """Move everything; returns the sessions, in the order of their ids, which is the order of locks."""

    def moved(moment: dt.datetime) -> dt.datetime:
        try:
            return editing.moved(moment, days, event.timezone)
        except ValueError:
            raise Refusal(moments.GAP, field="day") from None

    slots, sessions = _rows(Slot, event), _rows(ProgrammeSession, event)
    rows: list[Event | Slot | ProgrammeSession] = [event, *slots, *sessions]
    for row in rows:
        row.starts_at, row.ends_at = moved(row.starts_at), moved(row.ends_at)
    opens, closes = event.registration_opens_at, event.registration_closes_at
    if closes is not None:
        event.registration_closes_at = moved(closes)
    if opens is not None and opens > clock.now():
        event.registration_opens_at = moved(opens)
    return sessions


def _rows(model: type[Part], event: Event) -> list[Part]:
    query = sa.select(model).where(model.event_id == event.id).order_by(model.id).with_for_update()
    return list(db.session.scalars(query.execution_options(populate_existing=True)))

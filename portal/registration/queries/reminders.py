"""Reads of reminders: who is to be reminded now, and how many have been."""

import datetime as dt

import sqlalchemy as sa

from portal.events.models import Event, EventStatus
from portal.ground import clock
from portal.ground.db import db
from portal.registration.models import Registration, RegistrationStatus, ReminderSent

FARTHEST = dt.timedelta(days=31)  # before the start, beyond every reminder


def events_soon(*conditions: sa.ColumnElement[bool]) -> list[int]:
    """The public events that begin soon and for which these hold."""
    now = clock.now()
    soon = (Event.status == EventStatus.PUBLISHED, Event.starts_at > now, Event.starts_at < now + FARTHEST)
    return list(db.session.scalars(sa.select(Event.id).where(*soon, *conditions).order_by(Event.id)))


def events_with_reminders() -> list[int]:
    """The events that begin soon and remind people."""
    return events_soon(Event.reminder_days != "")


def to_remind(event_id: int, days: int, at: dt.datetime) -> list[int]:
    """Whoever has a place, had registered by that instant, and has not got this reminder."""
    query = (
        sa.select(Registration.id)
        .outerjoin(
            ReminderSent, sa.and_(ReminderSent.registration_id == Registration.id, ReminderSent.days == days)
        )
        .where(
            Registration.event_id == event_id, Registration.status == RegistrationStatus.CONFIRMED,
            Registration.confirmed_at <= at, ReminderSent.days.is_(None),
        )
        .order_by(Registration.id)
    )  # fmt: skip
    return list(db.session.scalars(query))


def reminded(event_id: int) -> dict[int, int]:
    """How many people have got each reminder of an event, by the days before its start."""
    query = (
        sa.select(ReminderSent.days, sa.func.count())
        .join(Registration, Registration.id == ReminderSent.registration_id)
        .where(Registration.event_id == event_id)
        .group_by(ReminderSent.days)
    )
    return {row[0]: int(row[1]) for row in db.session.execute(query)}

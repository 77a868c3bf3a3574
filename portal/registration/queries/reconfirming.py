"""Reads of who has been asked whether they come, and of what they have said."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import db
from portal.registration.coming_days import days_of, read
from portal.registration.models import PARTICIPANT, Need, Registration, RegistrationStatus
from portal.registration.queries.reminders import events_soon

CONFIRMED = RegistrationStatus.CONFIRMED
SILENT = sa.and_(Registration.reconfirm_asked_at.is_not(None), Registration.reconfirmed_at.is_(None))
COMES = Registration.reconfirmed_at.is_not(None)
COMES_ON_SOME_DAYS = sa.and_(COMES, Registration.coming_days != "")
# Whose place never goes on without their word: the team counts on them, arranges something for them, or has to call them.
KEPT = sa.or_(
    Registration.role != PARTICIPANT,
    Registration.email == "",
    sa.exists().where(Need.registration_id == Registration.id).correlate(Registration),
)


def events_that_ask() -> list[int]:
    """The events that begin soon and ask people whether they come."""
    return events_soon(Event.reconfirm_days.is_not(None))


def to_ask(event_id: int, at: dt.datetime) -> list[int]:
    """Whoever has a place, had registered by that instant, and has not been asked."""
    return _numbers(event_id, Registration.confirmed_at <= at, Registration.reconfirm_asked_at.is_(None))


def to_ask_again(event_id: int, at: dt.datetime) -> list[int]:
    """Whoever was asked before that instant and has not answered."""
    return _numbers(
        event_id, SILENT, Registration.reconfirm_asked_at < at, Registration.reconfirm_reminded_at.is_(None)
    )


def to_release(event_id: int) -> list[int]:
    """Whoever has not answered, and whose place goes on now."""
    return _numbers(event_id, SILENT, Registration.release_at <= clock.now())


def _numbers(event_id: int, *conditions: sa.ColumnElement[bool]) -> list[int]:
    query = sa.select(Registration.id).where(
        Registration.event_id == event_id, Registration.status == CONFIRMED, *conditions
    )
    return list(db.session.scalars(query.order_by(Registration.id)))


def keeps_place(registration_id: int) -> bool:
    """Does this place stay also without an answer?"""
    return bool(db.session.scalar(sa.select(Registration.id).where(Registration.id == registration_id, KEPT)))


@dataclass(frozen=True, slots=True)
class Answers:
    """How many people of an event who were asked come, `some_days` of them only on some days, have not answered, cannot come,
    and have lost their place."""

    come: int
    some_days: int
    silent: int
    cancelled: int
    released: int


def answers_to_asking(event_id: int) -> Answers:
    """Counted now, in one statement."""

    def count(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.count(sa.case((sa.and_(*conditions), 1)))

    status = Registration.status
    row = db.session.execute(
        sa.select(
            count(status == CONFIRMED, COMES), count(status == CONFIRMED, COMES_ON_SOME_DAYS),
            count(status == CONFIRMED, SILENT),
            count(status == RegistrationStatus.CANCELLED), count(status == RegistrationStatus.EXPIRED),
        ).where(Registration.event_id == event_id, Registration.reconfirm_asked_at.is_not(None))
    ).one()  # fmt: skip
    return Answers(*row)


def coming_by_day(event: Event) -> Mapping[dt.date, int]:
    """Of those who have said that they come, how many come on each day of an event of several."""
    days = dict.fromkeys(days_of(event), 0)
    rows = db.session.execute(
        sa.select(Registration.coming_days, sa.func.count())
        .where(Registration.event_id == event.id, Registration.status == CONFIRMED, COMES)
        .group_by(Registration.coming_days)
    )
    for said, number in rows:
        for day in read(said) or days:
            if day in days:
                days[day] += number
    return days

"""Noting whom a change of the programme reaches; `digesting` tells them when the quiet period is over."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.ground import clock, jobs
from portal.ground.db import after_commit, transaction
from portal.ground.statements import changed_rows
from portal.registration.models import Notice, Registration
from portal.registration.notices import LONGEST, Known, due

JOB = "notices"


def note(
    session: Session, people: Collection[int], was: Known, now_is: Known | None, *, session_id: int | None = None,
    reason: str = "", days: int = 0,
) -> None:  # fmt: skip
    """These registrations are to be told that a session (None: the event) was so and is now so (None: does not take place).

    What people knew before the first change that they are not told of yet stays what they knew: a change that comes back to
    it is forgotten. Each change puts off everything that the same person is to be told (see `notices.due`).
    """
    if not people:
        return
    theirs = _notices(session, people)
    starts_at = min(was.starts_at, now_is.starts_at) if now_is else was.starts_at
    is_near = False
    for person in sorted(people):
        here = next((one for one in theirs.get(person, ()) if one.session_id == session_id), None)
        if here is None:
            here = Notice(registration_id=person, session_id=session_id, reason="")
            _begin(here, was)
            theirs.setdefault(person, []).append(here)
            session.add(here)
        elif here.told_at is not None:
            _begin(here, was)
        here.reason, here.days = reason, here.days + days
        if Known.of_notice(here) == now_is:
            session.delete(here)
            theirs[person].remove(here)
        is_near = _put_off(theirs[person], starts_at) or is_near
    session.flush()
    if is_near:
        after_commit(lambda: jobs.wake(JOB))


def _notices(session: Session, people: Collection[int]) -> dict[int, list[Notice]]:
    found: dict[int, list[Notice]] = {}
    rows = sa.select(Notice).where(Notice.registration_id.in_(people)).order_by(Notice.id)
    for one in session.scalars(rows.execution_options(populate_existing=True)):
        found.setdefault(one.registration_id, []).append(one)
    return found


def _begin(notice: Notice, was: Known) -> None:
    notice.starts_at, notice.ends_at, notice.room_id = was.starts_at, was.ends_at, was.room_id
    notice.place, notice.online = was.place, was.online
    notice.noted_at, notice.due_at, notice.told_at, notice.days = clock.now(), clock.now() + LONGEST, None, 0


def _put_off(theirs: Sequence[Notice], starts_at: dt.datetime) -> bool:
    """Everything that somebody is to be told is told together; says whether that is at once."""
    now = clock.now()
    untold = [one for one in theirs if one.told_at is None]
    if not untold:
        return False
    until = due(now, min(one.noted_at for one in untold), starts_at)
    for one in untold:
        one.due_at = until if one.due_at > now else one.due_at
    return until <= now


def forget_told_otherwise(session: Session, people: Collection[int], session_id: int | None) -> None:
    """A mail of its own has told these what a session (None: the event) is now."""
    if people:
        here = Notice.session_id.is_(None) if session_id is None else Notice.session_id == session_id
        session.execute(sa.delete(Notice).where(Notice.registration_id.in_(people), here))


def forget_of_event(session: Session, event_id: int) -> None:
    """Nothing of what has changed matters any more: the event does not take place."""
    of_event = sa.select(Registration.id).where(Registration.event_id == event_id)
    session.execute(sa.delete(Notice).where(Notice.registration_id.in_(of_event)))


def forget_notices() -> int:
    """Delete what people were told, or not, of events that are over."""
    over = sa.select(Registration.id).join(Event, Event.id == Registration.event_id).where(Event.ends_at <= clock.now())
    with transaction() as session:
        return changed_rows(session, sa.delete(Notice).where(Notice.registration_id.in_(over)))

"""Tasks by number, of a person, and what is to be done next."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.db import db
from portal.tasks.models import OPEN, Task, TaskState

LISTED = 200


def task(number: int) -> Task | None:
    """One task."""
    return db.session.get(Task, number)


def tasks_of(person: Person, limit: int = LISTED) -> Sequence[Task]:
    """What a person has started and is still remembered, the latest first."""
    return db.session.scalars(
        sa.select(Task).where(Task.owner_id == person.id).order_by(Task.id.desc()).limit(limit)
    ).all()


def open_tasks_of(person: Person) -> Sequence[Task]:
    """What a person has started and is not done yet, the latest first."""
    return db.session.scalars(
        sa.select(Task).where(Task.owner_id == person.id, Task.state.in_(OPEN)).order_by(Task.id.desc()).limit(LISTED)
    ).all()


def due(longest_lease: dt.timedelta) -> sa.Select[int]:
    """The number of the task that waits longest for somebody to do it.

    A lease that ends later than one can (`longest_lease`) was written before the clock was set back: nobody holds it.
    """
    now = clock.now()
    left = sa.or_(Task.lease_until.is_(None), Task.lease_until <= now, Task.lease_until > now + longest_lease)
    free = sa.or_(Task.state == TaskState.QUEUED, sa.and_(Task.state == TaskState.RUNNING, left))
    return sa.select(Task.id).where(free).order_by(Task.lease_until.asc().nulls_first(), Task.id).limit(1)

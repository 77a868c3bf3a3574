"""Asking for long work, taking the wish back, and forgetting what has ended long ago."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.declaration import task_kind
from portal.ground import clock, jobs
from portal.ground.authz import Portal, demand
from portal.ground.db import after_commit, db, transaction
from portal.ground.locks import locked
from portal.ground.statements import changed_rows
from portal.ground.states import begin, change_state
from portal.tasks.models import Task, TaskState
from portal.tasks.policies import Permission
from portal.tasks.services.states import TASKS

KEPT = dt.timedelta(days=30)  # how long an ended task can be looked at


def start(kind: str, *, arguments: Mapping[str, object], by: Person | Portal) -> Task:
    """Have work of a declared kind done soon, for `by`, who can watch it; `arguments` are JSON and name nobody.

    Inside a transaction it belongs to that one: no work without what caused it. Raises LookupError for a kind that no
    feature declares.
    """
    if task_kind(kind) is None:
        raise LookupError(f"No feature declares the task {kind}")
    with transaction() as session:
        task = Task(kind=kind, arguments=dict(arguments), owner_id=by.id)
        session.add(task)
        session.flush()
        begin(TASKS, task, by=by)
        after_commit(_wake)
        return task


def cancel(task: Task, *, by: Person | Portal) -> None:
    """Do no more of it: what is done stays done. Raises Conflict when it has ended already."""
    with transaction():
        row = locked(Task, task.id)
        demand(Permission.CANCEL, row, by=by)
        change_state(TASKS, row, TaskState.CANCELLED, by=by)


def remove_old() -> int:
    """Delete tasks that have ended long ago; returns how many."""
    with transaction():
        return changed_rows(db.session, sa.delete(Task).where(Task.ended_at < clock.now() - KEPT))


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """Two people are one: what one has started is the other's (inside a transaction)."""
    db.session.execute(sa.update(Task).where(Task.owner_id == gone_id).values(owner_id=kept_id))


def _wake() -> None:
    jobs.wake("tasks")

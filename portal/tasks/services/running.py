"""Doing long work: any number of runners, each item once, whatever dies in the middle.

A runner takes a task by writing its own name and an end on the row (the lease). It goes on in steps: each is one
transaction that locks the row, finds its own name on it still, does a few items, moves `done` and prolongs the lease. So a
runner that was killed has done all of a step or nothing of it, and another takes the task up when the lease has ended; one
that was only slow finds a name that is not its own, and leaves.
"""

import datetime as dt
import logging
import secrets
import time
from dataclasses import dataclass

from sqlalchemy.exc import InterfaceError, OperationalError

from portal.declaration import TaskKind, task_kind
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Busy, TookTooLong, Unreadable
from portal.ground.locks import locked_if_there
from portal.ground.states import change_state
from portal.tasks import queries
from portal.tasks.models import Task, TaskState
from portal.tasks.services.states import TASKS

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=1)  # a runner that says nothing for so long is dead
SWEEP = 45.0  # seconds that one call works: the next one follows within the minute
TURN = 5.0  # seconds after which a task lets others have their turn
TRIES = 5  # so often in a row a task is taken up without getting on
STUCK, UNKNOWN = "stuck", "unknown"  # why the portal gives up, beside the reasons of each kind


class CannotGoOn(Exception):
    """The whole task is in vain; `code` is one of the reasons of its kind."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


AWAY = (Busy, TookTooLong, Unreadable, OperationalError, InterfaceError, CannotGoOn)  # of the whole, not of one item


@dataclass(frozen=True, slots=True)
class Lease:
    """A task in the hands of this runner."""

    number: int
    name: str
    kind: TaskKind


def run_due() -> int:
    """Work on what waits until nothing does or the minute is nearly over; returns how many steps were taken."""
    steps, end = 0, time.monotonic() + SWEEP
    while time.monotonic() < end and (lease := take()) is not None:
        steps += _turn(lease)
    return steps


def run_at_once(task: Task) -> None:
    """Do all of a task here and now, in the transaction that has made it: the demo begins with what is done already."""
    lease = _taken(task.id)
    while lease is not None and step(lease):
        pass


def take() -> Lease | None:
    """Take the task that waits longest; None when nothing waits that nobody else has taken.

    One that nobody knows how to do, or that was taken up again and again without getting on, has failed.
    """
    while db.session.scalar(queries.due(LEASE)) is not None:
        with transaction() as session:
            number = session.scalar(queries.due(LEASE).with_for_update(skip_locked=True))
            if number is None:
                return None
            if (lease := _taken(number)) is not None:
                return lease
    db.session.rollback()
    return None


def _taken(number: int) -> Lease | None:
    task = locked_if_there(Task, number)
    assert task is not None
    kind = task_kind(task.kind)
    if kind is None or task.tries >= TRIES:
        _give_up(task, UNKNOWN if kind is None else STUCK)
        return None
    task.tries += 1
    task.lease, task.lease_until = secrets.token_hex(16), clock.now() + LEASE
    if task.state == TaskState.QUEUED:
        change_state(TASKS, task, TaskState.RUNNING, by=PORTAL)
    return Lease(number, task.lease, kind)


def _turn(lease: Lease) -> int:
    """Go on with a task for a while; returns how many steps. What breaks it leaves it to the next one who takes it."""
    steps, end = 0, time.monotonic() + TURN
    try:
        while step(lease):
            steps += 1
            if time.monotonic() > end:
                _let_go(lease)
                break
    except Exception:
        db.session.rollback()
        log.exception("a task stopped", extra={"task": lease.number, "kind": lease.kind.name})
    return steps


def step(lease: Lease) -> bool:
    """Do the next few items; False when there is nothing more for this runner to do."""
    try:
        with transaction():
            task = _held(lease)
            return task is not None and _go_on(task, lease.kind)
    except CannotGoOn as reason:
        with transaction():
            if (task := _held(lease)) is not None:
                _give_up(task, reason.code)
        return False


def _held(lease: Lease) -> Task | None:
    """The task under lock, unless it has ended meanwhile or somebody else has taken it."""
    task = locked_if_there(Task, lease.number)
    return task if task is not None and task.lease == lease.name and task.state == TaskState.RUNNING else None


def _go_on(task: Task, kind: TaskKind) -> bool:
    arguments = task.arguments
    if not task.total:
        task.total = kind.total(arguments)
    items = kind.following(arguments, task.position, kind.batch)
    failed = sum(not _do(kind, task, item) for item in items)
    if items:  # all of them or none: they are one transaction, and so is what is noted of them
        task.position, task.done, task.failed = items[-1], task.done + len(items), task.failed + failed
        task.total = max(task.total, task.done)
    task.tries, task.lease_until = 0, clock.now() + LEASE
    if not items:
        task.total = task.done  # some were there when it was counted, and left before their turn
        change_state(TASKS, task, TaskState.DONE, by=PORTAL)
    return bool(items)


def _do(kind: TaskKind, task: Task, item: int) -> bool:
    """Do one item; what it raises is its own affair, unless what every item needs is away, or all is in vain."""
    try:
        with transaction():
            kind.work(task.arguments, item)
    except AWAY:
        raise
    except Exception:
        log.exception("an item of a task failed", extra={"task": task.id, "kind": kind.name, "item": item})
        with transaction():
            kind.spoilt(task.arguments, item)
        return False
    return True


def _let_go(lease: Lease) -> None:
    with transaction():
        if (task := _held(lease)) is not None:
            task.lease_until = clock.now()


def _give_up(task: Task, code: str) -> None:
    task.error = code
    change_state(TASKS, task, TaskState.FAILED, by=PORTAL)

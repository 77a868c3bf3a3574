"""The states of a task: it waits, it runs, and it ends in one of three ways."""

import logging

from portal.accounts.models import Person
from portal.declaration import task_kind
from portal.ground import states
from portal.ground.db import transaction
from portal.ground.states import START
from portal.tasks import policies
from portal.tasks.models import Task, TaskState
from portal.words.i18n import _l

log = logging.getLogger(__name__)

S = TaskState
Side = states.Side[Person, Task]
Step = states.Step[Person, Task]
Move = states.Move[Person, Task]

OWNER = Side("whoever started it", policies.is_own)
WORKER = Side("the worker", lambda by, task: False, itself=True)


def _began(move: Move) -> None:
    move.row.started_at = move.at


def _ended(move: Move) -> None:
    """Nobody holds it any more, and its kind is told how it ended."""
    task, kind = move.row, task_kind(move.row.kind)
    task.ended_at, task.lease, task.lease_until = move.at, "", None
    if kind is None:
        return
    try:
        with transaction():
            task.result = dict(kind.ended(task.arguments, move.to))
    except Exception:
        if move.to != S.FAILED:  # it can be tried again, or the owner is told
            raise
        log.exception("a task failed, and so did its end", extra={"task": task.id, "kind": task.kind})


ENDED = [_ended]

TASKS = states.States(
    Task, "state", TaskState, "task_state",
    steps=(
        Step(START, S.QUEUED, OWNER),
        Step(S.QUEUED, S.RUNNING, WORKER, effects=[_began]),
        Step(S.RUNNING, S.DONE, WORKER, effects=ENDED),
        Step(S.QUEUED, S.FAILED, WORKER, effects=ENDED),
        Step(S.RUNNING, S.FAILED, WORKER, effects=ENDED),
        Step(S.QUEUED, S.CANCELLED, OWNER, "task.cancelled", effects=ENDED),
        Step(S.RUNNING, S.CANCELLED, OWNER, "task.cancelled", effects=ENDED),
    ),
    otherwise=_l("This has come to its end already. The page shows how."),
)  # fmt: skip

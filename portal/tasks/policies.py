"""Who may know of a task: whoever has started it, and nobody else."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights
from portal.tasks.models import Task


class Permission(StrEnum):
    SEE = "tasks:see"
    CANCEL = "tasks:cancel"


def is_own(person: Person | None, task: Task) -> bool:
    return person is not None and person.id == task.owner_id


RULES: Rules = {Permission.SEE: is_own, Permission.CANCEL: is_own}

SIGHTS: Sights = {Task: AfterSignIn(Permission.SEE)}  # who was signed out while it ran comes back to it

"""Tasks for tests."""

from portal.accounts.models import Person
from portal.ground.db import transaction
from portal.tasks.models import Task


def make_task(owner: Person | None, kind: str = "example") -> Task:
    """A task that nobody has begun, of a kind that the portal need not know."""
    with transaction() as session:
        task = Task(kind=kind, arguments={}, owner_id=owner.id if owner else None)
        session.add(task)
    return task

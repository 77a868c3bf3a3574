"""Who may know of a task and stop it."""

from portal.tasks.policies import Permission
from tests.factories.people import make_administrator, make_person
from tests.factories.tasks import make_task
from tests.support.permissions import SIGNED_IN, Routes, Row, Situation

ROWS = [
    Row(Permission.SEE, "task", {"owner"}),
    Row(Permission.CANCEL, "task", {"owner"}),
    Row(Permission.SEE, "task of the portal", set()),
]

ROUTES: Routes = {
    "tasks.show": Permission.SEE,
    "tasks.cancel": Permission.CANCEL,
    "tasks.mine": SIGNED_IN,
}


def situation(state: str) -> Situation:
    owner = make_person()
    task = make_task(owner if state == "task" else None)
    return Situation(task, {"owner": owner, "registered": make_person(), "administrator": make_administrator()})

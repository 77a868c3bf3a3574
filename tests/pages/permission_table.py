"""Who may say who runs the portal."""

from portal.pages.policies import Permission
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Row, Situation

ROWS = [Row(Permission.EDIT_OPERATOR, "nothing", {"administrator"})]


def situation(state: str) -> Situation:
    return Situation(None, {"administrator": make_administrator(), "registered": make_person()})

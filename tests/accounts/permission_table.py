"""Who may do what with the portal team."""

from portal.accounts.policies import Permission
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Row, Situation

ROWS = [Row(Permission.MANAGE_TEAM, "any", {"administrator"})]


def situation(state: str) -> Situation:
    return Situation(None, {"registered": make_person(), "administrator": make_administrator()})

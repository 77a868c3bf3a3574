"""Who may do what with the portal team, and with the data of a person."""

from portal.accounts.policies import Permission
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Row, Situation

ROWS = [
    Row(Permission.MANAGE_TEAM, "any", {"administrator"}),
    Row(Permission.OWN, "registered", {"registered"}),
]


def situation(state: str) -> Situation:
    people = {"registered": make_person(), "other": make_person(), "administrator": make_administrator()}
    return Situation(people.get(state), people)

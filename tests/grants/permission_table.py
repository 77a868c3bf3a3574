"""Who may do what with micro-grants."""

from portal.grants import services
from portal.grants.policies import Permission
from portal.ground.authz import PORTAL
from tests.factories.grants import fresh_operator, make_operator
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Routes, Row, Situation

TEAM = {"administrator"}
ROWS = [
    Row(Permission.SEE_OPERATORS, "open operator", {*TEAM, "own administrator"}),
    Row(Permission.NAME_OPERATOR, "published", TEAM),
    Row(Permission.NAME_OPERATOR, "draft", set()),
    Row(Permission.END_OPERATOR, "open operator", {*TEAM, "own administrator"}),
    Row(Permission.END_OPERATOR, "ended operator", set()),
]

# Every route and who gets in.
ROUTES: Routes = {
    "grants.end_operator": Permission.END_OPERATOR,
    "grants.index_of_operators": Permission.SEE_OPERATORS,
    "grants.name_operator": Permission.NAME_OPERATOR,
}


def situation(state: str) -> Situation:
    """An organisation, or the row by which it is an operator, with those who stand around it."""
    owner, own = make_person(), make_administrator()
    organisation = make_organisation(owner, status="draft" if state == "draft" else "published")
    people = {
        "owner": owner,
        "editor": make_member(organisation, "editor"),
        "own administrator": make_member(organisation, "author", own),
        "administrator": make_administrator(),
        "stranger": make_person(),
    }
    if not state.endswith("operator"):
        return Situation(organisation, people)
    operator = make_operator(of=organisation)
    if state == "ended operator":
        services.end_operator(operator, by=PORTAL)
    return Situation(fresh_operator(operator), people)

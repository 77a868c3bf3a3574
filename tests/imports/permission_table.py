"""Who may bring in lists, and who may know of one."""

from portal.imports.policies import Permission
from tests.factories.imports import make_batch
from tests.factories.networks import make_network
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Routes, Row, Situation

P = Permission
ROWS = [
    Row(P.BRING, "nothing", {"coordinator", "other coordinator", "administrator"}),
    Row(P.SEE, "own list", {"coordinator", "administrator"}),
    Row(P.CARRY_OUT, "own list", {"coordinator", "administrator"}),
    Row(P.SEE, "list of the portal", {"administrator"}),
    Row(P.CARRY_OUT, "list of the portal", {"administrator"}),
]

ROUTES: Routes = {
    "imports.index": P.BRING,
    "imports.show": P.SEE,
    "imports.report": P.SEE,
    "imports.columns": P.CARRY_OUT,
    "imports.start": P.CARRY_OUT,
    "imports.discard": P.CARRY_OUT,
    "imports.undo": P.CARRY_OUT,
}


def situation(state: str) -> Situation:
    coordinator, other = make_person(), make_person()
    make_network("Sieć", coordinators=(coordinator,))
    make_network("Inna sieć", coordinators=(other,))
    people = {
        "coordinator": coordinator,
        "other coordinator": other,
        "owner": make_member(make_organisation(), "editor"),
        "registered": make_person(),
        "administrator": make_administrator(),
    }
    if state == "nothing":
        return Situation(None, people)
    return Situation(make_batch(by=coordinator) if state == "own list" else make_batch(), people)

"""Who may do what with the documents of an organisation."""

from portal.documents.policies import Permission
from portal.organisations.models import Visibility
from tests.factories.documents import make_document
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Routes, Row, Situation

OWN = {"owner", "editor", "author", "translator", "representative"}
EVERYBODY = {*OWN, "visitor", "registered", "administrator", "member", "coordinator"}
STATES = ("draft", "pending", "published", "hidden", "suspended", "closed")
SEES = {
    Visibility.PUBLIC: EVERYBODY,
    Visibility.REGISTERED: EVERYBODY - {"visitor"},
    Visibility.NETWORK: {*OWN, "member", "coordinator"},
    Visibility.COORDINATORS: {*OWN, "coordinator"},
    Visibility.PRIVATE: OWN,
}

ROWS = [
    *(Row(Permission.READ, str(seen), who) for seen, who in SEES.items()),
    Row(Permission.READ, "hidden", {*OWN, "administrator"}),
    Row(Permission.READ, "closed", EVERYBODY - {"member", "coordinator"}),
    *(Row(Permission.MANAGE, f"profile {state}", {"owner", "editor"}) for state in STATES),
    *(Row(Permission.CHANGE, str(seen), {"owner", "editor"}) for seen in Visibility),
    Row(Permission.CHANGE, "hidden", {"owner", "editor"}),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "documents.edit": Permission.CHANGE,
    "documents.new": Permission.MANAGE,
    "documents.of_organisation": Permission.MANAGE,
    "documents.read": Permission.READ,
    "documents.remove": Permission.CHANGE,
}


def situation(state: str) -> Situation:
    """A profile in a state, or a document with a visibility; a member and the coordinator of one of its networks."""
    owner, coordinator = make_person("Olga Właścicielska"), make_person("Koordynacja")
    status = state.removeprefix("profile ") if state.removeprefix("profile ") in STATES else "published"
    organisation = make_organisation(owner, status="published" if state in SEES else status)
    people = {
        "owner": owner, "coordinator": coordinator, "member": make_person("Członek Sieci"),
        "administrator": make_administrator(), "registered": make_person("Ktoś Inny"),
        **{role: make_member(organisation, role) for role in OWN - {"owner"}},
    }  # fmt: skip
    if state in SEES:
        network = make_network(coordinators=(coordinator,))
        make_application(network, owner=owner, organisation=organisation, status="active")
        other = make_organisation(people["member"])
        make_application(network, owner=people["member"], organisation=other, status="active")
    else:
        del people["coordinator"], people["member"]
    if state.startswith("profile "):
        return Situation(fresh(organisation), people)
    seen = state if state in SEES else "public"
    return Situation(make_document(fresh(organisation), owner, visibility=seen), people)

"""Who follows up a profile that nobody confirms, and who answers for it."""

from portal.freshness.mails import CONFIRMATION
from portal.freshness.policies import Permission
from tests.factories.freshness import asked_request
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Routes, Row, Situation, link

P = Permission

ROWS = [
    Row(P.SEE_LIST, "nothing", {"coordinator", "coordinating owner", "other coordinator", "administrator"}),
    Row(P.FOLLOW_UP, "published", {"coordinator", "administrator"}),
    Row(P.FOLLOW_UP, "closed", set()),
    Row(P.PROPOSE_CLOSING, "published", {"coordinator", "administrator"}),
    Row(P.PROPOSE_CLOSING, "closed", set()),
    Row(P.ANSWER, "asked", {"coordinating owner"}),
]

ROUTES: Routes = {
    "freshness.case": P.FOLLOW_UP,
    "freshness.confirm": link(CONFIRMATION),
    "freshness.unconfirmed": P.SEE_LIST,
}


def situation(state: str) -> Situation:
    owner, coordinator, other = make_person("Olga Obojna"), make_person("Kosma Sieciowy"), make_person("Inna Sieciowa")
    organisation = make_organisation(owner)
    network = make_network(coordinators=(coordinator, owner))
    make_network("Inna Sieć", coordinators=(other,))
    make_application(network, organisation, owner, status="active")
    people = {
        "coordinating owner": owner, "coordinator": coordinator, "other coordinator": other,
        "registered": make_person("Ktoś Inny"), "administrator": make_administrator(),
        "editor": make_member(organisation, "editor"), "author": make_member(organisation, "author"),
    }  # fmt: skip
    obj: object = None
    if state == "closed":
        from portal.ground import clock
        from portal.organisations import services

        services.close(fresh(organisation), last_day=clock.today("Europe/Warsaw"), by=owner)
    if state == "asked":
        obj = asked_request(organisation, owner)
    elif state != "nothing":
        obj = fresh(organisation)
    return Situation(obj, people)

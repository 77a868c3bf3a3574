"""Who may write to many in the name of a network."""

from portal.messages.policies import Permission
from portal.messages.queries import place_of
from tests.factories.messages import make_message, make_sender
from tests.factories.networks import make_network
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Routes, Row, Situation

P = Permission
ROWS = [
    Row(P.WRITE, "sender", {"coordinator"}),
    Row(P.SEE, "message", {"coordinator"}),
    Row(P.EDIT, "message", {"coordinator"}),
    Row(P.SEND, "message", {"coordinator"}),
]

ROUTES: Routes = {
    "messages.index": P.WRITE,
    "messages.new": P.WRITE,
    "messages.show": P.SEE,
    "messages.edit": P.EDIT,
    "messages.delete": P.EDIT,
    "messages.send": P.SEND,
    "messages.test": P.SEND,
    "messages.stop": P.SEND,
    "messages.resume": P.SEND,
}


def situation(state: str) -> Situation:
    network, coordinator, (member, *_) = make_sender()
    other = make_person()
    make_network("Inna sieć", coordinators=(other,))
    message = make_message(network, coordinator)
    people = {
        "coordinator": coordinator,
        "member": member,
        "other coordinator": other,
        "registered": make_person(),
        "administrator": make_administrator(),
    }
    return Situation(place_of(message) if state == "sender" else message, people)

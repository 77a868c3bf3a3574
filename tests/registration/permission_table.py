"""Who may see who comes."""

from portal.events.models import EventStatus
from portal.registration.policies import Permission
from tests.factories.events import make_event
from tests.factories.networks import make_network
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Row, Situation

ROWS = [
    Row(Permission.PARTICIPANTS, state, {"coordinator", "administrator"})
    for state in ("draft", "published", "cancelled")
]


def situation(state: str) -> Situation:
    people = {
        "coordinator": make_person(), "coordinator of another network": make_person(),
        "administrator": make_administrator(), "registered": make_person(),
    }  # fmt: skip
    event = make_event(make_network(coordinators=(people["coordinator"],)), status=EventStatus(state))
    make_network(coordinators=(people["coordinator of another network"],))
    return Situation(event, people)

"""Who may see who comes."""

from portal.events.models import EventStatus
from portal.events.policies import Permission as Events
from portal.registration.policies import Permission
from tests.factories.events import make_event
from tests.factories.networks import make_network
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import SIGNED_IN, Routes, Row, Situation, link

ROWS = [
    Row(permission, state, {"coordinator", "administrator"})
    for permission in (Permission.PARTICIPANTS, Permission.MAILS)
    for state in ("draft", "published", "cancelled")
] + [
    Row(Permission.INVITE, "draft", set()),
    Row(Permission.INVITE, "published", {"coordinator", "administrator"}),
    Row(Permission.INVITE, "cancelled", set()),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "registration.calendar": link("registration.manage"),
    "registration.cancel": link("registration.manage"),
    "registration.change": link("registration.manage"),
    "registration.confirm": link("registration.confirm"),
    "registration.invite": Permission.INVITE,
    "registration.leave": link("registration.manage"),
    "registration.link": Events.SEE,
    "registration.link_sent": Events.SEE,
    "registration.mails": Permission.MAILS,
    "registration.manage": link("registration.manage"),
    "registration.mine": SIGNED_IN,
    "registration.new": Events.SEE,
    "registration.open_own": SIGNED_IN,
    "registration.participants": Permission.PARTICIPANTS,
    "registration.participants_file": Permission.PARTICIPANTS,
    "registration.participants_workbook": Permission.PARTICIPANTS,
    "registration.sent": Events.SEE,
}


def situation(state: str) -> Situation:
    people = {
        "coordinator": make_person(), "coordinator of another network": make_person(),
        "administrator": make_administrator(), "registered": make_person(),
    }  # fmt: skip
    event = make_event(make_network(coordinators=(people["coordinator"],)), status=EventStatus(state))
    make_network(coordinators=(people["coordinator of another network"],))
    return Situation(event, people)

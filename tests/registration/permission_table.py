"""Who may see who comes."""

from portal.events.models import EventStatus
from portal.events.policies import Permission as Events
from portal.registration.policies import Permission
from tests.factories.events import make_event, make_team_member
from tests.factories.networks import make_network
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, SIGNED_IN, Routes, Row, Situation, link

STAFF = {"coordinator", "administrator", "organiser", "desk"}
ROWS = [
    Row(permission, state, STAFF)
    for permission in (Permission.PARTICIPANTS, Permission.MAILS)
    for state in ("draft", "published", "cancelled")
] + [
    Row(Permission.WRITE_TO_PEOPLE, "draft", set()),
    Row(Permission.WRITE_TO_PEOPLE, "published", STAFF),
    Row(Permission.WRITE_TO_PEOPLE, "cancelled", STAFF),
    Row(Permission.ACT_FOR_PEOPLE, "draft", set()),
    Row(Permission.ACT_FOR_PEOPLE, "published", STAFF),
    Row(Permission.ACT_FOR_PEOPLE, "cancelled", set()),
    Row(Permission.INVITE, "draft", set()),
    Row(Permission.INVITE, "published", STAFF),
    Row(Permission.INVITE, "cancelled", set()),
    Row(Permission.NEEDS, "draft", set()),
    Row(Permission.NEEDS, "published", {"access"}),
    Row(Permission.NEEDS, "cancelled", {"access"}),
    Row(Permission.DECIDE, "draft", set()),
    Row(Permission.DECIDE, "published", STAFF - {"desk"}),
    Row(Permission.DECIDE, "cancelled", STAFF - {"desk"}),
    *(Row(Permission.KEEPING, state, STAFF - {"desk"}) for state in ("draft", "published", "cancelled")),
    Row(Permission.DELETIONS, "published", {"administrator"}),
    Row(Permission.RESERVES, "draft", STAFF - {"desk"}),
    Row(Permission.RESERVES, "published", STAFF - {"desk"}),
    Row(Permission.RESERVES, "cancelled", set()),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "registration.answer_need": Permission.NEEDS,
    "registration.confirm_need": link("registration.manage"),
    "registration.meals": Permission.PARTICIPANTS,
    "registration.needs": Permission.NEEDS,
    "registration.needs_list": Permission.NEEDS,
    "registration.needs_for_person": Permission.ACT_FOR_PEOPLE,
    "registration.own_needs": link("registration.manage"),
    "registration.accept": link("registration.manage"),
    "registration.accept_place": link("registration.manage"),
    "registration.add_person": Permission.ACT_FOR_PEOPLE,
    "registration.accept_for_person": Permission.ACT_FOR_PEOPLE,
    "registration.change_person": Permission.ACT_FOR_PEOPLE,
    "registration.come_for_person": Permission.ACT_FOR_PEOPLE,
    "registration.calls": Permission.MAILS,
    "registration.days_for_person": Permission.ACT_FOR_PEOPLE,
    "registration.own_days": link("registration.manage"),
    "registration.calendar": link("registration.manage"),
    "registration.manage_pdf": link("registration.manage"),
    "registration.cancel": link("registration.manage"),
    "registration.cancel_person": Permission.ACT_FOR_PEOPLE,
    "registration.change": link("registration.manage"),
    "registration.come": link("registration.manage"),
    "registration.coming": link("registration.coming"),
    "registration.confirm": link("registration.confirm"),
    "registration.answer_delegation": Permission.DECIDE,
    "registration.confirm_delegation": link("registration.confirm_delegation"),
    "registration.delegation": link("registration.delegation"),
    "registration.delegation_new": Events.SEE,
    "registration.delegations": Permission.PARTICIPANTS,
    "registration.give_back_seats": link("registration.delegation"),
    "registration.hand_on": link("registration.delegation"),
    "registration.name_people": link("registration.delegation"),
    "registration.print_sheet": link("registration.delegation"),
    "registration.sheet": link("registration.manage"),
    "registration.substitute": link("registration.delegation"),
    "registration.take_name_back": link("registration.delegation"),
    "registration.take_seats": link("registration.delegation"),
    "registration.confirm_together": link("registration.confirm_party"),
    "registration.one_more": link("registration.party"),
    "registration.open_member": link("registration.party"),
    "registration.party": link("registration.party"),
    "registration.together": Events.SEE,
    "registration.hand_over": link("registration.manage"),
    "registration.feed": link("registration.feed"),
    "registration.feed_address": link("registration.feed"),
    "registration.feed_of_one": link("registration.manage"),
    "registration.correct_address": Permission.ACT_FOR_PEOPLE,
    "registration.deletions": Permission.DELETIONS,
    "registration.export": Permission.PARTICIPANTS,
    "registration.hold": Permission.KEEPING,
    "registration.kept": Permission.KEEPING,
    "registration.periods": Permission.KEEPING,
    "registration.receipt": PUBLIC,
    "registration.receipt_of": PUBLIC,
    "registration.release": Permission.KEEPING,
    "registration.invite": Permission.INVITE,
    "registration.invited": link("registration.invited"),
    "registration.choose": link("registration.manage"),
    "registration.leave": link("registration.manage"),
    "registration.link": Events.SEE,
    "registration.link_sent": Events.SEE,
    "registration.mails": Permission.MAILS,
    "registration.manage": link("registration.manage"),
    "registration.mine": SIGNED_IN,
    "registration.new": Events.SEE,
    "registration.open_delegation": SIGNED_IN,
    "registration.open_own": SIGNED_IN,
    "registration.own_feed": SIGNED_IN,
    "registration.participants": Permission.PARTICIPANTS,
    "registration.person": Permission.PARTICIPANTS,
    "registration.reminders": Permission.WRITE_TO_PEOPLE,
    "registration.requests": Permission.DECIDE,
    "registration.edit_reserve": Permission.RESERVES,
    "registration.new_reserve": Permission.RESERVES,
    "registration.remove_reserve": Permission.RESERVES,
    "registration.reserves": Permission.RESERVES,
    "registration.resume": link("registration.manage"),
    "registration.send_link_to": Permission.ACT_FOR_PEOPLE,
    "registration.sent": Events.SEE,
    "registration.workshop_list": Permission.PARTICIPANTS,
    "registration.workshop_list_pdf": Permission.PARTICIPANTS,
}


def situation(state: str) -> Situation:
    people = {
        "coordinator": make_person(), "coordinator of another network": make_person(),
        "administrator": make_administrator(), "registered": make_person(),
    }  # fmt: skip
    event = make_event(make_network(coordinators=(people["coordinator"],)), status=EventStatus(state))
    make_network(coordinators=(people["coordinator of another network"],))
    for role in ("organiser", "programme", "desk", "door", "access"):
        people[role] = make_team_member(event, role)
    return Situation(event, people)

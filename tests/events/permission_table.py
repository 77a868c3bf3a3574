"""Who may do what with events, in every state."""

from typing import Any

from portal.events import queries, services
from portal.events.policies import Permission
from portal.organisations.policies import Permission as Organisations
from tests.factories.events import make_coordinator, make_event, make_network, make_session, make_team_member
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, VISITOR, Routes, Row, Situation

TEAM = {"organiser", "programme", "desk", "door", "access"}
EVERYBODY = {VISITOR, "registered", "coordinator", "stranger", "administrator", *TEAM}
LEADS = {"coordinator", "administrator"}
RUN = {*LEADS, "organiser"}
MAKE = {*RUN, "programme"}
NOBODY: set[str] = set()
KEEPERS = {"owner", "editor"}  # of the organisation that an event is of

ROWS = [
    Row(Permission.SEE, "draft", {*LEADS, *TEAM}),
    Row(Permission.SEE, "published", EVERYBODY),
    Row(Permission.SEE, "cancelled", EVERYBODY),
    Row(Permission.SEE, "draft of organisation", {*KEEPERS, "administrator"}),
    Row(Permission.SEE_OWN, "published", {"coordinator", "stranger", "administrator", *TEAM}),
    Row(Permission.CREATE, "network", LEADS),
    Row(Permission.CREATE_FOR_ORGANISATION, "organisation", KEEPERS),
    Row(Permission.CREATE_FOR_ORGANISATION, "hidden organisation", NOBODY),
    Row(Permission.MANAGE, "draft", {*LEADS, *TEAM}),
    Row(Permission.MANAGE, "published", {*LEADS, *TEAM}),
    Row(Permission.MANAGE, "cancelled", {*LEADS, *TEAM}),
    Row(Permission.MANAGE, "draft of organisation", {*KEEPERS, "administrator"}),
    Row(Permission.EDIT, "draft", RUN),
    Row(Permission.EDIT, "published", RUN),
    Row(Permission.EDIT, "cancelled", NOBODY),
    Row(Permission.EDIT, "draft of organisation", {*KEEPERS, "administrator"}),
    Row(Permission.EDIT_PROGRAMME, "draft", MAKE),
    Row(Permission.EDIT_PROGRAMME, "published", MAKE),
    Row(Permission.EDIT_PROGRAMME, "cancelled", NOBODY),
    Row(Permission.MANAGE_TEAM, "draft", RUN),
    Row(Permission.MANAGE_TEAM, "cancelled", RUN),
    Row(Permission.END_ROLE, "role", RUN),
    Row(Permission.COPY, "cancelled", LEADS),
    Row(Permission.COPY, "draft of organisation", KEEPERS),
    Row(Permission.PUBLISH, "draft", RUN),
    Row(Permission.PUBLISH, "published", NOBODY),
    Row(Permission.PUBLISH, "draft of organisation", {*KEEPERS, "administrator"}),
    Row(Permission.CANCEL, "draft", NOBODY),
    Row(Permission.CANCEL, "published", RUN),
    Row(Permission.CANCEL, "cancelled", NOBODY),
    Row(Permission.DELETE, "draft", RUN),
    Row(Permission.DELETE, "published", NOBODY),
    Row(Permission.CANCEL_SESSION, "session of draft", NOBODY),
    Row(Permission.CANCEL_SESSION, "session of published", MAKE),
    Row(Permission.DELETE_SESSION, "session of draft", MAKE),
    Row(Permission.DELETE_SESSION, "session of published", NOBODY),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "events.all_calendar": PUBLIC,
    "events.calendar": Permission.SEE,
    "events.cancel": Permission.CANCEL,
    "events.cancel_session": Permission.CANCEL_SESSION,
    "events.copy": Permission.COPY,
    "events.delete": Permission.DELETE,
    "events.delete_room": Permission.EDIT_PROGRAMME,
    "events.delete_session": Permission.DELETE_SESSION,
    "events.delete_slot": Permission.EDIT_PROGRAMME,
    "events.edit": Permission.EDIT,
    "events.end_role": Permission.END_ROLE,
    "events.edit_question": Permission.EDIT,
    "events.edit_room": Permission.EDIT_PROGRAMME,
    "events.edit_session": Permission.EDIT_PROGRAMME,
    "events.edit_slot": Permission.EDIT_PROGRAMME,
    "events.index": PUBLIC,
    "events.manage": Permission.MANAGE,
    "events.mine": Permission.SEE_OWN,
    "events.new": Permission.CREATE,
    "events.network_calendar": PUBLIC,
    "events.new_of_organisation": Permission.CREATE_FOR_ORGANISATION,
    "events.new_question": Permission.EDIT,
    "events.new_room": Permission.EDIT_PROGRAMME,
    "events.new_session": Permission.EDIT_PROGRAMME,
    "events.new_slot": Permission.EDIT_PROGRAMME,
    "events.organisation_calendar": Organisations.SEE,
    "events.postpone": Permission.EDIT,
    "events.programme": Permission.SEE,
    "events.programme_list": Permission.SEE,
    "events.publish": Permission.PUBLISH,
    "events.question_down": Permission.EDIT,
    "events.question_up": Permission.EDIT,
    "events.questions": Permission.EDIT,
    "events.retire_question": Permission.EDIT,
    "events.session": Permission.SEE,
    "events.show": Permission.SEE,
    "events.team": Permission.MANAGE_TEAM,
    "events.workbench": Permission.MANAGE,
    "events.translate": Permission.EDIT_PROGRAMME,
    "events.translate_session": Permission.EDIT_PROGRAMME,
}


def situation(state: str) -> Situation:
    if "organisation" in state:
        return _of_organisation(state)
    network, other = make_network(), make_network("Inna sieć")
    people = {
        "registered": make_person(),
        "coordinator": make_coordinator(network),
        "stranger": make_coordinator(other, "Koordynacja innej sieci"),
        "administrator": make_administrator(),
    }
    event = _event(state, network, people["coordinator"])
    for role in sorted(TEAM):
        people[role] = make_team_member(event, role)
    return Situation(_subject(state, network, event), people)


def _of_organisation(state: str) -> Situation:
    people = {role: make_person() for role in ("owner", "editor", "author", "representative", "registered")}
    organisation = make_organisation(
        people["owner"], status="hidden" if state == "hidden organisation" else "published"
    )
    for role in ("editor", "author", "representative"):
        make_member(organisation, role, people[role])
    people["administrator"] = make_administrator()
    if "draft" not in state:
        return Situation(organisation, people)
    event = make_event(organisation=organisation, status="draft")
    return Situation(queries.by_slug(event.slug), people)


def _event(state: str, network: Any, by: Any) -> Any:
    status = state.removeprefix("session of ")
    event = make_event(network, status="draft" if status == "draft" else "published")
    if status == "cancelled":
        make_session(event)
        services.cancel_event(event, reason="Powódź", by=by)
    return event


def _subject(state: str, network: Any, event: Any) -> Any:
    if state == "network":
        return network
    if state == "role":
        (role, _person), *_others = queries.team(event.id)
        return queries.team_role(event.slug, role.id)
    if state.startswith("session"):
        return queries.session_of(event.slug, make_session(event).id)
    return queries.by_slug(event.slug)

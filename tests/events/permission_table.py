"""Who may do what with events, in every state."""

from typing import Any

from portal.events import queries, services
from portal.events.policies import Permission
from tests.factories.events import make_coordinator, make_event, make_network, make_session
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, VISITOR, Routes, Row, Situation

EVERYBODY = {VISITOR, "registered", "coordinator", "stranger", "administrator"}
STAFF = {"coordinator", "administrator"}
NOBODY: set[str] = set()

ROWS = [
    Row(Permission.SEE, "draft", STAFF),
    Row(Permission.SEE, "published", EVERYBODY),
    Row(Permission.SEE, "cancelled", EVERYBODY),
    Row(Permission.SEE_OWN, "none", {"coordinator", "stranger", "administrator"}),
    Row(Permission.CREATE, "network", STAFF),
    Row(Permission.MANAGE, "draft", STAFF),
    Row(Permission.MANAGE, "published", STAFF),
    Row(Permission.MANAGE, "cancelled", STAFF),
    Row(Permission.EDIT, "draft", STAFF),
    Row(Permission.EDIT, "published", STAFF),
    Row(Permission.EDIT, "cancelled", NOBODY),
    Row(Permission.PUBLISH, "draft", STAFF),
    Row(Permission.PUBLISH, "published", NOBODY),
    Row(Permission.CANCEL, "draft", NOBODY),
    Row(Permission.CANCEL, "published", STAFF),
    Row(Permission.CANCEL, "cancelled", NOBODY),
    Row(Permission.DELETE, "draft", STAFF),
    Row(Permission.DELETE, "published", NOBODY),
    Row(Permission.CANCEL_SESSION, "session of draft", NOBODY),
    Row(Permission.CANCEL_SESSION, "session of published", STAFF),
    Row(Permission.DELETE_SESSION, "session of draft", STAFF),
    Row(Permission.DELETE_SESSION, "session of published", NOBODY),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "events.calendar": Permission.SEE,
    "events.cancel": Permission.CANCEL,
    "events.cancel_session": Permission.CANCEL_SESSION,
    "events.delete": Permission.DELETE,
    "events.delete_room": Permission.EDIT,
    "events.delete_session": Permission.DELETE_SESSION,
    "events.delete_slot": Permission.EDIT,
    "events.edit": Permission.EDIT,
    "events.edit_room": Permission.EDIT,
    "events.edit_session": Permission.EDIT,
    "events.edit_slot": Permission.EDIT,
    "events.index": PUBLIC,
    "events.manage": Permission.MANAGE,
    "events.mine": Permission.SEE_OWN,
    "events.new": Permission.CREATE,
    "events.new_room": Permission.EDIT,
    "events.new_session": Permission.EDIT,
    "events.new_slot": Permission.EDIT,
    "events.postpone": Permission.EDIT,
    "events.programme": Permission.SEE,
    "events.programme_list": Permission.SEE,
    "events.publish": Permission.PUBLISH,
    "events.session": Permission.SEE,
    "events.show": Permission.SEE,
    "events.translate": Permission.EDIT,
    "events.translate_session": Permission.EDIT,
}


def situation(state: str) -> Situation:
    network, other = make_network(), make_network("Inna sieć")
    people = {
        "registered": make_person(),
        "coordinator": make_coordinator(network),
        "stranger": make_coordinator(other, "Koordynacja innej sieci"),
        "administrator": make_administrator(),
    }
    return Situation(_subject(state, network, people["coordinator"]), people)


def _subject(state: str, network: Any, by: Any) -> Any:
    if state in ("none", "network"):
        return network if state == "network" else None
    status = state.removeprefix("session of ")
    event = make_event(network, status="draft" if status == "draft" else "published")
    session = make_session(event)
    if status == "cancelled":
        services.cancel_event(event, reason="Powódź", by=by)
    if state.startswith("session"):
        return queries.session_of(event.slug, session.id)
    return queries.by_slug(event.slug)

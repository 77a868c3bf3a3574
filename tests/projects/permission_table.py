"""Who may do what with projects, in every state."""

from typing import Any

from portal.projects.policies import Permission
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.projects import fresh, make_partner, make_picture, make_project, make_project_document
from tests.factories.records import make_record
from tests.support.permissions import PUBLIC, VISITOR, Routes, Row, Situation

EVERYBODY = {
    VISITOR, "registered", "owner", "editor", "author", "translator", "representative", "coordinator", "administrator",
    "asked", "former coordinator",
}  # fmt: skip
RUNNERS = {"owner", "editor", "coordinator"}
INSIDE = {*RUNNERS, "author", "translator", "representative", "administrator", "asked"}
NOBODY: set[str] = set()
SEEN = {"public document": "public", "private document": "private"}

ROWS = [
    Row(Permission.SEE, "draft", INSIDE),
    Row(Permission.SEE, "published", EVERYBODY),
    Row(Permission.SEE, "withdrawn", INSIDE),
    Row(Permission.SEE_OWN, "none", {"owner", "editor", "coordinator", "former coordinator", "asked"}),
    Row(Permission.CREATE, "organisation", {"owner", "editor"}),
    Row(Permission.CREATE, "draft organisation", NOBODY),
    Row(Permission.MANAGE, "draft", {*RUNNERS, "translator", "administrator"}),
    Row(Permission.EDIT, "draft", RUNNERS),
    Row(Permission.EDIT, "published", RUNNERS),
    Row(Permission.TRANSLATE, "published", {*RUNNERS, "translator"}),
    Row(Permission.PUBLISH, "draft", RUNNERS),
    Row(Permission.PUBLISH, "withdrawn", RUNNERS),
    Row(Permission.PUBLISH, "published", NOBODY),
    Row(Permission.WITHDRAW, "published", {*RUNNERS, "administrator"}),
    Row(Permission.WITHDRAW, "draft", NOBODY),
    Row(Permission.DELETE, "draft", RUNNERS),
    Row(Permission.DELETE, "withdrawn", NOBODY),
    Row(Permission.ANSWER, "partner", {"asked"}),
    Row(Permission.REMOVE_PARTNER, "partner", RUNNERS),
    Row(Permission.CHANGE_RECORD, "record", RUNNERS),
    Row(Permission.CHANGE_PICTURE, "picture", RUNNERS),
    Row(Permission.READ_DOCUMENT, "public document", EVERYBODY),
    Row(Permission.READ_DOCUMENT, "document of a draft", INSIDE),
    Row(Permission.READ_DOCUMENT, "private document", RUNNERS),
    Row(Permission.CHANGE_DOCUMENT, "public document", RUNNERS),
    Row(Permission.CHANGE_DOCUMENT, "private document", RUNNERS),
    Row(Permission.CONFIRM_RECORD, "record", RUNNERS - {"editor"}),  # the editor has written it down
]

# Every route and who gets in.
ROUTES: Routes = {
    "projects.index": PUBLIC,
    "projects.evidence": Permission.CHANGE_RECORD,
    "projects.evidence_file": Permission.CHANGE_RECORD,
    "projects.feed": PUBLIC,
    "projects.data": Permission.SEE,
    "projects.card": PUBLIC,
    "projects.paper": Permission.SEE,
    "projects.advice": Permission.EDIT,
    "projects.answer": Permission.ANSWER,
    "projects.delete": Permission.DELETE,
    "projects.document_file": Permission.READ_DOCUMENT,
    "projects.documents": Permission.EDIT,
    "projects.edit": Permission.EDIT,
    "projects.edit_document": Permission.CHANGE_DOCUMENT,
    "projects.history": Permission.MANAGE,
    "projects.manage": Permission.MANAGE,
    "projects.mine": Permission.SEE_OWN,
    "projects.edit_picture": Permission.CHANGE_PICTURE,
    "projects.move_record": Permission.CHANGE_RECORD,
    "projects.new_picture": Permission.EDIT,
    "projects.pictures": Permission.EDIT,
    "projects.remove_picture": Permission.CHANGE_PICTURE,
    "projects.new_document": Permission.EDIT,
    "projects.new_record": Permission.EDIT,
    "projects.record": Permission.CHANGE_RECORD,
    "projects.record_table": Permission.EDIT,
    "projects.records": Permission.MANAGE,
    "projects.new": Permission.CREATE,
    "projects.partners": Permission.EDIT,
    "projects.practice": Permission.SEE,
    "projects.library": PUBLIC,
    "projects.practices": PUBLIC,
    "projects.publish": Permission.PUBLISH,
    "projects.remove_document": Permission.CHANGE_DOCUMENT,
    "projects.remove_evidence": Permission.CHANGE_RECORD,
    "projects.remove_partner": Permission.REMOVE_PARTNER,
    "projects.restore_version": Permission.EDIT,
    "projects.show": Permission.SEE,
    "projects.translate": Permission.TRANSLATE,
    "projects.version": Permission.MANAGE,
    "projects.withdraw": Permission.WITHDRAW,
}


def situation(state: str) -> Situation:
    """A project that works for a network of which its organisation is a member; another network it has left."""
    owner, asked, coordinator, former = make_person(), make_person(), make_person(), make_person()
    organisation = make_organisation(owner, status="draft" if state == "draft organisation" else "published")
    roles = ("editor", "author", "translator", "representative")
    people = {
        "registered": make_person(),
        "owner": owner,
        **{role: make_member(organisation, role) for role in roles},
        "coordinator": coordinator,
        "former coordinator": former,
        "asked": asked,
        "administrator": make_administrator(),
    }
    network = make_network(coordinators=(coordinator,))
    make_network("Inna sieć", coordinators=(former,))
    if state in ("none", "organisation", "draft organisation"):
        make_organisation(asked)
        return Situation(None if state == "none" else organisation, people)
    make_application(network, organisation, owner, status="active")
    if state == "record":
        project = make_project(organisation, network=network.id)
        return Situation(make_record(project, status="delivered", by=people["editor"]), people)
    if state == "picture":
        return Situation(make_picture(make_project(organisation, network=network.id)), people)
    return Situation(_subject(state, organisation, network, asked), people)


def _subject(state: str, organisation: Any, network: Any, asked: Any) -> Any:
    state_of_card = {"partner": "draft", "document of a draft": "draft", **dict.fromkeys(SEEN, "published")}
    project = make_project(organisation, state=state_of_card.get(state, state), network=network.id)
    partner = make_partner(project, make_organisation(asked))
    if "document" in state:
        return make_project_document(fresh(project), visibility=SEEN.get(state, "public"))
    return partner if state == "partner" else project

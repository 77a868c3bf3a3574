"""Who may do what with networks, applications and reviews."""

from portal.membership import queries
from portal.membership.policies import Permission
from portal.questions.models import QuestionKind
from tests.factories.networks import make_application, make_network, make_question, make_review
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, Routes, Row, Situation

P = Permission
OF_ORGANISATION = {"owner", "editor", "author", "translator", "representative"}
SIGNED_IN = {*OF_ORGANISATION, "coordinator", "other coordinator", "administrator", "registered", "coordinating owner"}
COORDINATORS = {"coordinator", "coordinating owner"}
KEEPERS = {"owner", "editor", "representative", "coordinating owner"}

ROWS = [
    Row(P.CREATE_NETWORK, "nothing", {"administrator"}),
    Row(P.SEE_TASKS, "nothing", {*COORDINATORS, "other coordinator", "administrator"}),
    Row(P.EDIT_NETWORK, "network", {*COORDINATORS, "administrator"}),
    Row(P.WRITE_TO_PEOPLE, "network", COORDINATORS),
    Row(P.MAILS, "network", {*COORDINATORS, "administrator"}),
    Row(P.SHOW_ADDRESS, "network", COORDINATORS),
    Row(P.EDIT_QUESTION, "question", {*COORDINATORS, "administrator"}),
    Row(P.MANAGE_COORDINATORS, "network", {"administrator"}),
    Row(P.END_COORDINATOR, "role", {"administrator"}),
    Row(P.APPLY, "network", SIGNED_IN),
    Row(P.SEE_NETWORKS_OF, "organisation", {*KEEPERS, "administrator"}),
    Row(P.SEND_FOR_REVIEW, "organisation", {"owner", "coordinating owner"}),
    Row(P.WITHDRAW_REVIEW, "review", {"owner", "coordinating owner"}),
    Row(P.SEE_REVIEW, "review", {*COORDINATORS, "administrator"}),
    Row(P.SEE_REVIEW, "review without a network", {"administrator"}),
    Row(P.DECIDE_REVIEW, "review", {"coordinator"}),
    Row(P.DECIDE_REVIEW, "review without a network", {"administrator"}),
    Row(P.DECIDE_REVIEW, "review that no coordinator can decide", {"administrator"}),
    Row(P.SEE, "application", {*KEEPERS, *COORDINATORS, "administrator"}),
    Row(P.SEE_FILE, "sent file", {*KEEPERS, *COORDINATORS, "administrator"}),
    Row(P.ANSWER, "application", {"owner", "representative", "coordinating owner"}),
    Row(P.WITHDRAW, "application", {"owner", "representative", "coordinating owner"}),
    Row(P.RESIGN, "membership", {"owner", "coordinating owner"}),
    Row(P.SEE_CASE, "application", {*COORDINATORS, "administrator"}),
    Row(P.DECIDE, "application", {"coordinator"}),
    Row(P.DECIDE, "application that no coordinator can decide", {"administrator"}),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "membership.answer": Permission.ANSWER,
    "membership.application": Permission.SEE,
    "membership.apply": Permission.APPLY,
    "membership.case": Permission.SEE_CASE,
    "membership.contact": Permission.SHOW_ADDRESS,
    "membership.coordinators": Permission.MANAGE_COORDINATORS,
    "membership.decide": Permission.DECIDE,
    "membership.decide_review": Permission.DECIDE_REVIEW,
    "membership.edit": Permission.EDIT_NETWORK,
    "membership.edit_question": Permission.EDIT_QUESTION,
    "membership.end_coordinator": Permission.END_COORDINATOR,
    "membership.file": Permission.SEE_FILE,
    "membership.leave": Permission.RESIGN,
    "membership.mails": Permission.MAILS,
    "membership.networks": PUBLIC,
    "membership.new": Permission.CREATE_NETWORK,
    "membership.new_question": Permission.EDIT_NETWORK,
    "membership.of_organisation": Permission.SEE_NETWORKS_OF,
    "membership.question_down": Permission.EDIT_QUESTION,
    "membership.question_up": Permission.EDIT_QUESTION,
    "membership.questions": Permission.EDIT_NETWORK,
    "membership.retire_question": Permission.EDIT_QUESTION,
    "membership.review": Permission.SEE_REVIEW,
    "membership.send_for_review": Permission.SEND_FOR_REVIEW,
    "membership.show": PUBLIC,
    "membership.tasks": Permission.SEE_TASKS,
    "membership.withdraw": Permission.WITHDRAW,
    "membership.withdraw_review": Permission.WITHDRAW_REVIEW,
}


def situation(state: str) -> Situation:
    """The person who coordinates the network and owns the organisation stands on both sides: nobody decides on their own."""
    owner, both, coordinator = make_person("Olga Właścicielska"), make_person("Obie Strony"), make_person("Koordynacja")
    alone = state.endswith("no coordinator can decide")
    network = make_network(coordinators=(both,) if alone else (coordinator, both))
    elsewhere = make_person("Inna Sieć")
    make_network("Inna sieć", coordinators=(elsewhere,))
    draft = state.startswith("review") or state == "organisation"
    organisation = make_organisation(owner, status="draft" if draft else "published")
    make_member(organisation, "owner", both)
    people = {
        "owner": owner,
        "coordinating owner": both,
        "other coordinator": elsewhere,
        "administrator": make_administrator(),
        "registered": make_person("Ktoś Inny"),
        **{role: make_member(organisation, role) for role in OF_ORGANISATION - {"owner"}},
    }
    if not alone:
        people["coordinator"] = coordinator
    obj: object = None
    if state == "network":
        obj = network
    elif state == "question":
        obj = make_question(network)
    elif state == "sent file":
        question = make_question(network, "Statut?", kind=QuestionKind.FILE)
        obj = queries.sent_file(make_application(network, organisation, owner).id, question.id)
    elif state == "role":
        obj = queries.coordinator_roles(network.id)[0][0]
    elif state == "organisation":
        obj = organisation
    elif state.startswith("review"):
        obj = make_review(owner, None if state == "review without a network" else network, organisation)
    elif state != "nothing":
        obj = make_application(network, organisation, owner, status="active" if state == "membership" else "submitted")
    return Situation(obj, people)

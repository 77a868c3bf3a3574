"""Who may do what with networks, memberships and reviews. Nobody decides on an organisation in which they have a role."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Everybody, Sights
from portal.membership import queries
from portal.membership.models import Membership, Network, NetworkRole, Review
from portal.membership.queries import NetworkQuestion, SentFile
from portal.organisations.models import Organisation, Role
from portal.organisations.queries import roles_in


class Permission(StrEnum):
    CREATE_NETWORK = "membership:create_network"
    EDIT_NETWORK = "membership:edit_network"
    EDIT_QUESTION = "membership:edit_question"
    MAILS = "membership:mails"
    SHOW_ADDRESS = "membership:show_address"
    MANAGE_COORDINATORS = "membership:manage_coordinators"
    END_COORDINATOR = "membership:end_coordinator"
    WRITE_TO_PEOPLE = "membership:write_to_people"
    SEE_TASKS = "membership:see_tasks"
    SEE_NETWORKS_OF = "membership:see_networks_of"
    SEND_FOR_REVIEW = "membership:send_for_review"
    WITHDRAW_REVIEW = "membership:withdraw_review"
    SEE_REVIEW = "membership:see_review"
    DECIDE_REVIEW = "membership:decide_review"
    APPLY = "membership:apply"
    SEE = "membership:see"
    SEE_FILE = "membership:see_file"
    ANSWER = "membership:answer"
    WITHDRAW = "membership:withdraw"
    RESIGN = "membership:resign"
    SEE_CASE = "membership:see_case"
    DECIDE = "membership:decide"


def may_create_network(person: Person | None, _: object = None) -> bool:
    return is_administrator(person)


def may_edit_network(person: Person | None, network: Network) -> bool:
    return queries.is_coordinator(person, network) or is_administrator(person)


def may_write_to_people(person: Person | None, network: Network) -> bool:
    """In the name of a network its coordinators speak, and nobody for them."""
    return queries.is_coordinator(person, network)


def may_show_address(person: Person | None, network: Network) -> bool:
    """One's own, and nobody else's: only whom the page names."""
    return queries.is_coordinator(person, network)


def may_edit_question(person: Person | None, asked: NetworkQuestion) -> bool:
    return may_edit_network(person, asked.network)


def may_manage_coordinators(person: Person | None, _: Network | NetworkRole) -> bool:
    """Who coordinates a network says the portal team."""
    return is_administrator(person)


def may_see_tasks(person: Person | None, _: object = None) -> bool:
    return bool(queries.coordinated_networks(person)) or is_administrator(person)


def may_see_networks_of(person: Person | None, organisation: Organisation) -> bool:
    """Reviews, applications and memberships of an organisation: for those who keep its profile or speak for it."""
    return queries.keeps(person, organisation.id) or is_administrator(person)


def may_send_for_review(person: Person | None, organisation: Organisation) -> bool:
    return owns(person, organisation.id)


def may_withdraw_review(person: Person | None, review: Review) -> bool:
    return owns(person, review.organisation_id)


def may_decide_review(person: Person | None, review: Review) -> bool:
    return is_decider(person, review.network_id, review.organisation_id)


def may_apply(person: Person | None, _: Network) -> bool:
    """Everybody with an account may open the form; for which organisations, `acting_for` says."""
    return person is not None


def may_see(person: Person | None, case: Membership | Review) -> bool:
    """Twin: `queries.visible_to`."""
    return queries.keeps(person, case.organisation_id) or oversees(person, case)


def may_see_file(person: Person | None, sent: SentFile) -> bool:
    """Whoever may read an application may open its files."""
    return may_see(person, sent.membership)


def may_answer(person: Person | None, membership: Membership) -> bool:
    """Answer the network, or take the application back. In which states, says the table of steps."""
    return queries.acting_for(person, membership.organisation_id)


def may_resign(person: Person | None, membership: Membership) -> bool:
    return owns(person, membership.organisation_id)


def oversees(person: Person | None, case: Membership | Review) -> bool:
    """Whoever coordinates the network or belongs to the portal team: they may open the file of a case."""
    return queries.is_coordinator(person, case.network_id) or is_administrator(person)


def may_decide(person: Person | None, membership: Membership) -> bool:
    return is_decider(person, membership.network_id, membership.organisation_id)


def is_decider(person: Person | None, network_id: int | None, organisation_id: int) -> bool:
    """May a person decide for a network on an organisation? Its coordinators may; the portal team where there is none
    without a role in the organisation; nobody who has a role there."""
    if person is None or roles_in(person, organisation_id):
        return False
    if queries.is_coordinator(person, network_id):
        return True
    return is_administrator(person) and not queries.has_free_coordinator(network_id, organisation_id)


def owns(person: Person | None, organisation_id: int) -> bool:
    return Role.OWNER in roles_in(person, organisation_id)


RULES: Rules = {
    Permission.CREATE_NETWORK: may_create_network,
    Permission.EDIT_NETWORK: may_edit_network,
    Permission.EDIT_QUESTION: may_edit_question,
    Permission.MAILS: may_edit_network,
    Permission.SHOW_ADDRESS: may_show_address,
    Permission.MANAGE_COORDINATORS: may_manage_coordinators,
    Permission.END_COORDINATOR: may_manage_coordinators,
    Permission.WRITE_TO_PEOPLE: may_write_to_people,
    Permission.SEE_TASKS: may_see_tasks,
    Permission.SEE_NETWORKS_OF: may_see_networks_of,
    Permission.SEND_FOR_REVIEW: may_send_for_review,
    Permission.WITHDRAW_REVIEW: may_withdraw_review,
    Permission.SEE_REVIEW: oversees,
    Permission.DECIDE_REVIEW: may_decide_review,
    Permission.APPLY: may_apply,
    Permission.SEE: may_see,
    Permission.SEE_FILE: may_see_file,
    Permission.ANSWER: may_answer,
    Permission.WITHDRAW: may_answer,
    Permission.RESIGN: may_resign,
    Permission.SEE_CASE: oversees,
    Permission.DECIDE: may_decide,
}

SIGHTS: Sights = {
    Network: Everybody("A network is public from its first day."),
    NetworkRole: AfterSignIn(Permission.END_COORDINATOR),
    NetworkQuestion: AfterSignIn(Permission.EDIT_QUESTION),
    SentFile: AfterSignIn(Permission.SEE_FILE),
    Membership: AfterSignIn(Permission.SEE),
    Review: AfterSignIn(Permission.SEE),
}

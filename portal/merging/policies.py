"""Who may merge two profiles: whoever manages both, those who manage each of them together, or the portal team."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights
from portal.merging.models import MergeRequest, RequestState
from portal.merging.queries import Pair
from portal.organisations.models import Organisation, OrganisationStatus, Role
from portal.organisations.policies import is_of_the_team, may_see
from portal.organisations.queries import roles_in


class Permission(StrEnum):
    START = "merging:start"
    COMPARE = "merging:compare"
    MERGE = "merging:merge"
    PROPOSE = "merging:propose"
    SEE_REQUEST = "merging:see_request"
    DECIDE = "merging:decide"
    WITHDRAW = "merging:withdraw"


def owns(person: Person | None, number: int) -> bool:
    return Role.OWNER in roles_in(person, number)


def may_start(person: Person | None, organisation: Organisation) -> bool:
    """Look for the double of a profile."""
    if organisation.status == OrganisationStatus.MERGED:
        return False
    return owns(person, organisation.id) or is_of_the_team(person, organisation)


def may_merge(person: Person | None, pair: Pair) -> bool:
    """At once: whoever manages both, and the portal team, but nobody of it in whose organisation it is."""
    if owns(person, pair.kept.id) and owns(person, pair.lost.id):
        return True
    return is_of_the_team(person, pair.kept) and is_of_the_team(person, pair.lost)


def may_propose(person: Person | None, pair: Pair) -> bool:
    """Ask those who manage the other one: whoever manages one of them."""
    return owns(person, pair.kept.id) != owns(person, pair.lost.id)


def may_compare(person: Person | None, pair: Pair) -> bool:
    """See both side by side: whoever may do something about it, and may know of both."""
    knows = all(_may_know(person, one) for one in (pair.kept, pair.lost))
    return knows and (may_merge(person, pair) or may_propose(person, pair))


def _may_know(person: Person | None, organisation: Organisation) -> bool:
    """Of one that was merged they are told where it is now."""
    return organisation.status == OrganisationStatus.MERGED or may_see(person, organisation)


def may_see_request(person: Person | None, request: MergeRequest) -> bool:
    return owns(person, request.kept_id) or owns(person, request.lost_id)


def may_decide(person: Person | None, request: MergeRequest) -> bool:
    """Say yes or no: those who manage the profile that was asked."""
    return owns(person, request.asked_id) and request.state == RequestState.WAITING


def may_withdraw(person: Person | None, request: MergeRequest) -> bool:
    """Take the question back: those who manage the profile that asked."""
    return owns(person, request.asking_id) and request.state == RequestState.WAITING


RULES: Rules = {
    Permission.START: may_start,
    Permission.COMPARE: may_compare,
    Permission.MERGE: may_merge,
    Permission.PROPOSE: may_propose,
    Permission.SEE_REQUEST: may_see_request,
    Permission.DECIDE: may_decide,
    Permission.WITHDRAW: may_withdraw,
}

SIGHTS: Sights = {
    Pair: AfterSignIn(Permission.COMPARE),
    MergeRequest: AfterSignIn(Permission.SEE_REQUEST),
}

"""Who follows up a profile that nobody confirms. To confirm one is its own people's alone."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.freshness import queries
from portal.freshness.models import Request
from portal.ground.authz import Rules
from portal.membership.policies import may_see_tasks
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.policies import is_of_the_team, may_confirm


class Permission(StrEnum):
    SEE_LIST = "freshness:see_list"
    FOLLOW_UP = "freshness:follow_up"
    PROPOSE_CLOSING = "freshness:propose_closing"
    ANSWER = "freshness:answer"


def may_follow_up(person: Person | None, organisation: Organisation) -> bool:
    """The coordinators of its networks and the portal team, but nobody of the organisation itself."""
    if organisation.status != OrganisationStatus.PUBLISHED:
        return False
    return queries.coordinates(person, organisation) or is_of_the_team(person, organisation)


def may_answer(person: Person | None, request: Request) -> bool:
    """Whoever was asked, while they could correct the profile."""
    return person is not None and person.id == request.person_id and may_confirm(person, request.organisation)


RULES: Rules = {
    Permission.SEE_LIST: may_see_tasks,
    Permission.FOLLOW_UP: may_follow_up,
    Permission.PROPOSE_CLOSING: may_follow_up,
    Permission.ANSWER: may_answer,
}

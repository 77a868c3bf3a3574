"""Who may do what with micro-grants: the portal team names who gives them."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.grants.models import Operator
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.queries import roles_in


class Permission(StrEnum):
    SEE_OPERATORS = "grants:see_operators"
    NAME_OPERATOR = "grants:name_operator"
    END_OPERATOR = "grants:end_operator"


def may_see_operators(person: Person | None, _: object = None) -> bool:
    return is_administrator(person)


def may_name_operator(person: Person | None, organisation: Organisation) -> bool:
    """The portal team, but nobody of it names an organisation of their own."""
    published = organisation.status == OrganisationStatus.PUBLISHED
    return published and is_administrator(person) and not roles_in(person, organisation)


def may_end_operator(person: Person | None, operator: Operator) -> bool:
    return operator.is_open and is_administrator(person)


RULES: Rules = {
    Permission.SEE_OPERATORS: may_see_operators,
    Permission.NAME_OPERATOR: may_name_operator,
    Permission.END_OPERATOR: may_end_operator,
}
SIGHTS: Sights = {Operator: AfterSignIn(Permission.SEE_OPERATORS)}

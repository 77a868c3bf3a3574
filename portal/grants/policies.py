"""Who may do what with micro-grants: the portal team names operators; their owners open programmes and calls; what moves a
deadline takes two of their people."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.grants import queries
from portal.grants.models import Call, CallEvent, CallPhase, CallStatus, Operator, Programme
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights
from portal.membership.publishers import PUBLISHERS
from portal.organisations.models import Organisation, OrganisationStatus, Role
from portal.organisations.queries import roles_anywhere, roles_in


class Permission(StrEnum):
    SEE_OPERATORS = "grants:see_operators"
    NAME_OPERATOR = "grants:name_operator"
    END_OPERATOR = "grants:end_operator"
    SEE_OWN = "grants:see_own"
    OPEN_PROGRAMME = "grants:open_programme"
    CHANGE_PROGRAMME = "grants:change_programme"
    MAKE_CALL = "grants:make_call"
    SEE = "grants:see"
    MANAGE = "grants:manage"
    CHANGE_CALL = "grants:change_call"
    PUBLISH = "grants:publish"
    CANCEL = "grants:cancel"
    DELETE = "grants:delete"
    EXTEND = "grants:extend"
    CONFIRM_EXTENSION = "grants:confirm_extension"
    DROP_EXTENSION = "grants:drop_extension"


def may_see_operators(person: Person | None, _: object = None) -> bool:
    return is_administrator(person)


def may_name_operator(person: Person | None, organisation: Organisation) -> bool:
    """The portal team, but nobody of it names an organisation of their own."""
    published = organisation.status == OrganisationStatus.PUBLISHED
    return published and is_administrator(person) and not roles_in(person, organisation)


def may_end_operator(person: Person | None, operator: Operator) -> bool:
    return operator.is_open and is_administrator(person)


def may_see_own(person: Person | None, _: object = None) -> bool:
    """Owners and editors of who gives micro-grants, or has given some."""
    return bool(queries.giving([number for number, roles in roles_anywhere(person).items() if roles & PUBLISHERS]))


def may_open_programme(person: Person | None, organisation: Organisation) -> bool:
    """Owners of an operator whose profile is public."""
    return owns(person, organisation.id) and _operates(organisation)


def may_change_programme(person: Person | None, programme: Programme) -> bool:
    return owns(person, programme.organisation_id)


def may_make_call(person: Person | None, programme: Programme) -> bool:
    return owns(person, programme.organisation_id) and _operates(programme.organisation)


def may_see(person: Person | None, call: Call) -> bool:
    return queries.is_public(call) or may_manage(person, call)


def may_manage(person: Person | None, call: Call) -> bool:
    """Read the workbench of a call; the portal team, too."""
    return works_for(person, call.programme.organisation_id) or is_administrator(person)


def runs(person: Person | None, call: Call) -> bool:
    """Does the person answer for the call?"""
    return owns(person, call.programme.organisation_id)


def may_change_call(person: Person | None, call: Call) -> bool:
    return call.status != CallStatus.CANCELLED and runs(person, call)


def may_publish(person: Person | None, call: Call) -> bool:
    return call.status == CallStatus.DRAFT and runs(person, call) and _operates(call.programme.organisation)


def may_cancel(person: Person | None, call: Call) -> bool:
    return call.status == CallStatus.PUBLISHED and runs(person, call)


def may_delete(person: Person | None, call: Call) -> bool:
    """Only what nobody outside has ever seen."""
    return call.status == CallStatus.DRAFT and runs(person, call)


def may_extend(person: Person | None, call: Call) -> bool:
    """Ask for another deadline, before the present one."""
    return call.phase in (CallPhase.ANNOUNCED, CallPhase.OPEN) and runs(person, call)


def may_confirm(person: Person | None, event: CallEvent) -> bool:
    """A second person of the operator: nobody confirms what they asked for."""
    second = person is not None and event.asked_by != person.id
    return second and works_for(person, event.call.programme.organisation_id)


def may_drop(person: Person | None, event: CallEvent) -> bool:
    return works_for(person, event.call.programme.organisation_id)


def owns(person: Person | None, organisation_id: int) -> bool:
    return Role.OWNER in roles_in(person, organisation_id)


def works_for(person: Person | None, organisation_id: int) -> bool:
    """Is the person an owner or an editor of the operator?"""
    return bool(roles_in(person, organisation_id) & PUBLISHERS)


def _operates(organisation: Organisation) -> bool:
    return organisation.status == OrganisationStatus.PUBLISHED and queries.is_operator(organisation.id)


RULES: Rules = {
    Permission.SEE_OPERATORS: may_see_operators,
    Permission.NAME_OPERATOR: may_name_operator,
    Permission.END_OPERATOR: may_end_operator,
    Permission.SEE_OWN: may_see_own,
    Permission.OPEN_PROGRAMME: may_open_programme,
    Permission.CHANGE_PROGRAMME: may_change_programme,
    Permission.MAKE_CALL: may_make_call,
    Permission.SEE: may_see,
    Permission.MANAGE: may_manage,
    Permission.CHANGE_CALL: may_change_call,
    Permission.PUBLISH: may_publish,
    Permission.CANCEL: may_cancel,
    Permission.DELETE: may_delete,
    Permission.EXTEND: may_extend,
    Permission.CONFIRM_EXTENSION: may_confirm,
    Permission.DROP_EXTENSION: may_drop,
}
SIGHTS: Sights = {
    Operator: AfterSignIn(Permission.SEE_OPERATORS),
    Programme: AfterSignIn(Permission.CHANGE_PROGRAMME),
    Call: Permission.SEE,
    CallEvent: AfterSignIn(Permission.DROP_EXTENSION),
}

"""Who may do what with the profile of an organisation."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights
from portal.organisations.models import (
    ContactVisibility,
    Invitation,
    Organisation,
    OrganisationRole,
    OrganisationStatus,
    Role,
)
from portal.organisations.queries import roles_in


class Permission(StrEnum):
    SEE = "organisations:see"
    SEE_CONTACT = "organisations:see_contact"
    CREATE = "organisations:create"
    EDIT = "organisations:edit"
    CONFIRM = "organisations:confirm"
    TRANSLATE = "organisations:translate"
    MANAGE_PEOPLE = "organisations:manage_people"
    REVOKE_INVITATION = "organisations:revoke_invitation"
    END_ROLE = "organisations:end_role"
    SEND = "organisations:send"
    HIDE = "organisations:hide"
    SHOW_AGAIN = "organisations:show_again"
    SUSPEND = "organisations:suspend"
    RESTORE = "organisations:restore"


def may_see(person: Person | None, organisation: Organisation) -> bool:
    """Everybody sees what is published; the rest is known to its own people and to the portal team.

    Twin: `queries.visible_to`.
    """
    if organisation.status == OrganisationStatus.PUBLISHED:
        return True
    return bool(roles_in(person, organisation)) or is_administrator(person)


def may_see_contact(person: Person | None, organisation: Organisation) -> bool:
    """The e-mail address and the telephone number: for whom the organisation chose."""
    if organisation.contact_visibility == ContactVisibility.PUBLIC:
        return True
    if organisation.contact_visibility == ContactVisibility.REGISTERED and person is not None:
        return True
    return bool(roles_in(person, organisation))


def may_create(person: Person | None, _: object = None) -> bool:
    """Everybody with an account."""
    return person is not None


def may_edit(person: Person | None, organisation: Organisation) -> bool:
    return bool(roles_in(person, organisation) & {Role.OWNER, Role.EDITOR})


def may_confirm(person: Person | None, organisation: Organisation) -> bool:
    """Say that a public profile is right as it stands: whoever could correct it."""
    return may_edit(person, organisation) and organisation.status == OrganisationStatus.PUBLISHED


def may_translate(person: Person | None, organisation: Organisation) -> bool:
    return bool(roles_in(person, organisation) & {Role.OWNER, Role.EDITOR, Role.AUTHOR, Role.TRANSLATOR})


def may_manage_people(person: Person | None, organisation: Organisation) -> bool:
    return Role.OWNER in roles_in(person, organisation)


def may_revoke_invitation(person: Person | None, invitation: Invitation) -> bool:
    return Role.OWNER in roles_in(person, invitation.organisation_id)


def may_end_role(person: Person | None, role: OrganisationRole) -> bool:
    """Whoever manages the profile, and everybody their own. That the last owner stays is a rule of the service."""
    if person is None:
        return False
    return role.person_id == person.id or Role.OWNER in roles_in(person, role.organisation_id)


def may_send(person: Person | None, organisation: Organisation) -> bool:
    """Ask for publication."""
    return may_manage_people(person, organisation) and organisation.status == OrganisationStatus.DRAFT


def may_hide(person: Person | None, organisation: Organisation) -> bool:
    return may_manage_people(person, organisation) and organisation.status == OrganisationStatus.PUBLISHED


def may_show_again(person: Person | None, organisation: Organisation) -> bool:
    return may_manage_people(person, organisation) and organisation.status == OrganisationStatus.HIDDEN


def may_suspend(person: Person | None, organisation: Organisation) -> bool:
    shown = organisation.status in (OrganisationStatus.PUBLISHED, OrganisationStatus.HIDDEN)
    return is_of_the_team(person, organisation) and shown


def may_restore(person: Person | None, organisation: Organisation) -> bool:
    return is_of_the_team(person, organisation) and organisation.status == OrganisationStatus.SUSPENDED


def is_of_the_team(person: Person | None, organisation: Organisation) -> bool:
    """The portal team, but nobody in whose organisation it is."""
    return is_administrator(person) and not roles_in(person, organisation)


RULES: Rules = {
    Permission.SEE: may_see,
    Permission.SEE_CONTACT: may_see_contact,
    Permission.CREATE: may_create,
    Permission.EDIT: may_edit,
    Permission.CONFIRM: may_confirm,
    Permission.TRANSLATE: may_translate,
    Permission.MANAGE_PEOPLE: may_manage_people,
    Permission.REVOKE_INVITATION: may_revoke_invitation,
    Permission.END_ROLE: may_end_role,
    Permission.SEND: may_send,
    Permission.HIDE: may_hide,
    Permission.SHOW_AGAIN: may_show_again,
    Permission.SUSPEND: may_suspend,
    Permission.RESTORE: may_restore,
}

SIGHTS: Sights = {
    Organisation: Permission.SEE,
    Invitation: AfterSignIn(Permission.REVOKE_INVITATION),
    OrganisationRole: AfterSignIn(Permission.END_ROLE),
}

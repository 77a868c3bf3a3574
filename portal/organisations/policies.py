"""Who may do what with the profile of an organisation."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights
from portal.organisations.models import (
    PUBLIC,
    Invitation,
    ListedPerson,
    Organisation,
    OrganisationRole,
    OrganisationStatus,
    OtherName,
    Role,
)
from portal.organisations.nearness import BY_NETWORKS, Nearness
from portal.organisations.queries import roles_in


class Permission(StrEnum):
    SEE = "organisations:see"
    WRITE_TO = "organisations:write_to"
    CREATE = "organisations:create"
    EDIT = "organisations:edit"
    REMOVE_NAME = "organisations:remove_name"
    SEE_HISTORY = "organisations:see_history"
    CONFIRM = "organisations:confirm"
    TRANSLATE = "organisations:translate"
    MANAGE_PEOPLE = "organisations:manage_people"
    REVOKE_INVITATION = "organisations:revoke_invitation"
    UNLIST = "organisations:unlist"
    END_ROLE = "organisations:end_role"
    SEND = "organisations:send"
    HIDE = "organisations:hide"
    SHOW_AGAIN = "organisations:show_again"
    SUSPEND = "organisations:suspend"
    RESTORE = "organisations:restore"
    CLOSE = "organisations:close"
    REOPEN = "organisations:reopen"


def may_see(person: Person | None, organisation: Organisation) -> bool:
    """Everybody sees what is published, and the page of one that has ended; the rest is known to its own people and to the
    portal team.

    A profile that was merged is there for nobody: its address leads on to the one that stayed.
    Twin: `queries.visible_to`.
    """
    if organisation.status in PUBLIC:
        return True
    if organisation.status == OrganisationStatus.MERGED:
        return False
    return bool(roles_in(person, organisation)) or is_administrator(person)


def nearness(person: Person | None, organisation: Organisation | int) -> Nearness:
    """How near somebody is to an organisation: nobody and its own people are known at once, others by one query.

    What somebody so near sees is `Nearness.sees`; `queries.contacts_seen` asks it of the database.
    """
    if person is None:
        return Nearness.VISITOR
    if roles_in(person, organisation):
        return Nearness.OWN
    number = organisation if isinstance(organisation, int) else organisation.id
    return BY_NETWORKS.get()(person.id, number)


def may_write_to(person: Person | None, organisation: Organisation) -> bool:
    """Send a message through the portal: everybody, to whoever has a public profile and takes messages so."""
    return organisation.status == OrganisationStatus.PUBLISHED and organisation.contact_form


def may_create(person: Person | None, _: object = None) -> bool:
    """Everybody with an account."""
    return person is not None


def may_edit(person: Person | None, organisation: Organisation) -> bool:
    return bool(roles_in(person, organisation) & {Role.OWNER, Role.EDITOR})


def may_remove_name(person: Person | None, name: OtherName) -> bool:
    return bool(roles_in(person, name.organisation_id) & {Role.OWNER, Role.EDITOR})


def may_see_history(person: Person | None, organisation: Organisation) -> bool:
    """Who changed what, and who did what: its own people, and the portal team.

    Of a profile that was merged, the people of the one that stayed.
    """
    number = organisation.merged_into_id or organisation.id
    return bool(roles_in(person, number)) or is_administrator(person)


def may_confirm(person: Person | None, organisation: Organisation) -> bool:
    """Say that a public profile is right as it stands: whoever could correct it."""
    return may_edit(person, organisation) and organisation.status == OrganisationStatus.PUBLISHED


def may_translate(person: Person | None, organisation: Organisation) -> bool:
    return bool(roles_in(person, organisation) & {Role.OWNER, Role.EDITOR, Role.AUTHOR, Role.TRANSLATOR})


def may_manage_people(person: Person | None, organisation: Organisation) -> bool:
    return Role.OWNER in roles_in(person, organisation)


def may_revoke_invitation(person: Person | None, invitation: Invitation) -> bool:
    return Role.OWNER in roles_in(person, invitation.organisation_id)


def may_unlist(person: Person | None, listed: ListedPerson) -> bool:
    """Take somebody off the profile. They themselves do so by the link of their mail."""
    return Role.OWNER in roles_in(person, listed.organisation_id)


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


def may_close(person: Person | None, organisation: Organisation) -> bool:
    """Say that the organisation has ended: whoever manages it, and the portal team."""
    shown = organisation.status == OrganisationStatus.PUBLISHED
    return shown and (may_manage_people(person, organisation) or is_of_the_team(person, organisation))


def may_reopen(person: Person | None, organisation: Organisation) -> bool:
    closed = organisation.status == OrganisationStatus.CLOSED
    return closed and (may_manage_people(person, organisation) or is_of_the_team(person, organisation))


def is_of_the_team(person: Person | None, organisation: Organisation) -> bool:
    """The portal team, but nobody in whose organisation it is."""
    return is_administrator(person) and not roles_in(person, organisation)


RULES: Rules = {
    Permission.SEE: may_see,
    Permission.WRITE_TO: may_write_to,
    Permission.CREATE: may_create,
    Permission.EDIT: may_edit,
    Permission.REMOVE_NAME: may_remove_name,
    Permission.SEE_HISTORY: may_see_history,
    Permission.CONFIRM: may_confirm,
    Permission.TRANSLATE: may_translate,
    Permission.MANAGE_PEOPLE: may_manage_people,
    Permission.REVOKE_INVITATION: may_revoke_invitation,
    Permission.UNLIST: may_unlist,
    Permission.END_ROLE: may_end_role,
    Permission.SEND: may_send,
    Permission.HIDE: may_hide,
    Permission.SHOW_AGAIN: may_show_again,
    Permission.SUSPEND: may_suspend,
    Permission.RESTORE: may_restore,
    Permission.CLOSE: may_close,
    Permission.REOPEN: may_reopen,
}

SIGHTS: Sights = {
    Organisation: Permission.SEE,
    ListedPerson: AfterSignIn(Permission.UNLIST),
    Invitation: AfterSignIn(Permission.REVOKE_INVITATION),
    OrganisationRole: AfterSignIn(Permission.END_ROLE),
    OtherName: AfterSignIn(Permission.REMOVE_NAME),
}

"""Who reads and who writes the documents of an organisation."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.documents.models import OrganisationDocument
from portal.ground.authz import Rules
from portal.ground.sights import Sights
from portal.organisations.models import Organisation, Role
from portal.organisations.policies import may_edit, may_see, nearness
from portal.organisations.queries import roles_in


class Permission(StrEnum):
    READ = "documents:read"
    MANAGE = "documents:manage"
    CHANGE = "documents:change"


def may_read(person: Person | None, held: OrganisationDocument) -> bool:
    """Whoever sees the profile and is as near to the organisation as the document asks for.

    Twin: `queries.documents_seen`.
    """
    organisation = held.organisation
    return may_see(person, organisation) and nearness(person, organisation).sees(held.document.visibility)


def may_manage(person: Person | None, organisation: Organisation) -> bool:
    """See all of them on one page, and add one: whoever could correct the profile."""
    return may_edit(person, organisation)


def may_change(person: Person | None, held: OrganisationDocument) -> bool:
    """Describe, replace or remove one."""
    return bool(roles_in(person, held.organisation_id) & {Role.OWNER, Role.EDITOR})


RULES: Rules = {
    Permission.READ: may_read,
    Permission.MANAGE: may_manage,
    Permission.CHANGE: may_change,
}

SIGHTS: Sights = {OrganisationDocument: Permission.READ}

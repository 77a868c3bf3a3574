"""Who may do what with projects: owners and editors of the organisation everything, and the coordinators of the network for
which a project works, while the organisation is a member; a partner answers for itself."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules
from portal.ground.sights import Sights
from portal.membership.publishers import PUBLISHERS
from portal.membership.queries import coordinated_networks, is_coordinator, networks_of
from portal.organisations.models import Organisation, OrganisationStatus, Role, Visibility
from portal.organisations.queries import roles_anywhere, roles_in
from portal.projects import queries
from portal.projects.models import Project, ProjectDocument, ProjectPartner, ProjectPicture, ProjectState, Record


class Permission(StrEnum):
    SEE = "projects:see"
    SEE_OWN = "projects:see_own"
    CREATE = "projects:create"
    MANAGE = "projects:manage"
    EDIT = "projects:edit"
    TRANSLATE = "projects:translate"
    PUBLISH = "projects:publish"
    WITHDRAW = "projects:withdraw"
    DELETE = "projects:delete"
    ANSWER = "projects:answer"
    REMOVE_PARTNER = "projects:remove_partner"
    CHANGE_RECORD = "projects:change_record"
    CONFIRM_RECORD = "projects:confirm_record"
    CHANGE_PICTURE = "projects:change_picture"
    READ_DOCUMENT = "projects:read_document"
    CHANGE_DOCUMENT = "projects:change_document"


def may_see(person: Person | None, project: Project) -> bool:
    """Twin: `queries.visible_to`. Whoever is asked whether to be named as a partner reads what it is about."""
    if queries.is_public(project) or may_manage(person, project):
        return True
    return bool(roles_in(person, project.organisation_id)) or project.id in queries.partnerships(person)


def may_see_own(person: Person | None, _: object = None) -> bool:
    """Whoever can have projects."""
    publishes = any(roles & PUBLISHERS for roles in roles_anywhere(person).values())
    return publishes or bool(coordinated_networks(person))


def may_create(person: Person | None, organisation: Organisation) -> bool:
    """Owners and editors of a profile that everybody can read and that has not ended."""
    is_there = organisation.status == OrganisationStatus.PUBLISHED
    return is_there and bool(roles_in(person, organisation) & PUBLISHERS)


def may_manage(person: Person | None, project: Project) -> bool:
    """Read the workbench of a card; the portal team, too."""
    return translates(person, project) or is_administrator(person)


def may_publish(person: Person | None, project: Project) -> bool:
    return project.state != ProjectState.PUBLISHED and runs(person, project)


def may_withdraw(person: Person | None, project: Project) -> bool:
    return project.state == ProjectState.PUBLISHED and runs_or_removes(person, project)


def may_delete(person: Person | None, project: Project) -> bool:
    """Only what nobody outside has ever seen."""
    return project.state == ProjectState.DRAFT and runs(person, project)


def may_remove_partner(person: Person | None, partner: ProjectPartner) -> bool:
    return runs(person, partner.project)


def runs(person: Person | None, project: Project) -> bool:
    """Does the person look after the project?"""
    return bool(roles_in(person, project.organisation_id) & PUBLISHERS) or _coordinates(person, project)


def runs_or_removes(person: Person | None, project: Project) -> bool:
    """The portal team too may take off the site what must not stay there."""
    return runs(person, project) or is_administrator(person)


def translates(person: Person | None, project: Project) -> bool:
    return runs(person, project) or Role.TRANSLATOR in roles_in(person, project.organisation_id)


def answers(person: Person | None, partner: ProjectPartner) -> bool:
    """Does the person speak for the organisation that is named?"""
    return bool(roles_in(person, partner.organisation_id) & PUBLISHERS)


def writes_record(person: Person | None, record: Record) -> bool:
    return runs(person, record.project)


def changes_picture(person: Person | None, picture: ProjectPicture) -> bool:
    return runs(person, picture.project)


def may_confirm(person: Person | None, record: Record) -> bool:
    """A second person: nobody confirms what they wrote down or corrected last."""
    return person is not None and record.written_by != person.id and runs(person, record.project)


def may_read(person: Person | None, held: ProjectDocument) -> bool:
    """Whoever sees the card, where the document stands on it; else those alone who look after the project.

    Twin: `queries.shown_documents`.
    """
    if held.document.visibility == Visibility.PUBLIC:
        return may_see(person, held.project)
    return runs(person, held.project)


def writes_document(person: Person | None, held: ProjectDocument) -> bool:
    return runs(person, held.project)


def _coordinates(person: Person | None, project: Project) -> bool:
    if project.network_id is None or not is_coordinator(person, project.network_id):
        return False
    member_of = networks_of([project.organisation_id]).get(project.organisation_id, ())
    return any(network.id == project.network_id for network in member_of)


RULES: Rules = {
    Permission.SEE: may_see,
    Permission.SEE_OWN: may_see_own,
    Permission.CREATE: may_create,
    Permission.MANAGE: may_manage,
    Permission.EDIT: runs,
    Permission.TRANSLATE: translates,
    Permission.PUBLISH: may_publish,
    Permission.WITHDRAW: may_withdraw,
    Permission.DELETE: may_delete,
    Permission.ANSWER: answers,
    Permission.REMOVE_PARTNER: may_remove_partner,
    Permission.CHANGE_RECORD: writes_record,
    Permission.CONFIRM_RECORD: may_confirm,
    Permission.CHANGE_PICTURE: changes_picture,
    Permission.READ_DOCUMENT: may_read,
    Permission.CHANGE_DOCUMENT: writes_document,
}

SIGHTS: Sights = {
    Project: Permission.SEE,
    ProjectPartner: Permission.ANSWER,
    ProjectPicture: Permission.CHANGE_PICTURE,
    Record: Permission.CHANGE_RECORD,
    ProjectDocument: Permission.READ_DOCUMENT,
}

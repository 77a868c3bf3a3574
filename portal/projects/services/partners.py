"""Partners: a project names an organisation, the organisation answers, and may change its mind at any time."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal import mail
from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.states import change_state
from portal.organisations.models import Organisation, OrganisationStatus
from portal.projects import mails, queries
from portal.projects.models import PartnerStatus, Project, ProjectPartner
from portal.projects.policies import Permission
from portal.projects.services.locking import locked_project
from portal.projects.services.states import PARTNERS
from portal.words.i18n import _l

MOST = 60  # organisations that one project may name


def ask_partner(project: Project, organisation: Organisation | None, *, by: Person | Portal) -> ProjectPartner:
    """Name an organisation as a partner; a mail asks its owners and editors. Until they answer, its name is no link.

    Refuses one that is not there (None), is not public, leads the project itself, or is named already.
    """
    with transaction() as session:
        project = locked_project(project.id)
        demand(Permission.EDIT, project, by=by)
        if organisation is None or organisation.status != OrganisationStatus.PUBLISHED:
            reason = _l("There is no public profile at this address. Copy it from the page of the organisation.")
            raise Refusal(reason, field="other")
        if organisation.id == project.organisation_id:
            raise Refusal(_l("This organisation runs the project itself."), field="other")
        named = session.scalars(
            sa.select(ProjectPartner.organisation_id).where(ProjectPartner.project_id == project.id)
        ).all()
        if organisation.id in named:
            raise Conflict(_l("This organisation is named already."), field="other")
        if len(named) >= MOST:
            raise Refusal(_l("A project names at most 60 organisations."), field="other")
        partner = ProjectPartner(
            project_id=project.id, organisation_id=organisation.id, status=PARTNERS.born(PartnerStatus.ASKED)
        )
        session.add(partner)
        session.flush()
        partner = _locked(partner.id)
        for person in queries.speakers(organisation.id):
            mail.queue(mails.partner_asked(partner, project, person))
        audit.record("project.partner-asked", project, detail={"organisation": organisation.id}, actor=by)
        return partner


def accept_partnership(partner: ProjectPartner, *, by: Person | Portal) -> None:
    """The partner agrees: its name on the card leads to its profile."""
    with transaction():
        change_state(PARTNERS, _locked(partner.id), PartnerStatus.ACCEPTED, by=by)


def refuse_partnership(partner: ProjectPartner, *, by: Person | Portal) -> None:
    """The partner does not want to be named, also after it has agreed: its name is on no page from now on."""
    with transaction():
        change_state(PARTNERS, _locked(partner.id), PartnerStatus.REFUSED, by=by)


def remove_partner(partner: ProjectPartner, *, by: Person | Portal) -> None:
    """The project does not name the organisation any more; whatever it has answered is forgotten."""
    with transaction() as session:
        partner = _locked(partner.id)
        demand(Permission.REMOVE_PARTNER, partner, by=by)
        number = {"organisation": partner.organisation_id}
        audit.record("project.partner-removed", partner.project, detail=number, actor=by)
        session.delete(partner)


def _locked(number: int) -> ProjectPartner:
    """The partner with both sides, under the lock of its project first."""
    project_id = db.session.scalar(sa.select(ProjectPartner.project_id).where(ProjectPartner.id == number))
    if project_id is None:
        raise Refusal(_l("This partner is no longer named."))
    locked_project(project_id)
    query = sa.select(ProjectPartner).where(ProjectPartner.id == number).with_for_update(of=ProjectPartner)
    loaded = (
        joinedload(ProjectPartner.organisation),
        joinedload(ProjectPartner.project).joinedload(Project.organisation),
    )
    query = query.options(*loaded).execution_options(populate_existing=True)
    partner = db.session.scalar(query)
    if partner is None:
        raise Refusal(_l("This partner is no longer named."))
    return partner

"""Reads of projects, one by one, and which of them everybody sees."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.db import db
from portal.ground.statements import table
from portal.membership.models import Membership, MembershipStatus
from portal.membership.publishers import PUBLISHERS
from portal.membership.queries import coordinated_networks
from portal.organisations.models import PUBLIC, Organisation, OrganisationStatus
from portal.organisations.queries import roles_anywhere
from portal.projects.models import Project, ProjectPartner, ProjectState

_organisation, _membership = table(Organisation), table(Membership)
_WHOSE = (joinedload(Project.organisation), joinedload(Project.network))
_BY_SLUG = sa.select(Project).where(Project.slug == sa.bindparam("slug")).options(*_WHOSE)


def by_slug(slug: str) -> Project | None:
    """The project with its organisation and network, in whatever state."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def find(number: int) -> Project | None:
    """The same, by number."""
    return db.session.scalar(sa.select(Project).where(Project.id == number).options(*_WHOSE))


def public_condition() -> sa.ColumnElement[bool]:
    """Is its card public, and its organisation, too?"""
    shown = sa.exists().where(_organisation.c.id == Project.organisation_id, _organisation.c.status.in_(PUBLIC))
    return sa.and_(Project.state == ProjectState.PUBLISHED, shown)


def is_public(project: Project) -> bool:
    """The same of one project, which comes with its organisation."""
    return project.state == ProjectState.PUBLISHED and OrganisationStatus(project.organisation.status) in PUBLIC


def findable_ids() -> sa.Select[int]:
    """The numbers of the projects that are public."""
    return sa.select(Project.id).where(public_condition())


def visible_to(person: Person | None) -> sa.ColumnElement[bool]:
    """The twin of the permission to see a project, for lists."""
    if person is None:
        return public_condition()
    if is_administrator(person):
        return sa.true()
    anywhere = roles_anywhere(person)
    publishing = [number for number, roles in anywhere.items() if roles & PUBLISHERS]
    asked = sa.exists().where(ProjectPartner.project_id == Project.id, ProjectPartner.organisation_id.in_(publishing))
    return sa.or_(public_condition(), Project.organisation_id.in_([*anywhere]), asked, coordinated_by(person))


def coordinated_by(person: Person) -> sa.ColumnElement[bool]:
    """Projects that work for a network which the person coordinates, as long as their organisation is a member."""
    member = sa.exists().where(
        _membership.c.network_id == Project.network_id,
        _membership.c.organisation_id == Project.organisation_id,
        _membership.c.status == MembershipStatus.ACTIVE,
    )
    return sa.and_(Project.network_id.in_([network.id for network in coordinated_networks(person)]), member)


def of_organisation(organisation_id: int) -> Sequence[Project]:
    """All projects of an organisation, in whatever state, with it."""
    query = sa.select(Project).where(Project.organisation_id == organisation_id).options(*_WHOSE)
    return db.session.scalars(query.order_by(Project.id)).all()

"""Partners of projects: who is named, who has answered, who has not."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import Person
from portal.ground.db import db
from portal.ground.memo import remembered
from portal.membership.publishers import PUBLISHERS
from portal.membership.queries import keepers
from portal.organisations.models import PUBLIC, Organisation
from portal.organisations.queries import roles_anywhere
from portal.projects.models import PartnerStatus, Project, ProjectPartner


def partners_of(project_id: int) -> Sequence[ProjectPartner]:
    """All that the project has asked, with the organisations, in the order in which they were asked."""
    query = sa.select(ProjectPartner).where(ProjectPartner.project_id == project_id)
    return db.session.scalars(query.options(joinedload(ProjectPartner.organisation)).order_by(ProjectPartner.id)).all()


def accepted_partners(project_id: int) -> Sequence[ProjectPartner]:
    """Those that a reader sees: who has not refused, and has a public profile."""
    query = sa.select(ProjectPartner).join(ProjectPartner.organisation)
    query = query.where(
        ProjectPartner.project_id == project_id,
        ProjectPartner.status != PartnerStatus.REFUSED,
        Organisation.status.in_(PUBLIC),
    )
    loaded = contains_eager(ProjectPartner.organisation)
    return db.session.scalars(query.options(loaded).order_by(ProjectPartner.id)).all()


def partner_at(slug: str, number: int) -> ProjectPartner | None:
    """One partner of the project with this address, with both organisations."""
    query = sa.select(ProjectPartner).join(ProjectPartner.project)
    query = query.where(Project.slug == slug, ProjectPartner.id == number)
    project = contains_eager(ProjectPartner.project)
    return db.session.scalar(
        query.options(
            project.joinedload(Project.organisation), project.joinedload(Project.network),
            joinedload(ProjectPartner.organisation),
        )
    )  # fmt: skip


def partnerships(person: Person | None) -> frozenset[int]:
    """The projects that name an organisation whose owner or editor the person is; asked for once a request."""
    if person is None:
        return frozenset()
    number, organisations = person.id, _publishing(person)
    query = sa.select(ProjectPartner.project_id).where(ProjectPartner.organisation_id.in_(organisations))
    if not organisations:
        return frozenset()
    return remembered(("partnerships", number), lambda: frozenset(db.session.scalars(query)))


def waiting_for(person: Person, limit: int = 5) -> Sequence[ProjectPartner]:
    """Questions to organisations of a person that nobody has answered, the oldest first, with project and organisation."""
    query = sa.select(ProjectPartner).where(
        ProjectPartner.organisation_id.in_(_publishing(person)), ProjectPartner.status == PartnerStatus.ASKED
    )
    loaded = (joinedload(ProjectPartner.project), joinedload(ProjectPartner.organisation))
    return db.session.scalars(query.options(*loaded).order_by(ProjectPartner.id).limit(limit)).all()


def speakers(organisation_id: int) -> Sequence[Person]:
    """Owners and editors of an organisation whom a mail reaches."""
    return [person for person in keepers(organisation_id, [*PUBLISHERS]) if person.email]


def _publishing(person: Person) -> Sequence[int]:
    return [number for number, roles in roles_anywhere(person).items() if roles & PUBLISHERS]

"""The projects that a person looks after."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.ground.db import db
from portal.membership.publishers import PUBLISHERS
from portal.organisations.queries import roles_anywhere
from portal.projects.models import Project, ProjectState
from portal.projects.queries.projects import coordinated_by


def own(person: Person, *, offset: int = 0, limit: int = 50) -> Sequence[Project]:
    """The projects that a person looks after with their organisations, drafts first, then those that end last."""
    query = sa.select(Project).where(_own(person)).options(joinedload(Project.organisation))
    query = query.order_by(Project.state != ProjectState.DRAFT, Project.ends_on.desc(), Project.id.desc())
    return db.session.scalars(query.offset(offset).limit(limit)).all()


def number_of_own(person: Person) -> int:
    """How many `own` has in all."""
    return db.session.scalar(sa.select(sa.func.count(Project.id)).where(_own(person))) or 0


def _own(person: Person) -> sa.ColumnElement[bool]:
    organisations = [number for number, roles in roles_anywhere(person).items() if roles & PUBLISHERS]
    return sa.or_(Project.organisation_id.in_(organisations), coordinated_by(person))

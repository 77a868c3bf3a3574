"""What all use-cases of projects share: the row under lock, and the search in step with what is public."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.ground.locks import locked_if_there
from portal.organisations.models import PUBLIC, Organisation, OrganisationStatus
from portal.projects.findable import document
from portal.projects.models import KIND, Project, ProjectState
from portal.words import search
from portal.words.i18n import _l


def locked_project(number: int) -> Project:
    """The project under lock, with its organisation: always the first lock of a use-case of its card."""
    project = locked_if_there(Project, number)
    if project is None:
        raise Refusal(_l("This project no longer exists."))
    loaded = (joinedload(Project.organisation), joinedload(Project.network))
    return db.session.scalars(sa.select(Project).where(Project.id == number).options(*loaded)).one()


def reindex(project: Project) -> None:
    """Let the search say of this project what is public now."""
    status = db.session.get_one(Organisation, project.organisation_id).status
    if project.state == ProjectState.PUBLISHED and OrganisationStatus(status) in PUBLIC:
        db.session.flush()
        search.index([document(project)])
    else:
        search.remove(KIND, project.id)

"""Photos and logos of cards."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.ground.db import db
from portal.projects.models import Project, ProjectPicture


def pictures_of(project_id: int) -> Sequence[ProjectPicture]:
    """All pictures of a project with their files, in the order in which they were added."""
    query = sa.select(ProjectPicture).where(ProjectPicture.project_id == project_id)
    return db.session.scalars(query.options(joinedload(ProjectPicture.file)).order_by(ProjectPicture.id)).all()


def picture_at(slug: str, number: int) -> ProjectPicture | None:
    """A picture of the project with this address, with its file and the project."""
    query = sa.select(ProjectPicture).join(ProjectPicture.project)
    query = query.where(Project.slug == slug, ProjectPicture.id == number)
    project = contains_eager(ProjectPicture.project)
    return db.session.scalar(
        query.options(
            project.joinedload(Project.organisation), project.joinedload(Project.network),
            joinedload(ProjectPicture.file),
        )
    )  # fmt: skip


def number_of_pictures(project_id: int, kind: str) -> int:
    """How many pictures of a kind a project has."""
    query = sa.select(sa.func.count(ProjectPicture.id))
    query = query.where(ProjectPicture.project_id == project_id, ProjectPicture.kind == kind)
    return db.session.scalar(query) or 0

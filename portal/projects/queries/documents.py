"""The documents of projects, read by those who look after them and by whoever sees the card."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.documents.models import Document
from portal.documents.queries import in_order
from portal.ground.db import db
from portal.organisations.models import Visibility
from portal.projects.models import Project, ProjectDocument


def document_at(slug: str, number: int) -> ProjectDocument | None:
    """A document of the project at an address, with its file, and with all that is asked about the project."""
    project = contains_eager(ProjectDocument.project)
    query = _with_files().join(ProjectDocument.project).options(
        project, project.joinedload(Project.organisation), project.joinedload(Project.network)
    )  # fmt: skip
    return db.session.scalar(query.where(ProjectDocument.document_id == number, Project.slug == slug))


def documents_of(project_id: int) -> Sequence[Document]:
    """All documents of a project, for those who look after it: in the order of kinds, the newest first."""
    return _read(_with_files().where(ProjectDocument.project_id == project_id))


def shown_documents(project_id: int) -> Sequence[Document]:
    """Those that stand on the card, in the same order; what is hidden does not leave the database."""
    return _read(_shown(), project_id)


def number_of_documents(project_id: int) -> int:
    """How many documents a project has, whoever sees them."""
    own = ProjectDocument.project_id == project_id
    return db.session.scalar(sa.select(sa.func.count()).select_from(ProjectDocument).where(own)) or 0


def _with_files() -> sa.Select[ProjectDocument]:
    return (
        sa.select(ProjectDocument)
        .join(ProjectDocument.document)
        .join(Document.file)
        .options(contains_eager(ProjectDocument.document).contains_eager(Document.file))
    )


@cache
def _shown() -> sa.Select[ProjectDocument]:
    """Built once: every card asks."""
    own = ProjectDocument.project_id == sa.bindparam("project")
    return _with_files().where(own, Document.visibility == Visibility.PUBLIC)


def _read(query: sa.Select[ProjectDocument], project_id: int | None = None) -> Sequence[Document]:
    rows = db.session.scalars(query, {"project": project_id} if project_id is not None else None)
    return in_order(row.document for row in rows)

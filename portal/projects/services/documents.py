"""The documents of a project: added, described, replaced and removed by those who look after it, under its lock."""

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.documents.models import Document
from portal.documents.services import papers
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.locks import locked, locked_if_there
from portal.projects import queries
from portal.projects.document_fields import OF_PROJECT
from portal.projects.models import Project, ProjectDocument
from portal.projects.policies import Permission
from portal.projects.services.locking import locked_project
from portal.words.i18n import _l

MOST_DOCUMENTS = 30
ENOUGH = _l("A project has at most thirty documents. Remove one that nobody needs any more.")
GONE = _l("This document is not there any more. Nothing has changed.")


def add_document(project: Project, *, by: Person | Portal, file: bytes | None, **values: object) -> Document:
    """Give a PDF to the card. The number is counted under the lock of the project, so it holds whoever adds meanwhile.

    Raises Refusals with everything that is wrong, before the file is kept.
    """
    given = papers.checked(values, file, OF_PROJECT, is_new=True)
    _check_room(project.id)
    assert file is not None
    kept = papers.keep(file)
    with transaction() as session:
        project = locked_project(project.id)
        demand(Permission.EDIT, project, by=by)
        _check_room(project.id)
        made = papers.make(given, kept, project.title.original, by=by)
        session.add(ProjectDocument(document_id=made.id, project_id=project.id))
        session.flush()
        audit.record("project.document-added", project, detail=_told(made), actor=by)
    return made


def change_document(
    document: ProjectDocument, *, by: Person | Portal, version: int, file: bytes | None = None, **values: object
) -> None:
    """Describe a document anew, and put another file in its place when there is one.

    Raises Stale with what is stored when somebody else has saved since `version`, Conflict when the document is gone.
    """
    given = papers.checked(values, file, OF_PROJECT, is_new=False)
    kept = papers.keep(file) if file is not None else None
    numbers = _numbers(document)
    with transaction():
        project, current = _held(*numbers, by)
        check_version(current, version, OF_PROJECT.read(current, project.title.original))
        papers.rewrite(current, given, kept, project.title.original, by=by)
        detail = {**_told(current), "file": kept is not None}
        audit.record("project.document-changed", project, detail=detail, actor=by)


def remove_document(document: ProjectDocument, *, by: Person | Portal) -> None:
    """Take a document off the card and delete its file. Raises Conflict when it is gone already."""
    numbers = _numbers(document)
    with transaction():
        project, current = _held(*numbers, by)
        audit.record("project.document-removed", project, detail=_told(current), actor=by)
        papers.remove(current)


def forget_documents(project_id: int) -> None:
    """All documents of a project under lock go with it, their files too (inside a transaction)."""
    own = sa.select(ProjectDocument.document_id).where(ProjectDocument.project_id == project_id)
    for number in db.session.scalars(own.order_by(ProjectDocument.document_id)).all():
        papers.remove(locked(Document, number))


def _numbers(document: ProjectDocument) -> tuple[int, int]:
    """Read before the transaction: once it has begun, a row that is gone says nothing any more."""
    return document.project_id, document.document_id


def _held(project_id: int, document_id: int, by: Person | Portal) -> tuple[Project, Document]:
    """The project and the document, ours until the end of the transaction: the project first, as everybody does."""
    project = locked_project(project_id)
    link = locked_if_there(ProjectDocument, document_id)
    if link is None:
        raise Conflict(GONE)
    link.project = project
    demand(Permission.CHANGE_DOCUMENT, link, by=by)
    return project, locked(Document, document_id)


def _check_room(project_id: int) -> None:
    if queries.number_of_documents(project_id) >= MOST_DOCUMENTS:
        raise Refusal(ENOUGH)


def _told(document: Document) -> dict[str, object]:
    return {"document": document.id, "kind": document.kind, "visibility": document.visibility}

"""What must be true of projects and their partners, beyond the rules of the database."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.documents.models import Document
from portal.ground.checks import Check, rows
from portal.ground.db import db
from portal.projects.document_fields import WHO_SEES
from portal.projects.findable import document
from portal.projects.models import KIND, Project, ProjectDocument, ProjectPartner
from portal.projects.queries import findable_ids
from portal.words import search


def _documents(numbers: list[int]) -> list[search.Document]:
    return [document(one) for one in db.session.scalars(sa.select(Project).where(Project.id.in_(numbers)))]


@cache
def checks() -> Sequence[Check]:
    return (
        rows(
            "projects.partner-of-its-own", ProjectPartner, "An organisation is a partner of a project that it runs.",
            sa.exists().where(
                Project.id == ProjectPartner.project_id, Project.organisation_id == ProjectPartner.organisation_id
            ),
        ),
        rows(
            "projects.document-seen", ProjectDocument, "A document of a project is for neither everybody nor its own people.",
            sa.exists().where(Document.id == ProjectDocument.document_id, Document.visibility.not_in([*WHO_SEES])),
        ),
        *search.in_step(KIND, findable_ids, _documents),
    )  # fmt: skip

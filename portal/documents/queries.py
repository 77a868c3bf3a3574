"""Documents, read by those who write them and by those who may see them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.documents.models import Document, DocumentKind, OrganisationDocument
from portal.ground.db import db
from portal.organisations.models import Organisation
from portal.organisations.nearness import Nearness

_PLACE = {kind.value: place for place, kind in enumerate(DocumentKind)}


def _with_files() -> sa.Select[OrganisationDocument]:
    return (
        sa.select(OrganisationDocument)
        .join(OrganisationDocument.document)
        .join(Document.file)
        .options(contains_eager(OrganisationDocument.document).contains_eager(Document.file))
    )


def document_at(slug: str, number: int) -> OrganisationDocument | None:
    """A document of the organisation at an address, with all that is asked about it."""
    query = _with_files().join(OrganisationDocument.organisation)
    query = query.options(contains_eager(OrganisationDocument.organisation))
    return db.session.scalar(query.where(OrganisationDocument.document_id == number, Organisation.slug == slug))


def documents_of(organisation: Organisation) -> Sequence[Document]:
    """All documents of an organisation, for those who write them: in the order of kinds, the newest first."""
    return _read(_with_files().where(OrganisationDocument.organisation_id == organisation.id))


@cache
def _seen() -> sa.Select[OrganisationDocument]:
    """Built once: every profile asks."""
    own = OrganisationDocument.organisation_id == sa.bindparam("organisation")
    return _with_files().where(own, Document.visibility.in_(sa.bindparam("seen", expanding=True)))


def documents_seen(organisation: Organisation, near: Nearness) -> Sequence[Document]:
    """Those that somebody so near may see; one query, and what is hidden does not leave the database."""
    return _read(_seen(), {"organisation": organisation.id, "seen": list(near.seen)})


def number_of_documents(organisation_id: int) -> int:
    """How many documents an organisation has, whoever sees them."""
    own = OrganisationDocument.organisation_id == organisation_id
    return db.session.scalar(sa.select(sa.func.count()).select_from(OrganisationDocument).where(own)) or 0


def kinds_of_documents(organisation: Organisation) -> Sequence[str]:
    """Which kinds of documents there are, whoever sees them."""
    own = OrganisationDocument.organisation_id == organisation.id
    kinds = sa.select(Document.kind).join(OrganisationDocument).where(own).distinct()
    return sorted(db.session.scalars(kinds), key=_PLACE.__getitem__)


def _read(query: sa.Select[OrganisationDocument], values: Mapping[str, object] | None = None) -> Sequence[Document]:
    return in_order(row.document for row in db.session.scalars(query, values))


def in_order(documents: Iterable[Document]) -> Sequence[Document]:
    """As lists have them, whoever they belong to: in the order of kinds, the newest first."""
    return sorted(documents, key=lambda one: (_PLACE[one.kind], -(one.year or 0), -one.id))

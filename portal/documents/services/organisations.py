"""The documents of an organisation: added, described, replaced and removed by those who write its profile."""

from portal.accounts.models import Person
from portal.documents import queries
from portal.documents.fields import OF_ORGANISATION
from portal.documents.models import Document, OrganisationDocument
from portal.documents.policies import Permission
from portal.documents.services import papers
from portal.ground import audit
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.locks import locked, locked_if_there
from portal.ground.statements import table
from portal.organisations.models import Organisation
from portal.words.i18n import _l

MOST_DOCUMENTS = 20
ENOUGH = _l("A profile has at most twenty documents. Remove one that nobody needs any more.")
GONE = _l("This document is not there any more. Nothing has changed.")


def add(organisation: Organisation, *, by: Person, file: bytes | None, **values: object) -> Document:
    """Put a PDF on the profile. The number is counted under the lock of the profile, so it holds whoever adds meanwhile.

    Raises Refusals with everything that is wrong, before the file is kept. That the rest of the profile is right is not
    said by it: whoever adds a report has not looked at the contacts.
    """
    given = papers.checked(values, file, OF_ORGANISATION, is_new=True)
    _check_room(organisation.id)
    assert file is not None
    kept = papers.keep(file)
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.MANAGE, current, by=by)
        _check_room(current.id)
        made = papers.make(given, kept, current.name.original, by=by)
        session.add(OrganisationDocument(document_id=made.id, organisation_id=current.id))
        session.flush()
        audit.record("organisation.document_added", current, detail=_told(made), actor=by)
    return made


def change(
    document: OrganisationDocument, *, by: Person, version: int, file: bytes | None = None, **values: object
) -> None:
    """Describe a document anew, and put another file in its place when there is one.

    Raises Stale with what is stored when somebody else has saved since `version`, Conflict when the document is gone.
    """
    given = papers.checked(values, file, OF_ORGANISATION, is_new=False)
    kept = papers.keep(file) if file is not None else None
    numbers = _numbers(document)
    with transaction():
        organisation, current = _held(*numbers, by)
        check_version(current, version, OF_ORGANISATION.read(current, organisation.name.original))
        papers.rewrite(current, given, kept, organisation.name.original, by=by)
        detail = {**_told(current), "file": kept is not None}
        audit.record("organisation.document_changed", organisation, detail=detail, actor=by)


def remove(document: OrganisationDocument, *, by: Person) -> None:
    """Take a document off the profile and delete its file. Raises Conflict when it is gone already."""
    numbers = _numbers(document)
    with transaction():
        organisation, current = _held(*numbers, by)
        audit.record("organisation.document_removed", organisation, detail=_told(current), actor=by)
        papers.remove(current)


def follow_merge(lost_id: int, kept_id: int) -> None:
    """All documents of a merged profile are those of the kept one. More than one may add are no harm."""
    with transaction() as session:
        rows = table(OrganisationDocument)
        moved = rows.update().where(rows.c.organisation_id == lost_id)
        session.execute(moved.values(organisation_id=kept_id))
        session.expire_all()


def _numbers(document: OrganisationDocument) -> tuple[int, int]:
    """Read before the transaction: once it has begun, a row that is gone says nothing any more."""
    return document.organisation_id, document.document_id


def _held(organisation_id: int, document_id: int, by: Person) -> tuple[Organisation, Document]:
    """The profile and the document, ours until the end of the transaction: the profile first, as everybody does.

    A document that a merge has given to another profile meanwhile is gone from this one.
    """
    organisation = locked_if_there(Organisation, organisation_id)
    link = locked_if_there(OrganisationDocument, document_id)
    if organisation is None or link is None or link.organisation_id != organisation.id:
        raise Conflict(GONE)
    demand(Permission.CHANGE, link, by=by)
    return organisation, locked(Document, document_id)


def _check_room(organisation_id: int) -> None:
    if queries.number_of_documents(organisation_id) >= MOST_DOCUMENTS:
        raise Refusal(ENOUGH)


def _told(document: Document) -> dict[str, object]:
    return {"document": document.id, "kind": document.kind, "visibility": document.visibility}

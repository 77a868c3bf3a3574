"""Faults of this feature that `portal check` must find, and the document in which they are planted."""

from portal.accounts.models import Person
from portal.organisations.models import Organisation
from tests.factories.documents import make_document

PLANTED: dict[str, tuple[str, ...]] = {
    "documents.not-pdf": ("{document}", "UPDATE file SET mime = 'text/html' WHERE id = {document_file}"),
    "documents.too-large": ("{document}", "UPDATE file SET size = 10000001 WHERE id = {document_file}"),
}


def things(organisation: Organisation, owner: Person) -> dict[str, object]:
    """A document and its file, by number."""
    made = make_document(organisation, owner)
    return {"document": made.document_id, "document_file": made.document.file_id}

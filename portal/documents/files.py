"""The file of a document as it is given out, whoever the document belongs to."""

from flask import Response

from portal.documents.models import Document
from portal.face.media import PDF, document_response, file_name
from portal.words.text import capital
from portal.words.vocabularies import label


def called(document: Document) -> str:
    """A document by its title, or by its kind where it has none, in the language of the page."""
    return document.title.shown().text or capital(label("document_type", document.kind))


def answer_with(document: Document, *, is_public: bool) -> Response:
    """Its file, called as pages call it, for somebody who has just been let in."""
    name = f"{called(document)} {document.year}" if document.year else called(document)
    return document_response(document.file, file_name(name, PDF), is_public=is_public)

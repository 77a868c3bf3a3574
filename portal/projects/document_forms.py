"""The shape of what is said about a document of a project."""

from portal.documents.forms import DocumentEditForm, DocumentForm
from portal.face.forms import Versioned
from portal.projects.document_fields import OF_PROJECT


class ProjectDocumentForm(DocumentForm):
    """A new document of a project."""

    fields = OF_PROJECT


class ProjectDocumentEditForm(DocumentEditForm, Versioned):
    """What is said about a document of a project, and another file for it."""

    fields = OF_PROJECT

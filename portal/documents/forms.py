"""The shape of what is said about a document."""

from typing import Any

from portal.documents.fields import OF_ORGANISATION
from portal.documents.services import MOST_BYTES
from portal.face.forms import FileField, Form, Versioned
from portal.words.i18n import _l


class _WithFile(Form):
    """A file is read up to one byte more than it may have: so it is known to be too large, and costs no more."""

    def values(self) -> dict[str, Any]:
        chosen = self["file"].data
        return {**super().values(), "file": chosen.stream.read(MOST_BYTES + 1) if chosen else None}


class DocumentForm(_WithFile):
    """A new document of an organisation. Another owner derives its own, with other `fields`."""

    fields = OF_ORGANISATION
    file = FileField(_l("PDF file"))


class DocumentEditForm(_WithFile, Versioned):
    """What is said about a document of an organisation, and another file for it."""

    fields = OF_ORGANISATION
    file = FileField(_l("Another PDF file in its place"))

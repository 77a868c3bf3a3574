"""What must be true of documents."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.documents.models import Document
from portal.documents.services import MOST_BYTES
from portal.face.media import PDF, File
from portal.ground.checks import Check, rows

_FILE = sa.exists().where(File.id == Document.file_id)


@cache
def checks() -> Sequence[Check]:
    return (
        rows("documents.not-pdf", Document, "The file of a document is no PDF.", ~_FILE.where(File.mime == PDF)),
        rows(
            "documents.too-large", Document, "The file of a document is larger than one may be.",
            _FILE.where(File.size > MOST_BYTES),
        ),
    )  # fmt: skip

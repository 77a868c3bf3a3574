"""Pictures of people: checked, stripped, re-encoded, kept in an object store and served as nothing but pictures.

Files that not everybody may see lie there too, and are given out by the feature that owns them.
"""

from portal.face.media.documents import (
    PDF,
    Document,
    check_paper,
    document_response,
    file_name,
    keep_paper,
    prepare_document,
    store_document,
)
from portal.face.media.files import (
    File,
    StoredVariant,
    Variant,
    remove,
    remove_unused,
    store,
    store_image,
    unused,
    without_content,
)
from portal.face.media.images import PreparedImage, prepare_image
from portal.face.media.serving import media_path, media_response
from portal.face.media.storage import answers as store_answers
from portal.face.media.storage import get as content_of
from portal.face.media.storage import media_store

__all__ = [
    "PDF",
    "Document",
    "File",
    "PreparedImage",
    "StoredVariant",
    "Variant",
    "check_paper",
    "content_of",
    "document_response",
    "file_name",
    "keep_paper",
    "media_path",
    "media_response",
    "media_store",
    "prepare_document",
    "prepare_image",
    "remove",
    "remove_unused",
    "store",
    "store_answers",
    "store_document",
    "store_image",
    "unused",
    "without_content",
]

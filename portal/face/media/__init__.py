"""Pictures of people: checked, stripped, re-encoded, kept in an object store and served as nothing but pictures."""

from portal.face.media.files import File, StoredVariant, Variant, remove, remove_unused, store, store_image
from portal.face.media.images import PreparedImage, prepare_image
from portal.face.media.serving import media_path, media_response
from portal.face.media.storage import media_store

__all__ = [
    "File",
    "PreparedImage",
    "StoredVariant",
    "Variant",
    "media_path",
    "media_response",
    "media_store",
    "prepare_image",
    "remove",
    "remove_unused",
    "store",
    "store_image",
]

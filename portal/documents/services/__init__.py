"""The use-cases of documents."""

from portal.documents.services.organisations import GONE, MOST_DOCUMENTS, add, change, follow_merge, remove
from portal.documents.services.papers import MOST_BYTES, held, remove_unused

__all__ = ["GONE", "MOST_BYTES", "MOST_DOCUMENTS", "add", "change", "follow_merge", "held", "remove", "remove_unused"]

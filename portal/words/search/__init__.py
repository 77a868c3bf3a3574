"""Search across scripts and spellings: what is public is indexed when it is written, and found the same on both databases.

Everything in the index is public: a service indexes what it publishes and removes what it withdraws.
"""

from portal.words.search.findable import Findable, PublicPage
from portal.words.search.finding import Hit, Hits, is_found, matching_ids, search
from portal.words.search.indexing import Document, index, remove
from portal.words.search.marking import marked
from portal.words.search.models import Kind, SearchDocument, SearchOrder
from portal.words.search.schema import ddl, drop_ddl

__all__ = [
    "Document",
    "Findable",
    "Hit",
    "Hits",
    "Kind",
    "PublicPage",
    "SearchDocument",
    "SearchOrder",
    "ddl",
    "drop_ddl",
    "index",
    "is_found",
    "marked",
    "matching_ids",
    "remove",
    "search",
]

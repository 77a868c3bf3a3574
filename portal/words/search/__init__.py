"""Search across scripts and spellings: what is public is indexed when it is written, and found the same on both databases.

Everything in the index is public: a service indexes what it publishes and removes what it withdraws.
"""

from portal.words.search.checking import in_step
from portal.words.search.findable import Findable, PublicPage, Span
from portal.words.search.finding import Hit, Hits, counted, in_alphabet, matching_ids, matching_numbers, search
from portal.words.search.holding import Indexed, has_words, indexed_words, is_found
from portal.words.search.indexing import Document, index, indexed, remove
from portal.words.search.marking import marked
from portal.words.search.models import Kind, SearchDocument, SearchOrder
from portal.words.search.rules import digest as rules_digest
from portal.words.search.schema import FULL_TEXT, ddl, drop_ddl

__all__ = [
    "FULL_TEXT",
    "Document",
    "Findable",
    "Hit",
    "Hits",
    "Indexed",
    "Kind",
    "PublicPage",
    "SearchDocument",
    "SearchOrder",
    "Span",
    "counted",
    "ddl",
    "drop_ddl",
    "has_words",
    "in_alphabet",
    "in_step",
    "index",
    "indexed",
    "indexed_words",
    "is_found",
    "marked",
    "matching_ids",
    "matching_numbers",
    "remove",
    "rules_digest",
    "search",
]

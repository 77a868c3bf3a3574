"""Which of a few documents a query finds, asked of their words in memory: for many queries about the same few documents.

The answer is the one that the database gives (`finding.matching_numbers`); a test holds them equal on both.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import in_batches
from portal.words.search import terms as t
from portal.words.search.models import Kind, SearchDocument

_BATCH = 500
SHORTEST = 3  # letters of a word that is looked for inside words; a shorter one must start one (`terms`)
_ROWS = sa.select(SearchDocument.object_id, SearchDocument.fold, SearchDocument.skeleton, SearchDocument.alias).where(
    SearchDocument.kind == sa.bindparam("kind"), SearchDocument.object_id.in_(sa.bindparam("numbers", expanding=True))
)


class Indexed(NamedTuple):
    """The words of a document, as the index keeps them."""

    fold: str
    skeleton: str
    alias: str


def indexed_words(kind: Kind, numbers: Collection[int]) -> Mapping[int, Indexed]:
    """The words of these objects; one that the index does not know is left out."""
    found: dict[int, Indexed] = {}
    for some in in_batches(sorted(numbers), _BATCH):
        rows = db.session.execute(_ROWS, {"kind": kind.code, "numbers": some})
        found.update({row[0]: Indexed(row[1], row[2], row[3]) for row in rows})
    return found


def is_found(query: str, words: Indexed) -> bool:
    """Does the query find a document with these words? One without a letter or digit finds nothing."""
    terms = t.parsed(query)
    return bool(terms) and all(_has(words, term) for term in terms)


def has_words(query: str) -> bool:
    """Is there anything in it that could be found?"""
    return bool(t.parsed(query))


def _has(words: Indexed, term: t.Term) -> bool:
    inside = term.fold if len(term.fold) >= SHORTEST else f"  {term.fold}"
    key = term.skeleton if len(term.skeleton) >= SHORTEST else f"  {term.skeleton}"
    return (
        inside in words.fold
        or inside in words.alias
        or key in words.skeleton
        or bool(term.stem and f"  {term.stem}  " in words.skeleton)
    )

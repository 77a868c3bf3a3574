"""From what a person typed to conditions, in the language of either database.

A hit: every word of the query is inside a word of the fold, skeleton or alias text; a word of one or two letters must
start one. How good a hit is decides its worst word:
fold: it is a whole word; prefix: it starts a word; skeleton: its skeleton does; alias: every other hit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.words.search.models import SearchDocument
from portal.words.text.folding import fold_word, words
from portal.words.text.skeleton import skeleton_word

MATCHES = ("fold", "prefix", "skeleton", "alias")  # best first
LONGEST_WORD = 64
MOST_WORDS = 8  # of a query; the rest is not looked at
MOST_INDEXED = 4000  # words of a document

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query: small ASCII letters and digits, so it needs no escaping anywhere."""

    fold: str
    skeleton: str


def parsed(query: str) -> tuple[Term, ...]:
    """The words of a query, each once. Empty when there is no letter or digit in it."""
    found: dict[Term, None] = {}
    for word in words(query[:500]):
        term = Term(fold_word(word)[:LONGEST_WORD], skeleton_word(word)[:LONGEST_WORD])
        if term.fold and term.skeleton:
            found[term] = None
    return tuple(found)[:MOST_WORDS]


def padded(folded: str) -> str:
    """Each word once, two spaces around it: three characters are then enough to find where any word starts."""
    kept = dict.fromkeys(word[:LONGEST_WORD] for word in folded.split())
    return "".join(f"  {word}" for word in list(kept)[:MOST_INDEXED]) + "  "


# --- SQLite: expressions of FTS5, always quoted ---------------------------------------------------------------------


def trigram_expression(terms: Iterable[Term]) -> str:
    """All hits, for `search_trigram`."""
    return " AND ".join(f'("{_inside(term.fold)}" OR "{_inside(term.skeleton).upper()}")' for term in terms)


def word_expression(terms: Sequence[Term], match: str) -> str:
    """The hits that are at least as good as `match` (fold, prefix or skeleton), for `search_word`."""
    single = {
        "fold": '{{fold}}:"{0.fold}"',
        "prefix": '{{fold}}:"{0.fold}"*',
        "skeleton": '({{fold}}:"{0.fold}"* OR {{skeleton}}:"{0.skeleton}"*)',
    }[match]
    return " AND ".join(single.format(term) for term in terms)


# --- any database: conditions on the stored text --------------------------------------------------------------------


def is_hit(terms: Iterable[Term]) -> Condition:
    return sa.and_(
        *(
            sa.or_(
                _has(SearchDocument.fold, _inside(term.fold)),
                _has(SearchDocument.skeleton, _inside(term.skeleton)),
                _has(SearchDocument.alias, _inside(term.fold)),
            )
            for term in terms
        )
    )


def is_at_least(terms: Iterable[Term], match: str) -> Condition:
    """Is the row as good as `match` (fold, prefix or skeleton) or better?"""
    conditions = []
    for term in terms:
        starts = _has(SearchDocument.fold, f"  {term.fold}")
        if match == "fold":
            conditions.append(_has(SearchDocument.fold, f"  {term.fold}  "))
        elif match == "prefix":
            conditions.append(starts)
        else:
            conditions.append(sa.or_(starts, _has(SearchDocument.skeleton, f"  {term.skeleton}")))
    return sa.and_(*conditions)


def rank(terms: Sequence[Term]) -> sa.ColumnElement[int]:
    """The place of a hit's match in MATCHES."""
    better = [(is_at_least(terms, match), place) for place, match in enumerate(MATCHES[:-1])]
    return sa.case(*better, else_=len(MATCHES) - 1)


def _inside(key: str) -> str:
    return f"  {key}" if len(key) < 3 else key


def _has(column: sa.ColumnElement[str] | object, key: str) -> Condition:
    return column.like(f"%{key}%")  # type: ignore[union-attr]

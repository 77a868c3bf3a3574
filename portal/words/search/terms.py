"""From what a person typed to conditions, in the language of either database.

A hit: every word of the query is inside a word of the fold, skeleton or alias text, or it is the same as a word of it but for
the endings of both; a word of one or two letters must start one. How good a hit is decides its worst word:
fold: it is a whole word; prefix: it starts a word; skeleton: its skeleton does, or it differs in the ending alone; alias:
every other hit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.words.search.models import SearchDocument
from portal.words.text.folding import fold_word, words
from portal.words.text.skeleton import skeleton_word, stem_word

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
    stem: str = ""  # its skeleton without the ending; empty when it has none


def parsed(query: str) -> tuple[Term, ...]:
    """The words of a query, each once. Empty when there is no letter or digit in it."""
    found: dict[Term, None] = {}
    for word in words(query[:500]):
        key, stem = skeleton_word(word)[:LONGEST_WORD], stem_word(word)[:LONGEST_WORD]
        term = Term(fold_word(word)[:LONGEST_WORD], key, stem if stem != key else "")
        if term.fold and term.skeleton:
            found[term] = None
    return tuple(found)[:MOST_WORDS]


def padded(*folded: str) -> str:
    """Each word once, two spaces around it: three characters are then enough to find where any word starts."""
    kept: dict[str, None] = {}
    for part in folded:
        kept.update(dict.fromkeys(list(dict.fromkeys(word[:LONGEST_WORD] for word in part.split()))[:MOST_INDEXED]))
    return "".join(f"  {word}" for word in kept) + "  "


# --- SQLite: expressions of FTS5, always quoted ---------------------------------------------------------------------


def trigram_expression(terms: Iterable[Term]) -> str:
    """All hits, for `search_trigram`."""
    return " AND ".join(f"({' OR '.join(_in_trigrams(term))})" for term in terms)


def _in_trigrams(term: Term) -> Iterator[str]:
    yield f'"{_inside(term.fold)}"'
    yield f'"{_inside(term.skeleton).upper()}"'
    if term.stem:
        yield f'"{_whole(term.stem).upper()}"'


def word_expression(terms: Sequence[Term], match: str) -> str:
    """The hits that are at least as good as `match` (fold, prefix or skeleton), for `search_word`."""
    single = {
        "fold": '{{fold}}:"{0.fold}"',
        "prefix": '{{fold}}:"{0.fold}"*',
        "skeleton": '({{fold}}:"{0.fold}"* OR {{skeleton}}:"{0.skeleton}"*{1})',
    }[match]
    return " AND ".join(single.format(term, f' OR {{skeleton}}:"{term.stem}"' if term.stem else "") for term in terms)


# --- any database: conditions on the stored text --------------------------------------------------------------------


def is_hit(terms: Iterable[Term]) -> Condition:
    return sa.and_(
        *(
            sa.or_(
                _has(SearchDocument.fold, _inside(term.fold)),
                _has(SearchDocument.skeleton, _inside(term.skeleton)),
                _has(SearchDocument.alias, _inside(term.fold)),
                *_of_stem(term),
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
            conditions.append(sa.or_(starts, _has(SearchDocument.skeleton, f"  {term.skeleton}"), *_of_stem(term)))
    return sa.and_(*conditions)


def rank(terms: Sequence[Term]) -> sa.ColumnElement[int]:
    """The place of a hit's match in MATCHES."""
    better = [(is_at_least(terms, match), place) for place, match in enumerate(MATCHES[:-1])]
    return sa.case(*better, else_=len(MATCHES) - 1)


def _of_stem(term: Term) -> list[Condition]:
    return [_has(SearchDocument.skeleton, _whole(term.stem))] if term.stem else []


def _whole(key: str) -> str:
    return f"  {key}  "


def _inside(key: str) -> str:
    return f"  {key}" if len(key) < 3 else key


def _has(column: sa.ColumnElement[str] | object, key: str) -> Condition:
    return column.like(f"%{key}%")  # type: ignore[union-attr]

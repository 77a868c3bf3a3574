"""Reading the index. The order is ours (rank, then the sort key of the language), never a score of a database.

A query with at most REACH hits is read and sorted whole. A more common one is answered rank by rank: sorted when a rank
is small, else by walking the titles in order until the page is full. So its cost stays bounded, and what a person can
page through ends at REACH.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVarTuple

import sqlalchemy as sa

from portal.ground.db import db
from portal.words.i18n import DEFAULT_LANGUAGE, Localized
from portal.words.search import terms as t
from portal.words.search.models import STEP, Kind, SearchDocument, SearchOrder

REACH = 1000
WALKED = 5000  # titles that are looked through before all hits are sorted
Columns = TypeVarTuple("Columns")

_trigram = sa.table("search_trigram", sa.column("rowid", sa.Integer), sa.column("search_trigram", sa.Text))
_word = sa.table("search_word", sa.column("rowid", sa.Integer), sa.column("search_word", sa.Text))


@dataclass(frozen=True, slots=True)
class Hit:
    """One object. `title` is in `lang`: the asked language if the object has it, else its original."""

    kind: str
    id: int
    title: str
    lang: str
    url: str  # path without the language
    match: str  # fold, prefix, skeleton or alias
    titles: Localized
    summary: Localized


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits. `total` is exact up to REACH; `is_more` says that there are more than that."""

    total: int
    items: tuple[Hit, ...]
    is_more: bool = False


def search(
    query: str, *, lang: str, kinds: Collection[Kind] | None = None, limit: int = 20, offset: int = 0
) -> Hits:  # fmt: skip
    """The objects that `query` finds, of all kinds or of these, best first. One without a letter or digit finds nothing."""
    terms = t.parsed(query)
    if not terms or kinds == []:
        return Hits(0, ())
    finder = _finder()(terms, lang, kinds)
    limit = max(0, min(limit, REACH - offset))
    total, found = finder.sorted_hits(offset, limit)
    if total <= REACH:
        return Hits(total, _loaded(found, lang))
    return Hits(REACH, _loaded(finder.common_hits(offset, limit), lang), is_more=True)


def counted(query: str, kinds: Collection[Kind]) -> dict[str, int]:
    """How many objects of each of these kinds `query` finds, by code; nothing when it finds more than REACH in all."""
    terms = t.parsed(query)
    if not terms:
        return {}
    found = _finder()(terms, DEFAULT_LANGUAGE, None).hits().limit(REACH + 1).cte("found").prefix_with("MATERIALIZED")
    number = (found.c.id % STEP).label("number")
    rows = db.session.execute(sa.select(number, sa.func.count()).group_by(number))
    numbers = {row[0]: row[1] for row in rows}
    return {} if sum(numbers.values()) > REACH else {kind.code: numbers.get(kind.number, 0) for kind in kinds}


def matching_ids(query: str, kind: Kind) -> sa.Select[int]:
    """The ids of all objects of one kind that `query` finds, as a subquery: `.where(Organisation.id.in_(...))`."""
    terms = t.parsed(query)
    if not terms:
        return sa.select(SearchDocument.object_id).where(sa.false())
    if db.engine.dialect.name == "sqlite":
        # From the full-text table alone: a common word would otherwise read a row for each of its hits.
        found = sa.select((_trigram.c.rowid // STEP).label("object_id"))
        is_kind = _trigram.c.rowid % STEP == kind.number
        return found.where(_matches(_trigram, t.trigram_expression(terms)), is_kind)
    return sa.select(SearchDocument.object_id).where(SearchDocument.kind == kind.code, t.is_hit(terms))


def matching_numbers(query: str, kind: Kind) -> list[int]:
    """The same as numbers, for a set of them. They come as one text: 50,000 rows would take longer than finding them."""
    found = matching_ids(query, kind).subquery()
    number = found.c.object_id
    joined = (
        sa.func.group_concat(number)
        if db.engine.dialect.name == "sqlite"
        else sa.func.string_agg(sa.cast(number, sa.Text), ",")
    )
    text: str | None = db.session.scalar(sa.select(joined))
    return list(map(int, text.split(","))) if text else []


def in_alphabet(
    listed: sa.Select[*Columns], kind: Kind, object_id: sa.SQLColumnExpression[int], lang: str
) -> sa.Select[*Columns]:
    """A list of indexed objects of one kind in the alphabet of a language; those that the index does not know come last."""
    place = getattr(SearchOrder, f"sort_{lang}")
    joined = listed.outerjoin(SearchOrder, SearchOrder.id == object_id * STEP + kind.number)
    return joined.order_by(place.is_(None), place, object_id)


Found = Sequence[tuple[int, int]]  # (id, place in MATCHES)


class _Finder(ABC):
    """One query in one language; each database says how ids are found."""

    def __init__(self, terms: Sequence[t.Term], lang: str, kinds: Collection[Kind] | None) -> None:
        self.terms = terms
        self.order = (getattr(SearchOrder, f"sort_{lang}"), SearchOrder.id)
        self.kinds = kinds

    @abstractmethod
    def hits(self) -> sa.Select[int]:
        """The ids of all hits, in no order."""

    @abstractmethod
    def hits_of_rank(self, place: int) -> sa.Select[int]:
        """The ids of the hits whose match is exactly MATCHES[place], in no order."""

    @abstractmethod
    def place(self, identity: sa.SQLColumnExpression[int]) -> sa.ColumnElement[int]:
        """The place in MATCHES of a document that is a hit, when there are at most REACH hits."""

    @abstractmethod
    def walk(self, place: int, wanted: int) -> Sequence[int]:
        """The first hits of a common rank, by walking the titles in order."""

    def sorted_hits(self, offset: int, limit: int) -> tuple[int, Found]:
        """How many there are (at most REACH + 1), and one page of them."""
        candidates = self.hits().limit(REACH + 1).cte("candidates").prefix_with("MATERIALIZED")
        place = self.place(SearchOrder.id).label("place")
        statement = (
            sa.select(SearchOrder.id, place, sa.func.count().over())
            .join_from(candidates, SearchOrder, SearchOrder.id == candidates.c.id)
            .order_by(place, *self.order)
            .limit(limit or 1)
            .offset(offset)
        )
        rows = db.session.execute(statement).all()
        if rows or not offset:
            return (rows[0][2] if rows else 0), [(row[0], row[1]) for row in rows][:limit]
        return db.session.scalar(sa.select(sa.func.count()).select_from(candidates)) or 0, []

    def common_hits(self, offset: int, limit: int) -> Found:
        """One page of more than REACH hits."""
        found: list[tuple[int, int]] = []
        for place in range(len(t.MATCHES)):
            wanted = offset + limit - len(found)
            if wanted > 0:
                found += [(identity, place) for identity in self._first_of_rank(place, wanted)]
        return found[offset : offset + limit]

    def _first_of_rank(self, place: int, wanted: int) -> Sequence[int]:
        few = self._sorted(self.hits_of_rank(place).limit(REACH + 1), wanted)
        rows = db.session.execute(few.add_columns(sa.func.count().over())).all()
        if not rows or rows[0][1] <= REACH:
            return [row[0] for row in rows]
        return self.walk(place, wanted)

    def _sorted(self, hits: sa.Select[int], wanted: int) -> sa.Select[int]:
        """The first of some hits. They are sorted when all are there: PostgreSQL would else walk all titles, and look
        through all hits at each, for the sake of a small LIMIT."""
        found = hits.cte("found").prefix_with("MATERIALIZED")
        placed = sa.select(SearchOrder.id, self.order[0].label("place"))
        all_placed = placed.join_from(found, SearchOrder, SearchOrder.id == found.c.id).cte("placed")
        all_placed = all_placed.prefix_with("MATERIALIZED")
        return sa.select(all_placed.c.id).order_by(all_placed.c.place, all_placed.c.id).limit(wanted)


class _SQLite(_Finder):
    def hits(self) -> sa.Select[int]:
        return self._of(_trigram, t.trigram_expression(self.terms))

    def hits_of_rank(self, place: int) -> sa.Select[int]:
        if place == len(t.MATCHES) - 1:
            return self.hits().where(_trigram.c.rowid.not_in(self._at_least(t.MATCHES[place - 1])))
        expression = t.word_expression(self.terms, t.MATCHES[place])
        if place:
            expression = f"({expression}) NOT ({t.word_expression(self.terms, t.MATCHES[place - 1])})"
        return self._of(_word, expression)

    def place(self, identity: sa.SQLColumnExpression[int]) -> sa.ColumnElement[int]:
        # From the full-text table alone; a rank of more than REACH is cut, since its places are not used then.
        ranks = enumerate(t.MATCHES[:-1])
        whens = [(identity.in_(self._at_least(match).limit(REACH + 1)), place) for place, match in ranks]
        return sa.case(*whens, else_=len(t.MATCHES) - 1)

    def walk(self, place: int, wanted: int) -> Sequence[int]:
        # The plus makes SQLite walk the index of the titles instead of looking up one id after the other.
        is_found = sa.literal_column("+search_order.id", sa.Integer).in_(self.hits_of_rank(place))
        statement = sa.select(SearchOrder.id).where(is_found).order_by(*self.order).limit(wanted)
        return db.session.scalars(statement).all()

    def _at_least(self, match: str) -> sa.Select[int]:
        return self._of(_word, t.word_expression(self.terms, match))

    def _of(self, table: sa.TableClause, expression: str) -> sa.Select[int]:
        found = sa.select(table.c.rowid.label("id")).where(_matches(table, expression))
        if self.kinds is None:
            return found
        return found.where((table.c.rowid % STEP).in_([kind.number for kind in self.kinds]))


class _PostgreSQL(_Finder):
    def hits(self) -> sa.Select[int]:
        return self._where(t.is_hit(self.terms))

    def hits_of_rank(self, place: int) -> sa.Select[int]:
        return self._where(self._is_of_rank(place))

    def place(self, identity: sa.SQLColumnExpression[int]) -> sa.ColumnElement[int]:
        own = sa.select(t.rank(self.terms)).where(SearchDocument.id == identity)
        return own.correlate(SearchOrder).scalar_subquery()

    def walk(self, place: int, wanted: int) -> Sequence[int]:
        """Among the first titles the hits of a common rank are found at once, unless they all stand at the end of the
        alphabet, as words of another script do: then all of them are sorted."""
        titles = sa.select(SearchOrder.id, self.order[0].label("place")).order_by(*self.order).limit(WALKED).subquery()
        is_of_rank = (self._is_of_rank(place), self._is_kind())
        first = sa.select(titles.c.id).join(SearchDocument, SearchDocument.id == titles.c.id).where(*is_of_rank)
        found = db.session.scalars(first.order_by(titles.c.place, titles.c.id).limit(wanted)).all()
        if len(found) == wanted:
            return found
        return db.session.scalars(self._sorted(self.hits_of_rank(place), wanted)).all()

    def _is_of_rank(self, place: int) -> t.Condition:
        last = place == len(t.MATCHES) - 1
        condition = t.is_hit(self.terms) if last else t.is_at_least(self.terms, t.MATCHES[place])
        if not place:
            return condition
        return sa.and_(condition, sa.not_(t.is_at_least(self.terms, t.MATCHES[place - 1])))

    def _is_kind(self) -> t.Condition:
        return sa.true() if self.kinds is None else SearchDocument.kind.in_([kind.code for kind in self.kinds])

    def _where(self, condition: t.Condition) -> sa.Select[int]:
        return sa.select(SearchDocument.id.label("id")).where(condition, self._is_kind())


def _finder() -> type[_Finder]:
    return _SQLite if db.engine.dialect.name == "sqlite" else _PostgreSQL


def _matches(table: sa.TableClause, expression: str) -> sa.ColumnElement[bool]:
    return table.c[table.name].op("MATCH", is_comparison=True)(expression)


_SHOWN = (
    SearchDocument.id, SearchDocument.kind, SearchDocument.object_id, SearchDocument.url,
    SearchDocument.title, SearchDocument.summary,
)  # fmt: skip


def _loaded(found: Found, lang: str) -> tuple[Hit, ...]:
    """What a page of ids shows, in its order."""
    if not found:
        return ()
    statement = sa.select(*_SHOWN).where(SearchDocument.id.in_([identity for identity, _ in found]))
    by_id = {row.id: row for row in db.session.execute(statement)}
    return tuple(_hit(by_id[identity], t.MATCHES[place], lang) for identity, place in found if identity in by_id)


def _hit(row: sa.Row[int, str, int, str, Localized, Localized], match: str, lang: str) -> Hit:
    shown = row.title.shown_in(lang)
    return Hit(row.kind, row.object_id, shown.text, shown.lang, row.url, match, row.title, row.summary)

"""Is the index in step with what is public? Queries for `portal check`; `portal search rebuild` mends what they find."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import sqlalchemy as sa

from portal.ground.checks import Check, select
from portal.ground.db import db
from portal.ground.statements import in_batches
from portal.words.search.indexing import Document, keys_of, words_of
from portal.words.search.models import Kind, SearchDocument, SearchOrder

LOOKED = 1000  # objects of a kind whose words are made again: the newest
BATCH = 100
MEND = "(portal search rebuild)"


def in_step(
    kind: Kind, found: Callable[[], sa.Select[int]], documents: Callable[[list[int]], Iterable[Document]]
) -> Sequence[Check]:
    """What must be true of a kind: `found` selects the numbers of what the index is to know, and `documents` makes anew
    what it is to know of some of them."""
    wanted = found()
    number = wanted.selected_columns[0]
    mine = SearchDocument.kind == kind.code
    known = sa.exists().where(mine, SearchDocument.object_id == number)
    left = sa.select(SearchDocument.object_id).where(mine, SearchDocument.object_id.not_in(wanted))
    placeless = sa.select(SearchDocument.object_id).where(mine, ~sa.exists().where(SearchOrder.id == SearchDocument.id))
    name = f"search.{kind.code}"
    apart = "The index says other words than the thing itself"
    queries = {
        "missing": ("Something public is not found", wanted.where(~known)),
        "left": ("Something is found that is not public", left),
        "placeless": ("Something has no place in the alphabets", placeless),
    }
    return (
        *(
            select(f"{name}-{what}", SearchDocument, f"{says} {MEND}.", query, is_thorough=True)
            for what, (says, query) in queries.items()
        ),
        Check(
            f"{name}-apart", SearchDocument.__tablename__, f"{apart} {MEND}.", lambda: _apart(kind, found(), documents),
            is_thorough=True,
        ),
    )  # fmt: skip


def _apart(kind: Kind, wanted: sa.Select[int], documents: Callable[[list[int]], Iterable[Document]]) -> Iterator[int]:
    newest = wanted.order_by(wanted.selected_columns[0].desc()).limit(LOOKED)
    for numbers in in_batches(sorted(db.session.scalars(newest)), BATCH):
        query = sa.select(SearchDocument, SearchOrder).join(SearchOrder, SearchOrder.id == SearchDocument.id)
        rows = db.session.execute(query.where(SearchDocument.kind == kind.code, SearchDocument.object_id.in_(numbers)))
        stored = {document.object_id: (document, order) for document, order in rows}
        for made in documents(numbers):
            if made.object_id in stored and not _agree(made, *stored[made.object_id]):
                yield made.object_id


def _agree(made: Document, document: SearchDocument, order: SearchOrder) -> bool:
    """Do they say the same? In which order the languages of a text stand says nothing, so that of the words does not."""
    return all(_same(getattr(document, column), value) for column, value in words_of(made).items()) and all(
        getattr(order, column) == value for column, value in keys_of(made).items()
    )


def _same(stored: object, made: object) -> bool:
    if isinstance(stored, str) and isinstance(made, str):
        return set(stored.split()) == set(made.split())
    return stored == made

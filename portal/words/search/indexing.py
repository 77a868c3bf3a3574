"""Writing the index: a feature says what there is to find, the keys are made here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import engine_name, insert_into
from portal.words.i18n import LANGUAGES, Localized
from portal.words.search.models import Kind, SearchDocument, SearchOrder
from portal.words.search.terms import padded
from portal.words.text import aliases, fold, skeletons, sort_key, stems

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Document:
    """One public thing. `text` is what else it can be found by, in any language: places, themes, plain text.

    Only `places` and the title are looked up for other names (Chełm is Хелм).
    """

    kind: Kind
    object_id: int
    url: str  # path without the language: "organisations/slug"
    title: Localized
    summary: Localized = field(default_factory=Localized)
    places: Sequence[str] = ()
    text: Sequence[str] = ()


def index(documents: Iterable[Document]) -> None:
    """Put documents into the index, or replace what it knows of them. Inside a transaction."""
    waiting = iter(documents)
    while batch := list(islice(waiting, _BATCH)):
        _write(SearchDocument, [words_of(document) for document in batch])
        _write(SearchOrder, [keys_of(document) for document in batch])


def remove(kind: Kind, object_id: int) -> None:
    """Take a document out; nothing happens when there is none. Inside a transaction."""
    identity = kind.document_id(object_id)
    db.session.execute(sa.delete(SearchOrder).where(SearchOrder.id == identity))
    db.session.execute(sa.delete(SearchDocument).where(SearchDocument.id == identity))


def indexed(kind: Kind) -> sa.Select[int]:
    """The numbers of all objects of a kind that the index knows."""
    return sa.select(SearchDocument.object_id).where(SearchDocument.kind == kind.code)


def words_of(document: Document) -> dict[str, object]:
    """The row of a document."""
    named = " \n".join((*document.title.texts.values(), *document.places))
    words = " \n".join((named, *document.summary.texts.values(), *document.text))
    return {
        "id": document.kind.document_id(document.object_id),
        "kind": document.kind.code,
        "object_id": document.object_id,
        "url": document.url,
        "title": document.title,
        "summary": document.summary,
        "fold": padded(fold(words)),
        "skeleton": padded(skeletons(words), stems(words)),
        "alias": padded(aliases(named)),
    }


def keys_of(document: Document) -> dict[str, object]:
    """Where it stands in the alphabets."""
    keys = {f"sort_{lang}": sort_key(document.title.shown_in(lang).text, lang) for lang in LANGUAGES}
    return {"id": document.kind.document_id(document.object_id), **keys}


def _write(model: type[SearchDocument | SearchOrder], batch: list[dict[str, object]]) -> None:
    statement = insert_into(model, engine_name())
    changed = {column: statement.excluded[column] for column in batch[0] if column != "id"}
    # An upsert, not REPLACE: replacing skips the triggers that keep the full-text tables.
    db.session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed), batch)

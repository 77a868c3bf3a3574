"""Writing the index: a feature says what there is to find, the keys are made here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from portal.core.db import db
from portal.core.i18n import LANGUAGES, Localized
from portal.core.search.models import SearchDocument, document_id
from portal.core.search.terms import padded
from portal.core.text import aliases, fold, skeleton, sort_key

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Document:
    """One public thing. `text` is what else it can be found by, in any language: places, themes, plain text.

    Only `places` and the title are looked up for other names (Chełm is Хелм).
    """

    kind: str
    object_id: int
    url: str  # path without the language: "organisations/slug"
    title: Localized
    summary: Localized = field(default_factory=Localized)
    places: Sequence[str] = ()
    text: Sequence[str] = ()


def index(documents: Iterable[Document]) -> None:
    """Put documents into the index, or replace what it knows of them. Inside a transaction."""
    batch: list[dict[str, Any]] = []
    for document in documents:
        batch.append(_row(document))
        if len(batch) == _BATCH:
            _write(batch)
            batch = []
    if batch:
        _write(batch)


def remove(kind: str, object_id: int) -> None:
    """Take a document out; nothing happens when there is none. Inside a transaction."""
    db.session.execute(sa.delete(SearchDocument).where(SearchDocument.id == document_id(kind, object_id)))


def _row(document: Document) -> dict[str, Any]:
    named = " \n".join((*document.title.texts.values(), *document.places))
    words = " \n".join((named, *document.summary.texts.values(), *document.text))
    return {
        "id": document_id(document.kind, document.object_id),
        "kind": document.kind,
        "object_id": document.object_id,
        "url": document.url,
        "title": document.title,
        "summary": document.summary,
        "fold": padded(fold(words)),
        "skeleton": padded(skeleton(words)),
        "alias": padded(aliases(named)),
        **{f"sort_{lang}": sort_key(document.title.shown_in(lang).text, lang) for lang in LANGUAGES},
    }


def _write(batch: list[dict[str, Any]]) -> None:
    insert: Any = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    statement = insert(SearchDocument.__table__)
    changed = {column: statement.excluded[column] for column in batch[0] if column != "id"}
    # An upsert, not REPLACE: replacing skips the triggers that keep the full-text tables.
    db.session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed), batch)

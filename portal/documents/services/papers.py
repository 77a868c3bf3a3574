"""A document without its owner: checked, kept, described, given another file, removed. Parts of the use-cases of an owner."""

import datetime as dt
from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.documents.fields import DOCUMENT
from portal.documents.models import Document
from portal.face import media
from portal.ground import clock
from portal.ground.authz import Portal
from portal.ground.db import Model, db, transaction
from portal.ground.errors import Refusal
from portal.words.fields import FieldSet, Given
from portal.words.i18n import _l

MOST_BYTES = 10_000_000
EARLIEST_YEAR = 1800
UNUSED = dt.timedelta(days=1)
NO_FILE = _l("Choose a PDF file.")


def checked(values: Mapping[str, object], data: bytes | None, fields: FieldSet, *, is_new: bool) -> Given:
    """What was typed and the file, with everything that is wrong at once. Nothing is kept yet. Raises Refusals.

    `fields` say which kinds of documents their owner has, and who can be let see them.
    """
    return fields.given(values).check(*_faults(values, data, fields, is_new=is_new))


def _faults(
    values: Mapping[str, object], data: bytes | None, fields: FieldSet, *, is_new: bool
) -> Iterator[Refusal]:  # fmt: skip
    if data is None and is_new:
        yield Refusal(NO_FILE, field="file")
    if data is not None:
        try:
            media.check_paper(data, most=MOST_BYTES, field="file")
        except Refusal as fault:
            yield fault
    for field in fields:
        value = values[field.name]
        if field.needed and value == "":
            yield Refusal(field.needed, field=field.name)
        elif field.choices is not None and value not in dict(field.choices()):
            yield Refusal(_l("Choose from the list."), field=field.name)
        elif isinstance(value, str) and len(value) > (field.most or len(value)):
            yield Refusal(_l("Shorten the title to 120 characters."), field=field.name)
    year = values["year"]
    if year is not None and not EARLIEST_YEAR <= int(str(year)) <= clock.today("Europe/Sofia").year + 1:
        yield Refusal(_l("Enter a year with four digits, at most the next one."), field="year")


def keep(data: bytes) -> media.Document:
    """Keep a file that was `checked`. Call it outside a transaction."""
    return media.keep_paper(data, "")


def make(given: Given, kept: media.Document, language: str, *, by: Person | Portal) -> Document:
    """The row of a new document, inside a transaction."""
    made = Document(file_id=media.store_document(kept, by=by).id, **DOCUMENT.new(given, language))
    db.session.add(made)
    db.session.flush()
    return made


def rewrite(
    document: Document, given: Given, kept: media.Document | None, language: str, *, by: Person | Portal
) -> None:
    """Describe a locked document anew, and give it another file; the one of before goes with the commit."""
    DOCUMENT.write(document, given, language)
    if kept is not None:
        former = document.file_id
        document.file_id = media.store_document(kept, by=by).id
        db.session.flush()
        _forget(former)
    db.session.flush()


def remove(document: Document) -> None:
    """Delete a locked document with its file, inside a transaction."""
    former = document.file_id
    db.session.delete(document)
    db.session.flush()
    _forget(former)


def _forget(file_id: int) -> None:
    media.remove(db.session.get_one(media.File, file_id))


def remove_unused() -> int:
    """Delete documents that nothing holds any more, because what they belonged to is gone; returns how many."""
    with transaction() as session:
        old = Document.created_at < clock.now() - UNUSED
        unused = session.scalars(sa.select(Document).where(old, sa.not_(held())).with_for_update()).all()
        for document in unused:
            remove(document)
        return len(unused)


def held() -> sa.ColumnElement[bool]:
    """Is there a row of any owner for a document? Every table whose key points at documents is one."""
    return sa.or_(
        *(
            sa.exists().where(key.parent == Document.id)
            for table in Model.metadata.tables.values()
            for key in table.foreign_keys
            if key.target_fullname == "document.id"
        )
    )

"""The directory as data: every organisation that a set of filters leaves, a few at a time, however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import in_batches, streamed, table
from portal.organisations.fields import OPEN
from portal.organisations.models import (
    Contact,
    ContactKind,
    Organisation,
    Visibility,
)
from portal.organisations.queries.directory import Filters, Found
from portal.organisations.queries.said import by_field, said_by_each
from portal.words.fields import Field

AT_ONCE = 200  # rows in memory
_BESIDE = ("id", "slug", "country", "description", "published_at", "confirmed_at")


@dataclass(frozen=True, slots=True)
class Opened:
    """A published organisation as data: the columns of its row, its numbers in registers by scheme, what else it says, and
    the contacts that everybody sees."""

    row: Any
    numbers: Mapping[str, str]
    beside: Mapping[str, object]
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()

    def value(self, field: Field) -> object:
        """What is said in a field."""
        return self.beside[field.name] if field.name in self.beside else getattr(self.row, field.stored)


def opened(filters: Filters) -> Iterator[Opened]:
    """All of them, in the alphabet of the moment's language: the list of the directory to its end."""
    for rows in in_batches(streamed(_statement(filters), AT_ONCE), AT_ONCE):
        yield from _opened(rows)


def _statement(filters: Filters) -> sa.Select[*tuple[object, ...]]:
    found, stored = Found(filters).every().subquery(), table(Organisation).c
    columns = [stored[name] for name in dict.fromkeys((*_BESIDE, *OPEN.columns)) if name in stored]
    return (
        sa.select(*columns)
        .join(found, found.c.organisation_id == stored.id)
        .order_by(found.c.place, stored.id)
    )  # fmt: skip


def _opened(rows: Sequence[sa.Row[*tuple[object, ...]]]) -> Iterator[Opened]:
    ids = [row.id for row in rows]
    said = said_by_each(ids)
    contacts: dict[int, list[tuple[str, str]]] = {number: [] for number in ids}
    seen = (
        sa.select(Contact.organisation_id, Contact.kind, Contact.value)
        .where(Contact.organisation_id.in_(ids), Contact.visibility == Visibility.PUBLIC)
        .order_by(Contact.position, Contact.id)
    )
    for number, kind, value in db.session.execute(seen):
        contacts[number].append((kind, value))
    for row in rows:
        yield Opened(
            row,
            said[row.id].numbers,
            by_field(said[row.id]),
            [value for kind, value in contacts[row.id] if kind == ContactKind.EMAIL],
            [value for kind, value in contacts[row.id] if kind == ContactKind.PHONE],
        )

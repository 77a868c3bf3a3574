"""Batches, their rows, and what is there already."""

from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.db import db
from portal.ground.statements import streamed, table
from portal.imports.models import BatchState, Became, ImportBatch, ImportRow
from portal.organisations.models import Identifier, Organisation
from portal.tasks.models import Task
from portal.words.i18n import Localized

LISTED = 100
AT_ONCE = 500  # rows in memory


def batch(number: int) -> ImportBatch | None:
    """One batch, when all of its rows are here."""
    found = db.session.get(ImportBatch, number)
    return found if found is not None and found.state != BatchState.READING else None


def batches_for(person: Person) -> Sequence[ImportBatch]:
    """The latest batches that a person may see: the twin of `policies.may_see`."""
    query = sa.select(ImportBatch).where(ImportBatch.state != BatchState.READING)
    if not is_administrator(person):
        query = query.where(ImportBatch.by_id == person.id)
    return db.session.scalars(query.order_by(ImportBatch.id.desc()).limit(LISTED)).all()


def task_of(one: ImportBatch) -> Task | None:
    """The work on a batch, the latest."""
    return db.session.get(Task, one.task_id) if one.task_id else None


def outcomes(number: int) -> Mapping[str, int]:
    """How many rows of a batch there are of each outcome."""
    query = sa.select(ImportRow.became, sa.func.count()).where(ImportRow.batch_id == number).group_by(ImportRow.became)
    return {row.became: row[1] for row in db.session.execute(query)}


def rows_of(number: int, outcomes_: Sequence[str] = (), *, offset: int = 0, limit: int = LISTED) -> Sequence[ImportRow]:
    """Rows of a batch in the order of the file, of some outcomes or of all."""
    query = sa.select(ImportRow).where(ImportRow.batch_id == number)
    if outcomes_:
        query = query.where(ImportRow.became.in_(outcomes_))
    return db.session.scalars(query.order_by(ImportRow.line).offset(offset).limit(limit)).all()


def every_row(number: int) -> Iterator[sa.Row[int, int, str, str, dict[str, list[str]] | None, int | None]]:
    """(id, line, label, outcome, problems, organisation) of all rows, some at a time."""
    r = table(ImportRow).c
    query = sa.select(r.id, r.line, r.label, r.became, r.problems, r.organisation_id)
    return streamed(query.where(r.batch_id == number).order_by(r.line), AT_ONCE)


def after(number: int, row_id: int, limit: int) -> Sequence[sa.Row[int, int, list[str] | None]]:
    """(id, line, cells) of the next rows of a batch beyond one of them."""
    r = table(ImportRow).c
    query = sa.select(r.id, r.line, r.cells).where(r.batch_id == number, r.id > row_id).order_by(r.id).limit(limit)
    return db.session.execute(query).all()


def numbers_with(number: int, wanted: Sequence[str], limit: int) -> Sequence[int]:
    """The next rows of a batch of these outcomes."""
    query = sa.select(ImportRow.id).where(ImportRow.batch_id == number, ImportRow.became.in_(wanted))
    return db.session.scalars(query.order_by(ImportRow.id).limit(limit)).all()


def rows_numbered(numbers: Sequence[int]) -> Sequence[ImportRow]:
    """These rows."""
    return db.session.scalars(sa.select(ImportRow).where(ImportRow.id.in_(numbers))).all()


def is_read(number: int) -> bool:
    """Was every row of a batch looked at with the present columns?"""
    return not numbers_with(number, [Became.UNREAD], 1)


def known_numbers(pairs: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
    """The organisation of each (scheme, value) that some organisation has."""
    values = {value for _scheme, value in pairs}
    query = sa.select(Identifier.scheme, Identifier.value, Identifier.organisation_id).where(
        Identifier.value.in_(values)
    )
    return {(scheme, value): number for scheme, value, number in db.session.execute(query)}


def names_and_towns() -> Iterator[tuple[Localized, str]]:
    """Name and town of every organisation, some at a time."""
    o = table(Organisation).c
    yield from (tuple(row) for row in streamed(sa.select(o.name, o.town), AT_ONCE))


def slugs_of(numbers: Sequence[int]) -> Mapping[int, str]:
    """The addresses of organisations."""
    query = sa.select(Organisation.id, Organisation.slug).where(Organisation.id.in_(numbers))
    return {row.id: row.slug for row in db.session.execute(query)}

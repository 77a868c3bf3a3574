"""Bringing a list in: its rows are kept, looked at and shown. No organisation is made here."""

import datetime as dt
import hashlib
from collections.abc import Mapping

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.ground.statements import changed_rows, in_batches, table
from portal.ground.states import begin, change_state
from portal.imports import queries
from portal.imports.columns import READ, STARTS, guessed
from portal.imports.models import BatchState, Became, ImportBatch, ImportRow
from portal.imports.policies import Permission
from portal.imports.reading import Read, double_key, read, sentences
from portal.imports.services.states import BATCHES
from portal.words.i18n import LazyString, _l
from portal.words.tables import Bounds, Table

FILE = Bounds()  # 20 MB, unpacked 50 MB, 20,000 rows: looked at before anything is parsed
AT_ONCE = 50  # rows in a transaction: nobody waits long for the lock
KEPT = dt.timedelta(days=7)  # how long the cells of a list lie that nobody carries out
LABEL = 200

EMPTY = _l(
    "The file has no rows below the first one. The first row names the columns, each other one is an organisation."
)
NO_NAME = _l("Choose the column with the name of the organisation.")
TWICE = _l("Two fields are read from the same column. Choose another one for one of them.")
SAME_NUMBER = _l("Another profile has this number already. The row is left out.")
SAME_NAME = _l("There is a profile with this name and town already.")


def bring(table_: Table, *, source: str, language: str, by: Person | Portal) -> ImportBatch:
    """Keep the rows of a list, fifty at a time, and look at them with the columns that their heads name.

    Raises Refusal when there are none.
    """
    if len(table_.lines) < 2:
        raise Refusal(EMPTY, field="file")
    head, lines = table_.lines[0], table_.lines[1:]
    with transaction() as session:
        demand(Permission.BRING, by=by)
        batch = ImportBatch(
            name=source[:120], language=language, heads=list(head.cells), mapping=guessed(head.cells), starts={},
            total=len(lines), by_id=by.id,
        )  # fmt: skip
        session.add(batch)
        session.flush()
        begin(BATCHES, batch, by=by)
        number = batch.id
    for some in in_batches(lines, AT_ONCE):
        with transaction() as session:
            rows = [{"batch_id": number, "line": one.number, "cells": list(one.cells), "label": "", "became": Became.UNREAD}
                    for one in some]  # fmt: skip
            session.execute(sa.insert(table(ImportRow)), rows)
    with transaction():
        change_state(BATCHES, locked(ImportBatch, number), BatchState.PREPARED, by=by)
    found = db.session.get_one(ImportBatch, number)
    look(found, mapping=found.mapping, starts={}, by=by)
    return db.session.get_one(ImportBatch, number)


def look(batch: ImportBatch, *, mapping: Mapping[str, int], starts: Mapping[str, str], by: Person | Portal) -> None:
    """Read every row with these columns and say what is wrong with each. Raises Refusals for columns that cannot be."""
    number = batch.id
    _check(batch, mapping)
    with transaction() as session:
        row = locked(ImportBatch, number)
        demand(Permission.CARRY_OUT, row, by=by)
        if row.state != BatchState.PREPARED:
            raise Conflict(BATCHES.otherwise)
        row.mapping = dict(mapping)
        row.starts = {name: code for name, code in starts.items() if name in STARTS and code}
        version_taken = sa.update(table(ImportRow)).where(table(ImportRow).c.batch_id == number)
        session.execute(version_taken.values(became=Became.UNREAD, problems=None))
        language = row.language
    if "name" not in mapping:
        return
    _read_all(number, mapping, starts, language)


def _check(batch: ImportBatch, mapping: Mapping[str, int]) -> None:
    if set(mapping) - {field.name for field in READ}:
        raise Refusal(_l("The portal does not know one of these fields."))
    if any(not 0 <= place < len(batch.heads) for place in mapping.values()):
        raise Refusal(_l("One of these columns is not in the file."))
    if len(set(mapping.values())) < len(mapping):
        raise Refusal(TWICE)


def _read_all(number: int, mapping: Mapping[str, int], starts: Mapping[str, str], language: str) -> None:
    there = {_mark(double_key(text, town)) for name, town in queries.names_and_towns() for text in name.texts.values()}
    seen: dict[int, int] = {}
    position = 0
    while rows := queries.after(number, position, AT_ONCE):
        found = [(row, read(row.cells or [], mapping, starts)) for row in rows]
        known = queries.known_numbers([pair for _row, one in found for pair in one.numbers.items()])
        changes = [_judged(row.id, row.line, one, known, there, seen) for row, one in found]
        with transaction() as session:
            session.execute(sa.update(ImportRow), changes)
        position = rows[-1].id


def _judged(
    row_id: int, line: int, one: Read, known: Mapping[tuple[str, str], int], there: set[int], seen: dict[int, int]
) -> dict[str, object]:
    """What a row is, and the sentences about it. `there` and `seen` are marks of names with towns, `seen` of the file."""
    outcome, faults = Became.READY, list(one.faults)
    marks = [_mark(f"{scheme}\x1f{value}") for scheme, value in one.numbers.items()]
    own = _mark(one.key)
    first = next((seen[mark] for mark in marks if mark in seen), 0)
    if faults:
        outcome = Became.PROBLEM
    elif any(pair in known for pair in one.numbers.items()):
        outcome, faults = Became.KNOWN, [Refusal(SAME_NUMBER)]
    elif first:
        outcome, faults = Became.KNOWN, [Refusal(_same_line(first))]
    elif own in seen:
        outcome, faults = Became.DOUBLE, [Refusal(_same_line(seen[own]))]
    elif own in there:
        outcome, faults = Became.DOUBLE, [Refusal(SAME_NAME)]
    if outcome in (Became.READY, Became.DOUBLE):
        for mark in (*marks, own):
            seen.setdefault(mark, line)
    return {
        "id": row_id, "label": one.name[:LABEL], "became": outcome, "problems": sentences(faults) if faults else None,
    }  # fmt: skip


def _same_line(line: int) -> LazyString:
    return _l("Line %(line)s of the file is the same organisation.", line=line)


def _mark(text: str) -> int:
    """Eight bytes for a text: a hundred thousand of them are few megabytes."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def discard(batch: ImportBatch, *, by: Person | Portal) -> None:
    """Forget a list that was not carried out."""
    with transaction() as session:
        row = locked(ImportBatch, batch.id)
        demand(Permission.CARRY_OUT, row, by=by)
        if row.state != BatchState.PREPARED:
            raise Conflict(BATCHES.otherwise)
        session.delete(row)


def remove_old() -> int:
    """Delete lists that nobody carried out in time, and the cells of those that were stopped; returns how many lists."""
    old = clock.now() - KEPT
    batches, rows = table(ImportBatch).c, table(ImportRow)
    with transaction() as session:
        stopped = sa.select(batches.id).where(batches.state == BatchState.STOPPED, batches.ended_at < old)
        session.execute(sa.update(rows).where(rows.c.batch_id.in_(stopped)).values(cells=None))
        waiting = batches.state.in_((BatchState.READING, BatchState.PREPARED))
        return changed_rows(session, sa.delete(table(ImportBatch)).where(waiting, batches.updated_at < old))

"""Writing a revision where something is saved."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.authz import Actor, Portal
from portal.ground.db import db, in_transaction, pending
from portal.revisions import queries
from portal.revisions.history import Data, History
from portal.revisions.models import Revision


class Kept(Protocol):
    """A row whose history is kept."""

    @property
    def id(self) -> int: ...


@dataclass
class Note:
    """What is known of a saving while it goes on: the revision that it brings back, if it does."""

    restored: int | None = None


def begin(history: History, row: Kept, *, by: Actor | Portal) -> None:
    """The first revision of a thing that was made in this transaction."""
    db.session.flush()
    _write(history, row, 1, history.snapshot(row), by.id, clock.now())


def ensure(history: History, row: Kept) -> None:
    """See to it that what a row says now is kept, also where it was last saved before there were revisions."""
    data, last = history.snapshot(row), queries.latest(history.kind, row.id)
    if last is None or history.differ(last.data, data):
        _write(history, row, last.n + 1 if last else 1, data, None, getattr(row, "updated_at", None) or clock.now())


@contextlib.contextmanager
def noting(history: History, row: Kept, *, by: Actor | Portal | None) -> Iterator[Note]:
    """Whatever is saved of `row` inside becomes one revision; nothing is written where nothing changed.

    The row must be held under lock. A thing of before there were revisions gets its first one here: as it stood. What is
    noted inside another noting of the same row belongs to that one.
    """
    if not in_transaction():
        raise RuntimeError("A revision belongs to the transaction that saves")
    name, note, open_ones = (history.kind, int(row.id)), Note(), pending("revisions")
    if name in open_ones:
        yield note
        return
    open_ones.append(name)
    before, saved_at = history.snapshot(row), getattr(row, "updated_at", None)
    yield note
    pending("revisions").remove(name)
    db.session.flush()
    after = history.snapshot(row)
    if not history.differ(before, after):
        return
    last = queries.latest(history.kind, row.id)
    n = last.n if last else 0
    if last is None or history.differ(last.data, before):  # also what came from a path that writes no revisions
        n += 1
        _write(history, row, n, before, None, saved_at or clock.now())
    _write(history, row, n + 1, after, by.id if by else None, clock.now(), note.restored)


def remove(history: History, number: int) -> None:
    """Delete the history of a thing that goes for good (inside a transaction)."""
    db.session.execute(sa.delete(Revision).where(Revision.kind == history.kind, Revision.object_id == number))


def _write(
    history: History, row: Kept, n: int, data: Data, person_id: int | None, at: dt.datetime, restored: int | None = None
) -> None:  # fmt: skip
    db.session.add(
        Revision(
            kind=history.kind, object_id=row.id, n=n, data=dict(data), person_id=person_id, at=at, restored=restored
        )
    )  # fmt: skip
    db.session.flush()

"""What follows from stored rows and is kept beside them: index, counts. It can be made anew while people write.

A row's share is made anew under the lock that its use-cases take. A batch is one transaction, a row in it a savepoint: a
row that fails is tried again alone, then it is told and the others go on.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.ground.db import db, transaction
from portal.ground.errors import Busy

log = logging.getLogger(__name__)

BATCH = 50  # rows of one transaction: writers wait for it
TRIES = 5  # of a row that others are writing


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from the rows of some tables.

    `sources` select the numbers of these rows, and of those that something is kept of although they may be gone. `renew`
    makes anew what follows from one of them; it takes its lock, and finds nothing when the row is gone. `before` is done
    once, first. Both run inside a transaction. `alone` is done before all that, with transactions of its own: what takes
    long to read and little to write.
    """

    name: str
    sources: Sequence[sa.Select[int]] = ()
    renew: Callable[[int], None] = lambda number: None
    before: Callable[[], None] = lambda: None
    alone: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many rows were gone through, and which of them failed."""

    name: str
    rows: int
    failed: Sequence[int] = ()


def renew(derived: Derived) -> Renewed:
    """Make everything anew that follows from these rows. Outside a transaction."""
    derived.alone()
    with transaction():
        derived.before()
    rows, failed = 0, list[int]()
    after = 0
    while numbers := _numbers(derived, after):
        failed += [number for number in _batch(derived, numbers) if not _alone(derived, number)]
        rows += len(numbers)
        after = numbers[-1]
    return Renewed(derived.name, rows, failed)


def _numbers(derived: Derived, after: int) -> Sequence[int]:
    """The next numbers of all sources together, in ascending order."""
    found: set[int] = set()
    for source in derived.sources:
        column = source.selected_columns[0]
        found.update(db.session.scalars(source.where(column > after).order_by(column).limit(BATCH)))
    db.session.rollback()
    return sorted(found)[:BATCH]


def _batch(derived: Derived, numbers: Iterable[int]) -> list[int]:
    """Go through some rows in one transaction; returns those that did not work out."""
    failed = []
    try:
        with transaction():
            for number in numbers:
                try:
                    with transaction() as session:
                        derived.renew(number)
                        session.flush()
                except Exception:
                    failed.append(number)
    except Busy:
        return list(numbers)
    return failed


def _alone(derived: Derived, number: int) -> bool:
    """Try one row by itself, again while others are writing; did it work out?"""
    for _ in range(TRIES):
        try:
            with transaction():
                derived.renew(number)
            return True
        except Busy:
            continue
        except Exception:
            log.exception("%s %s cannot be made anew", derived.name, number)
            return False
    return False

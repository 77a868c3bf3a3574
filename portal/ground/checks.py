"""What must be true of stored rows, as queries for the rows of which it is not: `portal check` asks them all.

A check only reads. It answers with the numbers of the rows that are at fault; none is as it should be. What is said of them
is a name that stays (others script against it), the table, how many they are and the first of their numbers.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa

from portal.ground.db import Base, db
from portal.ground.statements import table as table_of

log = logging.getLogger(__name__)

FIRST = 10  # numbers that are told
MOST = 10_000  # rows that are counted: from there on it is "at least"

Find = Callable[[], Iterable[object]]


@dataclass(frozen=True, slots=True)
class Check:
    """`says` is what is wrong with the rows that `find` finds, as a sentence for whoever runs the portal. `table` is where
    they lie. A check `is_thorough` when it costs more than a query, or asks for what the database keeps by itself."""

    name: str
    table: str
    says: str
    find: Find
    is_thorough: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """`count` rows are at fault, at least so many where `is_more`; `first` are the first numbers of them, in their order."""

    check: str
    table: str
    says: str
    count: int
    first: Sequence[object]
    is_more: bool = False


def rows(
    name: str, model: type[Base], says: str, *conditions: sa.ColumnElement[bool], is_thorough: bool = False
) -> Check:
    """A check of the rows of one table that meet these conditions."""
    query = sa.select(*table_of(model).primary_key).where(*conditions)
    return select(name, model, says, query, is_thorough=is_thorough)


def select(
    name: str, model: type[Base], says: str, query: sa.Select[*tuple[Any, ...]], *, is_thorough: bool = False
) -> Check:
    """A check by a query for the numbers of the rows at fault; several columns are one number with strokes between."""
    ordered = query.order_by(*query.selected_columns).limit(MOST + 1)

    def find() -> Iterator[object]:
        for row in db.session.execute(ordered):
            yield row[0] if len(row) == 1 else "/".join(map(str, row))

    return Check(name, table_of(model).name, says, find, is_thorough)


def run(checks: Iterable[Check]) -> Iterator[Fault]:
    """What is wrong, in the order of the checks. One that cannot be asked is a fault itself, and stops no other.

    Raises OperationalError or InterfaceError when it is the database that cannot be asked.
    """
    for check in checks:
        try:
            found = list(islice(check.find(), MOST + 1))
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            raise
        except Exception as error:
            log.exception("%s cannot be looked at", check.name)
            db.session.rollback()
            yield Fault(check.name, check.table, f"This cannot be looked at ({type(error).__name__}).", 0, ())
            continue
        if found:
            yield Fault(
                check.name, check.table, check.says, min(len(found), MOST), found[:FIRST], is_more=len(found) > MOST
            )

"""Counting what is asked of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from portal.ground.db import db

QUIET = ("PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ", "SHOW ")


class Queries(list[str]):
    """The SQL statements so far; `len()` is compared with a literal number."""

    def __repr__(self) -> str:
        return f"{len(self)} queries:\n" + "\n".join(
            f"  {number}. {' '.join(sql.split())}" for number, sql in enumerate(self, 1)
        )


@contextmanager
def recorded() -> Iterator[Queries]:
    """Record the statements of every engine of this process, without pragmas and transaction control."""
    seen = Queries()

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.lstrip().upper().startswith(QUIET):
            seen.append(statement)

    event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(sa.Engine, "before_cursor_execute", note)


def somebody_waits_for_a_lock() -> bool:
    """Does a transaction on the PostgreSQL of this application stand still until another one ends?"""
    with db.engine.connect() as connection:
        return bool(connection.scalar(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")))

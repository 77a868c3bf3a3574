"""The version of the data: a random value that changes with every use-case that may have changed a public page.

What was made of the data is kept under the version that was read before it was made. It is then never older than its
version says: a use-case sets the new one last, in its own transaction, so whoever reads it reads what that use-case wrote.
The value is random, not counted: a database that lost its last commits in a failover never says an old one again for
other data.
"""

import contextlib
import secrets
import threading
import weakref
from collections.abc import MutableSet
from functools import cache
from typing import Protocol, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.elements import ClauseElement

from portal.ground.db import UNSEEN, Model, db, last_before_commit
from portal.ground.statements import Upsert, engine_name, insert_into, table


class _Rows(Protocol):
    def fetchone(self) -> tuple[object, ...] | None: ...


class _Driver(Protocol):
    """What both drivers offer on a connection."""

    def execute(self, statement: str, /) -> _Rows: ...


_WRITTEN = "written"  # where a connection notes the tables that were written since its last commit


class DataVersion(Model):
    """At most one row. A database without it says no version: nothing that is made of it may be kept."""

    __tablename__ = "data_version"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.CheckConstraint("id = 1", name="one"), UNSEEN)


def watch_writes(engine: sa.Engine) -> None:
    """Note which tables are written through this engine."""

    @event.listens_for(engine, "before_execute")
    def note(connection: sa.Connection, clause: ClauseElement, *_rest: object) -> None:
        if getattr(clause, "is_dml", False):
            connection.info.setdefault(_WRITTEN, set()).add(clause.table)  # type: ignore[attr-defined]


@last_before_commit
def _renew(session: Session) -> None:
    """A table is seen by visitors unless its model says `UNSEEN`."""
    written = session.connection().info.pop(_WRITTEN, ())
    if any("unseen" not in getattr(one, "info", {}) for one in written):
        session.execute(_set(engine_name()), {"id": 1, "value": secrets.token_hex(16)})


@cache
def _set(engine: str) -> Upsert:
    new = insert_into(DataVersion, engine)
    return new.on_conflict_do_update(index_elements=["id"], set_={"value": new.excluded.value})


def current_version() -> str | None:
    """The version as this session reads it: what it reads afterwards is never older."""
    return db.session.scalar(sa.select(DataVersion.value))


def forget_version(connection: sa.Connection) -> None:
    """The database has changed as a whole (restored, upgraded): no version until somebody writes."""
    if sa.inspect(connection).has_table(DataVersion.__tablename__):
        connection.execute(sa.delete(table(DataVersion)))


class Watch:
    """Reads the version past everything else: each thread on a connection of its own, in no transaction.

    One small statement, because it is done for every request: 5 microseconds on SQLite. Closed with the engine.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._own = threading.local()
        self._opened: MutableSet[PoolProxiedConnection] = weakref.WeakSet()
        event.listen(engine, "engine_disposed", lambda _engine: self.close())

    def read(self) -> str | None:
        """The version, or None when there is none or the database does not answer."""
        try:
            row = self._connection().execute("SELECT value FROM data_version").fetchone()
        except (sa.exc.SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error):
            self._drop()
            return None
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Close the connections of all threads; who reads again opens one again."""
        self._own = threading.local()
        for connection in list(self._opened):
            _close(connection)
        self._opened.clear()

    def _connection(self) -> "_Driver":
        known: PoolProxiedConnection | None = getattr(self._own, "connection", None)
        if known is None:
            known = self._engine.raw_connection()
            known.detach()  # it is ours for good, the pool opens another one
            if (
                self._engine.dialect.name == "sqlite"
            ):  # who asks here waits for nobody: without a version a page is made
                cast(_Driver, known.dbapi_connection).execute("PRAGMA busy_timeout=0")
            self._own.connection = known
            self._opened.add(known)
        return cast(_Driver, known.dbapi_connection)

    def _drop(self) -> None:
        connection: PoolProxiedConnection | None = getattr(self._own, "connection", None)
        self._own.connection = None
        if connection is not None:
            _close(connection)


def _close(connection: PoolProxiedConnection) -> None:
    with contextlib.suppress(Exception):  # it may be dead already, and nothing of it is needed
        connection.close()

"""The database: reads anywhere, writes only inside `transaction()`.

A session reads through a connection that itself refuses to write (`PRAGMA query_only`, `default_transaction_read_only`), on
SQLite in a transaction, on PostgreSQL in none. A use-case opens `transaction()`: it ends what was being read, takes the write
lock (SQLite: in the order of arrival a lock file, then BEGIN IMMEDIATE, because SQLite's own wait is not fair) and commits
once.
"""

import contextlib
import datetime as dt
import fcntl
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import Flask, has_request_context, request
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from portal.ground import clock, turns
from portal.ground.config import CONFIG, Config
from portal.ground.engines import LOCK_WAIT, Database, OneEngine, engine_options, install_postgresql, install_sqlite
from portal.ground.errors import Busy
from portal.ground.quiet import keep_values_out_of_errors

UNSEEN = {"info": {"unseen": True}}  # for a model: no public page shows anything of its rows
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


@event.listens_for(sa.Table, "after_parent_attach")
def _number_once(table: sa.Table, parent: object) -> None:
    """Never give the number of a deleted row to another: links, dedupe keys and the audit trail name rows by it.

    SQLite would do so without AUTOINCREMENT; PostgreSQL never does.
    """
    key = [column for column in table.primary_key.columns if column.autoincrement in (True, "auto")]
    if (
        len(table.primary_key.columns) == len(key) == 1
        and isinstance(key[0].type, sa.Integer)
        and not key[0].foreign_keys
    ):
        table.dialect_kwargs["sqlite_autoincrement"] = True


db = Database(model_class=Base, session_options={"class_": OneEngine})

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model


class UtcDateTime(sa.TypeDecorator[dt.datetime]):
    """An instant: aware in Python, UTC in the database. A naive value is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored instant must be aware.")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Timestamps:
    """When a row was made and last changed."""

    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now, onupdate=clock.now)


# --- engines -----------------------------------------------------------------------------------------------------


def init_db(app: Flask, config: Config) -> None:
    """Bind the engine of `config` to the application."""
    app.config["SQLALCHEMY_DATABASE_URI"] = config.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(config)
    db.init_app(app)
    with app.app_context():
        keep_values_out_of_errors(db.engine)
        if config.is_sqlite:
            install_sqlite(db.engine)
        else:
            install_postgresql(db.engine)


# --- transactions ------------------------------------------------------------------------------------------------

BeforeCommit = Callable[[Session], None]
_before_commit: list[BeforeCommit] = []
_last_before_commit: list[BeforeCommit] = []


def before_commit(hook: BeforeCommit) -> BeforeCommit:
    """Register work that is done last in every outermost transaction, still inside it (the audit chain)."""
    _before_commit.append(hook)
    return hook


def last_before_commit(hook: BeforeCommit) -> BeforeCommit:
    """Register work that comes after all of that, whatever was imported first: the lock that is held most shortly."""
    _last_before_commit.append(hook)
    return hook


def pending(name: str) -> list[Any]:
    """What the running use-case collects under a name for its end; whatever is rolled back takes its share with it."""
    collected: dict[str, list[Any]] = db.session().info["pending"]
    return collected.setdefault(name, [])


def after_commit(hook: Callable[[], None]) -> None:
    """Do something once the running use-case is committed; dropped when it is rolled back."""
    pending("after_commit").append(hook)


def in_transaction() -> bool:
    return bool(db.session().info.get("writing"))


@contextlib.contextmanager
def transaction() -> Iterator[Session]:
    """One use-case: everything inside is committed together, or nothing is.

    An inner call is a savepoint. Refuses inside a GET or HEAD request and when the session holds unsaved changes.
    Waits for locks LOCK_WAIT seconds in all, then raises Busy; so it does when a row has changed between reading it here and
    locking it. Objects loaded before are expired: re-read under lock
    every row that you decide on.
    """
    session = db.session()
    if session.info.get("writing"):
        yield from _savepoint(session)
        return
    if has_request_context() and request.method in SAFE_METHODS:
        raise RuntimeError(f"{request.method} never writes")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Changes were made outside a transaction")
    session.rollback()
    try:
        with write_lock():
            hooks = yield from _outermost(session)
    except DBAPIError as error:
        raise _busy_or(error) from error
    except StaleDataError as error:  # somebody changed a row between our reading and our locking it: nothing was done
        raise Busy from error
    for hook in hooks:
        hook()


def _savepoint(session: Session) -> Iterator[Session]:
    before = {name: list(items) for name, items in session.info["pending"].items()}
    try:
        with session.begin_nested():
            yield session
    except BaseException:
        session.info["pending"] = before
        raise


def _outermost(session: Session) -> Generator[Session, None, list[Callable[[], None]]]:
    session.info.update(writing=True, pending={})
    try:
        connection = _writing(session)
        if not connection.info.get("writes"):
            raise RuntimeError("The write transaction began as a read transaction")
        yield session
        session.flush()
        for finish in (*_before_commit, *_last_before_commit):
            finish(session)
        session.commit()
        return pending("after_commit")
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.update(writing=False, pending={})


def _writing(session: Session) -> sa.Connection:
    """The connection of a use-case that begins; another one when the server has hung up on it meanwhile."""
    options = {"access": "write"}
    try:
        return session.connection(execution_options=options)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        session.rollback()
        return session.connection(execution_options=options)


def _busy_or(error: DBAPIError) -> BaseException:
    """A lock that was not had in time, or a lost database, is Busy; everything else stays what it is."""
    state = getattr(error.orig, "sqlstate", None)
    locked = state in ("55P03", "40P01", "40001") or "database is locked" in str(error.orig)
    return Busy() if locked or error.connection_invalidated else error


@contextlib.contextmanager
def write_lock(wait: float = LOCK_WAIT) -> Iterator[None]:
    """Keep everybody else from writing (SQLite), or raise Busy after so many seconds."""
    config = CONFIG.get()
    path = config.sqlite_path
    if path is None:
        yield
        return
    deadline = time.monotonic() + wait
    try:
        with turns.in_order(f"{path}.line", deadline), _opened_lock(path) as handle:
            _flock(handle.fileno(), deadline)
            yield
    except turns.TooLate:
        raise Busy() from None


def _opened_lock(path: Path) -> IO[str]:
    """Where the file of the lock cannot be written, neither can the database."""
    try:
        return open(f"{path}.lock", "w")
    except OSError as error:
        raise Busy() from error


def _flock(descriptor: int, deadline: float) -> None:
    """Take the lock; it is freed when the file is closed, also by the death of the process."""
    pause = 0.0002
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Busy() from None
            time.sleep(pause)
            pause = min(pause * 2, 0.001)

"""Carrying migrations out, on one connection and in one transaction.

SQLite rebuilds a table to change it. With foreign keys on, dropping the old table would delete the rows that point to
it; so foreign keys are off during a migration and checked before its commit, and the whole migration is one transaction.
"""

import contextlib
import fcntl
from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from portal.ground.config import Config
from portal.ground.data_version import forget_version
from portal.ground.engines import engine_options
from portal.ground.migrations import chain as files
from portal.ground.migrations.chain import chain, head
from portal.ground.migrations.notes import RUNS_WITH, note, take_note
from portal.ground.quiet import keep_values_out_of_errors

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

LOCK_TIMEOUT = "5s"  # a migration that cannot get its lock gives way to the visitors
ADVISORY_KEY = 7306090911


class SchemaError(RuntimeError):
    """The database cannot be brought where it was asked to; the message says why."""


def upgrade(config: Config, revision: str = "head") -> None:
    """Bring the database to a revision; an empty one is made whole. Safe to run from several processes at once.

    A database of a newer release that this code runs on is left as it is. Raises SchemaError for another one.
    """
    with opened(config) as connection:
        if revision == "head" and fits(connection):
            return
        bring(connection, revision)


def downgrade(config: Config, revision: str) -> None:
    """Bring the database back to a revision, `base` for an empty one."""
    from alembic import command

    with opened(config) as connection:
        command.downgrade(alembic(connection), revision)
        _declare(connection)


def bring(connection: sa.Connection, revision: str = "head") -> None:
    """Bring the database of this connection up or down to a revision, in its transaction (of `opened`)."""
    from alembic import command

    known, target = current(connection), head() if revision == "head" else revision
    if known is not None and known not in chain().steps:
        raise SchemaError(
            f"The database is at revision {known}, which this code does not know: it is of a newer release."
        )
    if known != target and known in [*chain().line(target)[1:], None]:
        command.upgrade(alembic(connection), target or "head")
    elif known != target:
        command.downgrade(alembic(connection), target or "base")
    _declare(connection)


def _declare(connection: sa.Connection) -> None:
    """Let the database say whose code runs on it: older code does not have the migrations that made it."""
    forget_version(connection)
    known = current(connection)
    if known is not None:
        take_note(connection, RUNS_WITH, " ".join(chain().runs_with(known)))


def current(connection: sa.Connection) -> str | None:
    """The revision of a database, or None when it is empty. Without Alembic: every web process asks this at its start."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    known: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return known


def fits(connection: sa.Connection) -> bool:
    """Does this code run on the database: is it of the same revision, or of a newer one that says so itself?"""
    known, newest = current(connection), head()
    if known == newest:
        return True
    return known is not None and known not in chain().steps and newest in note(connection, RUNS_WITH).split()


def alembic(connection: sa.Connection) -> "AlembicConfig":
    """The settings of Alembic for this connection."""
    from alembic.config import Config as AlembicConfig

    settings = AlembicConfig()
    settings.set_main_option("script_location", str(files.DIRECTORY))
    settings.attributes["connection"] = connection
    return settings


@contextlib.contextmanager
def opened(config: Config) -> Iterator[sa.Connection]:
    """A connection of its own, in a transaction that is committed at the end; one process at a time."""
    with _one_at_a_time(config):
        yield from _sqlite(config) if config.is_sqlite else _postgresql(config)


@contextlib.contextmanager
def _one_at_a_time(config: Config) -> Iterator[None]:
    config.var.mkdir(parents=True, exist_ok=True)
    path = config.sqlite_path
    if path is None:
        yield  # PostgreSQL: the advisory lock of the connection
        return
    with open(f"{path}.lock", "w") as handle:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX)
        yield


def _sqlite(config: Config) -> Iterator[sa.Connection]:
    arguments = engine_options(config)["connect_args"]
    engine = sa.create_engine(config.database_url, connect_args=arguments, poolclass=sa.NullPool, hide_parameters=True)
    keep_values_out_of_errors(engine)

    @sa.event.listens_for(engine, "connect")
    def connect(driver: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        driver.isolation_level = None
        driver.execute("PRAGMA journal_mode=WAL")
        driver.execute("PRAGMA secure_delete=ON")
        driver.execute("PRAGMA foreign_keys=OFF")  # only works outside a transaction, so here

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr]

    with engine.begin() as connection:
        yield connection
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise SchemaError(f"This would leave rows without their parent: {broken[:5]}")


def _postgresql(config: Config) -> Iterator[sa.Connection]:
    engine = sa.create_engine(config.database_url, poolclass=sa.NullPool, hide_parameters=True)
    keep_values_out_of_errors(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_KEY})")
        yield connection

"""The schema: bringing a database to the newest revision, and telling whether it is there.

SQLite rebuilds a table to change it. With foreign keys on, dropping the old table would delete the rows that point to
it; so foreign keys are off during a migration and checked before its commit, and the whole migration is one transaction.
"""

import contextlib
import fcntl
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from portal.ground.config import Config
from portal.ground.db import db, engine_options

DIRECTORY = Path(__file__).resolve().parents[2] / "migrations"
LOCK_TIMEOUT = "5s"  # a migration that cannot get its lock gives way to the visitors
ADVISORY_KEY = 7306090911
_REVISION = re.compile(r'^revision = "(.+)"$', re.MULTILINE)
_DOWN_REVISION = re.compile(r'^down_revision = "(.+)"$', re.MULTILINE)


class OwnDdl(Protocol):
    """A module that makes tables or indexes of its own beside those of the models, such as those of the full text."""

    def is_own(self, name: str) -> bool: ...
    def missing(self, connection: sa.Connection) -> list[str]: ...


_own_ddl: list[OwnDdl] = []


def leave_to(module: OwnDdl) -> None:
    """Ask this module, and not the models, about what it makes itself."""
    _own_ddl.append(module)


def metadata() -> sa.MetaData:
    """The tables of all features that are imported; the application imports them all."""
    return db.metadata


def compare_options() -> dict[str, Any]:
    return {"compare_type": True, "include_object": _ours}


def _ours(obj: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Leave the search engine's own tables and its expression indexes to the module that makes them."""
    return not (reflected and compare_to is None and name is not None and any(own.is_own(name) for own in _own_ddl))


def upgrade(config: Config, revision: str = "head") -> None:
    """Bring the database to a revision; an empty one is made whole. Safe to run from several processes at once."""
    with _one_at_a_time(config), _connection(config) as connection:
        if revision != "head" or current(connection) != head():
            from alembic import command

            command.upgrade(_alembic(connection), revision)


def downgrade(config: Config, revision: str) -> None:
    from alembic import command

    with _one_at_a_time(config), _connection(config) as connection:
        command.downgrade(_alembic(connection), revision)


def current(connection: sa.Connection) -> str | None:
    """The revision of a database, or None when it is empty. Without Alembic: every web process asks this at its start."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    known: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return known


def head() -> str | None:
    """The newest revision that this code knows: the one that no other builds on."""
    known: set[str] = set()
    built_on: set[str] = set()
    for path in (DIRECTORY / "versions").glob("*.py"):
        text = path.read_text("utf-8")
        known.update(_REVISION.findall(text))
        built_on.update(_DOWN_REVISION.findall(text))
    return next(iter(known - built_on), None)


def check(config: Config) -> list[str]:
    """Differences between the database, the migrations and the models; an empty list is good news."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with _connection(config) as connection:
        known, newest = current(connection), head()
        if known != newest:
            return [f"The database is at revision {known}, the code at {newest}."]
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata(), **compare_options()})
        found = [str(difference) for difference in compare_metadata(context, metadata())]
        return found + _missing_ddl(connection)


def _missing_ddl(connection: sa.Connection) -> list[str]:
    return [f"Missing in the database: {name}" for own in _own_ddl for name in own.missing(connection)]


def _alembic(connection: sa.Connection) -> Any:
    from alembic.config import Config as AlembicConfig

    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(DIRECTORY))
    alembic.attributes["connection"] = connection
    return alembic


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


@contextlib.contextmanager
def _connection(config: Config) -> Iterator[sa.Connection]:
    """A connection of its own, in a transaction that is committed at the end."""
    if config.is_sqlite:
        engine = sa.create_engine(
            config.database_url, connect_args=engine_options(config)["connect_args"], poolclass=sa.NullPool
        )
        yield from _sqlite(engine)
    else:
        yield from _postgresql(sa.create_engine(config.database_url, poolclass=sa.NullPool))


def _sqlite(engine: sa.Engine) -> Iterator[sa.Connection]:
    @sa.event.listens_for(engine, "connect")
    def connect(driver: Any, _record: Any) -> None:
        driver.isolation_level = None
        driver.execute("PRAGMA journal_mode=WAL")
        driver.execute("PRAGMA foreign_keys=OFF")  # only works outside a transaction, so here

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr]

    with engine.begin() as connection:
        yield connection
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"The migration would leave rows without their parent: {broken[:5]}")


def _postgresql(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_KEY})")
        yield connection

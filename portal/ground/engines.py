"""How a database is spoken to: the settings of a connection, how it begins, and how a request gives it back."""

import logging
import select

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from portal.ground.config import Config

log = logging.getLogger(__name__)

LOCK_WAIT = 10.0  # seconds until a use-case gives up its place in the line (docs/decisions/0025-waiting-in-order.md)


class OneEngine(FlaskSession):
    """A session that asks for its engine once: there is no other, and each statement would look for it anew."""

    def get_bind(
        self, mapper: object = None, clause: object = None, bind: sa.Engine | sa.Connection | None = None, **more: object
    ) -> sa.Engine | sa.Connection:  # fmt: skip
        found: sa.Engine | sa.Connection | None = bind or self.info.get("engine")
        if found is None:
            found = self.info["engine"] = self._db.engine
        return found


class Database(SQLAlchemy):
    """Flask-SQLAlchemy, whose end of a request changes no answer."""

    def _teardown_session(self, exc: BaseException | None) -> None:
        """Give the connection back. One that has died meanwhile is thrown away: the answer is made already."""
        try:
            self.session.remove()
        except Exception:
            log.exception("a connection was lost after the answer")
            self.session().invalidate()
            self.session.registry.clear()


def engine_options(config: Config) -> dict[str, object]:
    if config.is_sqlite:
        return {
            "hide_parameters": True,  # what people typed does not belong into a log
            "connect_args": {"timeout": LOCK_WAIT, "check_same_thread": False},
            "pool_size": 16,
            "max_overflow": 16,
            "pool_use_lifo": True,
        }
    options = f"-c default_transaction_read_only=on -c lock_timeout={int(LOCK_WAIT * 1000)} -c timezone=UTC"
    return {
        "hide_parameters": True,
        "connect_args": {"options": options, "connect_timeout": 3},
        "isolation_level": "AUTOCOMMIT",
        "pool_size": config.database_pool,
        "max_overflow": config.database_overflow,
        "pool_timeout": LOCK_WAIT,
    }


def install_sqlite(engine: sa.Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver must not open transactions of its own
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={int(LOCK_WAIT * 1000)}",
            "secure_delete=ON",
            "query_only=ON",
            "cache_size=-16000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        record.info["writes"] = False

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("access") == "write"
        driver = connection.connection.driver_connection
        assert driver is not None
        if connection.info.get("writes") is not writes:
            driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
            connection.info["writes"] = writes
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def install_postgresql(engine: sa.Engine) -> None:
    """What only reads does without transactions: each statement sees what is committed, as in READ COMMITTED, without a
    BEGIN and a ROLLBACK for each request, and psycopg keeps its prepared statements, which a ROLLBACK throws away.
    """

    @event.listens_for(engine, "checkout")
    def look(connection: DBAPIConnection, record: ConnectionPoolEntry, proxy: object) -> None:
        if _has_ended(connection):
            raise sa.exc.DisconnectionError

    @event.listens_for(engine, "set_connection_execution_options")
    def choose(connection: sa.Connection, chosen: dict[str, object]) -> None:
        if chosen.get("access") == "write":
            chosen["isolation_level"] = "READ COMMITTED"

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("access") == "write"
        connection.info["writes"] = writes
        if writes:
            connection.exec_driver_sql("SET TRANSACTION READ WRITE")


def _has_ended(connection: DBAPIConnection) -> bool:
    """Has PostgreSQL hung up? It says so before it does, and says nothing else to a connection at rest."""
    found = select.poll()
    found.register(connection.fileno(), select.POLLIN)
    return bool(found.poll(0))

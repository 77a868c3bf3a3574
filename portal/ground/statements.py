"""Small parts of statements: the table of a model, how many rows were changed, the INSERT that knows ON CONFLICT, and how
long one may take."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias, TypeVar, TypeVarTuple

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session

from portal.ground.config import Config
from portal.ground.db import Base, db
from portal.ground.errors import TookTooLong

OneSession = TypeVar("OneSession", bound=Session)
QUERY_CANCELED = "57014"  # SQLSTATE, appendix A of PostgreSQL's manual
Item = TypeVar("Item")
Columns = TypeVarTuple("Columns")
Upsert: TypeAlias = sqlite.Insert | postgresql.Insert


def table(model: type[Base]) -> sa.Table:
    """The table of a model: what is read or written through it passes by the unit of work."""
    found = model.__table__
    assert isinstance(found, sa.Table)
    return found


def changed_rows(
    session: Session | scoped_session[OneSession],
    statement: sa.Insert | sa.Update | sa.Delete,
    values: Mapping[str, object] | None = None,
    *,
    options: Mapping[str, object] | None = None,
) -> int:
    """Run a write; how many rows it changed."""
    result = session.execute(statement, values or {}, execution_options=options or {})
    assert isinstance(result, sa.CursorResult)
    return result.rowcount


def engine_name() -> str:
    """`sqlite` or `postgresql`."""
    return db.engine.dialect.name


def insert_into(model: type[Base], engine: str) -> Upsert:
    """The INSERT of an engine that knows ON CONFLICT: both have it, SQLAlchemy's common INSERT has not."""
    return sqlite.insert(table(model)) if engine == "sqlite" else postgresql.insert(table(model))


def insert_rows(rows: Sequence[Base]) -> None:
    """Insert many objects of one model that no session knows, by one statement, and give each its number.

    All of them say the same columns; the others get their defaults.
    """
    if not rows:
        return
    model, said = type(rows[0]), vars(rows[0])
    mapper = sa.inspect(model)
    columns = [one.key for one in mapper.column_attrs if one.key in said]
    values = [{column: getattr(row, column) for column in columns} for row in rows]
    (key,) = mapper.primary_key
    name = mapper.get_property_by_column(key).key
    statement = sa.insert(model).returning(key, sort_by_parameter_order=True)
    for row, number in zip(rows, db.session.scalars(statement, values), strict=True):
        setattr(row, name, number)


def streamed(statement: sa.Select[*Columns], size: int) -> Iterator[sa.Row[*Columns]]:
    """The rows of a long read, so many in memory at a time. PostgreSQL keeps the others, and does so in a transaction only."""
    connection = db.session.connection()
    driver: Any = connection.connection.driver_connection
    if engine_name() == "postgresql" and not driver.info.transaction_status:  # nobody has begun one
        connection.exec_driver_sql("BEGIN")  # the session ends it
    yield from db.session.execute(statement, execution_options={"yield_per": size})


def in_batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of so many; the last one may be shorter."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


def lock_table(model: type[Base]) -> None:
    """Wait until nobody is writing to a table, and keep others from it until the end of the transaction; reading goes on.

    On SQLite every transaction that writes has that already.
    """
    if engine_name() == "postgresql":
        db.session.execute(sa.text(f"LOCK TABLE {table(model).name} IN EXCLUSIVE MODE"))


def limit_statements(app: Flask, config: Config) -> None:
    """Have PostgreSQL cut a statement of this application after `config.statement_seconds`: that raises TookTooLong.

    For the web alone: migrations, backups, the console and the worker take the time that they need. SQLite has no such
    limit.
    """
    if config.is_sqlite:
        return
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "do_connect")
    def connect(dialect: sa.Dialect, record: object, arguments: object, named: dict[str, str]) -> None:
        named["options"] += f" -c statement_timeout={config.statement_seconds * 1000}"

    @event.listens_for(engine, "handle_error")
    def cut(context: sa.engine.ExceptionContext) -> None:
        if getattr(context.original_exception, "sqlstate", None) == QUERY_CANCELED:
            raise TookTooLong(give_up=db.session.rollback) from context.original_exception

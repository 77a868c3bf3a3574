"""Rows as JSON lines, by the tables that the database itself has: neither newer nor older code loses a column of it.

What stands in a column is taken as it is stored, so that sealed texts stay sealed, whatever type the models give it.
"""

import base64
import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import ReflectedColumn

from portal.ground import migrations
from portal.ground.db import UtcDateTime
from portal.ground.sealed import seal

CHUNK = 1000
CHUNK_BYTES = 8 << 20
LONGEST_LINE = 64 << 20  # bytes of one row
# Of the moment: worthless after a restore.
LEFT_OUT = frozenset({"limit_hit", "heartbeat", "periodic_job", "data_version"})
# An empty database has rows of these already: what it says of itself, and the countries and regions that its schema brings.
BROUGHT = frozenset({"database_note", "area", "area_within"})
NOT_ROWS = LEFT_OUT | {"alembic_version"}

Decoder = Callable[[sa.Column[Any], Any], Any]


def stored_tables(connection: sa.Connection) -> list[sa.Table]:
    """The tables of this database whose rows are kept, in the order in which they can be filled."""
    metadata = sa.MetaData()
    event.listen(metadata, "column_reflect", _as_ours)
    metadata.reflect(connection, only=lambda name, _: name not in NOT_ROWS and not migrations.left_to_others(name))
    return metadata.sorted_tables


def _as_ours(_inspector: object, _table: sa.Table, column: ReflectedColumn) -> None:
    """Instants are aware on both engines, and an empty JSON column is NULL and not the JSON word for it."""
    if isinstance(column["type"], sa.DateTime):
        column["type"] = UtcDateTime()
    elif isinstance(column["type"], sa.JSON):
        column["type"] = sa.JSON(none_as_null=bool(column["nullable"]))


def dump(connection: sa.Connection, table: sa.Table, lines: IO[bytes]) -> int:
    """Write every row as one line; returns how many there are."""
    count = 0
    statement = sa.select(*table.columns).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=CHUNK).execute(statement):
        lines.write(json.dumps([_to_json(value) for value in row], ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _to_json(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, dt.date):  # an instant is one, too
        return value.isoformat()
    return value


@dataclass(frozen=True, slots=True)
class Format:
    """How the rows of a backup are read: which columns they have, and what a value means."""

    columns: Sequence[str] | None  # None: those of the table, in its order
    decode: Decoder


def load(connection: sa.Connection, table: sa.Table, lines: IO[bytes], form: Format) -> int:
    """Insert the row of every line, naming the columns of the backup only; returns how many there were."""
    columns = list(table.columns) if form.columns is None else [table.columns[name] for name in form.columns]
    statement = table.insert()
    count = 0
    for chunk in _chunks(lines):
        rows = [zip(columns, json.loads(line), strict=True) for line in chunk]
        connection.execute(
            statement, [{column.name: form.decode(column, value) for column, value in row} for row in rows]
        )
        count += len(chunk)
    return count


def _chunks(lines: IO[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    while line := lines.readline(LONGEST_LINE):
        chunk.append(line)
        size += len(line)
        if len(chunk) == CHUNK or size > CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def decoded(column: sa.Column[Any], value: Any) -> Any:
    """A value as it is given to the column: format 2, where the type of the column says what it is."""
    if value is None or isinstance(column.type, sa.JSON):
        return value
    if isinstance(column.type, sa.LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, UtcDateTime):
        return dt.datetime.fromisoformat(value)
    if isinstance(column.type, sa.Date):
        return dt.date.fromisoformat(value)
    return value


_SEALED_IN_1 = frozenset({("account", "totp_secret"), ("account", "recovery_codes")})


def decoded_from_1(column: sa.Column[Any], value: Any) -> Any:
    """A value of format 1 (release 0.1.0), which kept what the types of the models made of a column, unsealed too."""
    if value is None or isinstance(column.type, sa.JSON):
        return value
    if isinstance(value, list):  # codes of a vocabulary
        return " ".join(value)
    if isinstance(value, dict):
        kind, content = next(iter(value.items()))
        is_text = kind == "localized"
        return json.dumps(content, ensure_ascii=False, sort_keys=True) if is_text else decoded(column, content)
    return seal(value) if (column.table.name, column.name) in _SEALED_IN_1 else value


def set_sequences(connection: sa.Connection, tables: Sequence[sa.Table]) -> None:
    """PostgreSQL hands out numbers after the highest restored one."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key.columns:
            sequence = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, column.name)))
            highest = connection.scalar(sa.select(sa.func.max(column))) if sequence else None
            if highest:
                connection.execute(sa.select(sa.func.setval(sequence, highest)))

"""Backup and restore: one format for both databases, made without their tools.

A tar with `manifest.json` (schema revision, sha256 of every part), each table's rows as JSON lines from one consistent
snapshot, and the media. It restores into an empty database of the same revision, on either engine.
"""

import base64
import contextlib
import datetime as dt
import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol, runtime_checkable

import sqlalchemy as sa

from portal.ground import migrations
from portal.ground.db import db, transaction

FORMAT = 1
CHUNK = 1000
LEFT_OUT = frozenset({"limit_hit", "heartbeat"})  # of the moment: worthless after a restore


class BackupError(RuntimeError):
    """A backup cannot be made or restored; the message says why."""


class Store(Protocol):
    """Where the content of files lies, by key."""

    def stored_keys(self) -> Iterable[str]: ...
    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, content: bytes) -> None: ...


@runtime_checkable
class Structured(Protocol):
    """A value of a column with parts of its own, such as a text in several languages. Its type reads it again."""

    def as_json(self) -> dict[str, Any]: ...


def backup(target: Path, store: Store) -> dict[str, int]:
    """Write everything to `target`; returns rows per table. The file appears only when it is complete."""
    hashes: dict[str, str] = {}
    counts: dict[str, int] = {}
    partial = target.with_name(target.name + ".partial")
    with tarfile.open(partial, "w") as tar:
        with db.engine.connect() as opened, _snapshot(opened) as connection:
            revision = migrations.current(connection)
            for table in _tables():
                with tempfile.TemporaryFile() as rows:
                    counts[table.name] = _dump(connection, table, rows)
                    hashes[f"tables/{table.name}.jsonl"] = _add(tar, f"tables/{table.name}.jsonl", rows)
        for key in store.stored_keys():
            content = store.get(key)
            if content is not None:  # else it was deleted a moment ago
                hashes[f"media/{key}"] = _add(tar, f"media/{key}", io.BytesIO(content))
        manifest = {"format": FORMAT, "revision": revision, "rows": counts, "sha256": hashes}
        _add(tar, "manifest.json", io.BytesIO(json.dumps(manifest, indent=1).encode()))
    partial.chmod(0o600)
    partial.replace(target)
    return counts


def restore(source: Path, store: Store) -> dict[str, int]:
    """Fill an empty database of the same revision, and the media. Every part is verified before anything is written."""
    with tarfile.open(source, "r") as tar:
        manifest = _verified(tar)
        with db.engine.connect() as connection:
            known = migrations.current(connection)
        if known != manifest["revision"]:
            raise BackupError(f"The backup is of revision {manifest['revision']}, the database of {known}.")
        _refuse_unless_empty()
        with transaction() as session:
            connection = session.connection()
            for table in _tables():
                _load(connection, table, _part(tar, f"tables/{table.name}.jsonl"))
            _set_sequences(connection)
        for name in manifest["sha256"]:
            if name.startswith("media/"):
                store.put(name.removeprefix("media/"), _part(tar, name).read())
    return dict(manifest["rows"])


@contextlib.contextmanager
def _snapshot(connection: sa.Connection) -> Iterator[sa.Connection]:
    """One consistent view: SQLite has it for the length of a transaction, PostgreSQL is asked for it."""
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    with connection.begin():
        yield connection


def _tables() -> list[sa.Table]:
    """All tables in the order in which they can be filled."""
    return [table for table in migrations.metadata().sorted_tables if table.name not in LEFT_OUT]


def _dump(connection: sa.Connection, table: sa.Table, rows: IO[bytes]) -> int:
    count = 0
    for row in connection.execution_options(yield_per=CHUNK).execute(_plain_select(table)):
        rows.write(json.dumps([_to_json(value) for value in row], ensure_ascii=False).encode() + b"\n")
        count += 1
    rows.seek(0)
    return count


def _plain_select(table: sa.Table) -> sa.Select[Any]:
    return sa.select(*table.columns).order_by(*table.primary_key.columns)


def _to_json(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, Structured):
        return {"localized": value.as_json()}
    if isinstance(value, dt.datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return value


def _from_json(column: sa.Column[Any], value: Any) -> Any:
    if not isinstance(value, dict) or len(value) != 1:
        return value
    kind, content = next(iter(value.items()))
    if kind == "localized":
        return column.type.python_type.from_json(content)
    readers: dict[str, Callable[[Any], Any]] = {
        "bytes": base64.b64decode,
        "instant": dt.datetime.fromisoformat,
        "day": dt.date.fromisoformat,
    }
    return readers[kind](content) if kind in readers else value


def _load(connection: sa.Connection, table: sa.Table, rows: IO[bytes]) -> None:
    columns = list(table.columns)
    for chunk in _chunks(rows):
        connection.execute(
            table.insert(),
            [
                {
                    column.name: _from_json(column, value)
                    for column, value in zip(columns, json.loads(line), strict=True)
                }
                for line in chunk
            ],
        )


def _chunks(rows: IO[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    for line in rows:
        chunk.append(line)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _set_sequences(connection: sa.Connection) -> None:
    """PostgreSQL hands out numbers after the highest restored one."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables():
        for column in table.primary_key.columns:
            sequence = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, column.name)))
            if sequence:
                highest = connection.scalar(sa.select(sa.func.max(column)))
                if highest:
                    connection.execute(sa.select(sa.func.setval(sequence, highest)))


def _refuse_unless_empty() -> None:
    filled = [t.name for t in _tables() if db.session.execute(sa.select(sa.literal(1)).select_from(t).limit(1)).first()]
    db.session.rollback()
    if filled:
        raise BackupError("The database is not empty: " + ", ".join(filled[:5]))


def _verified(tar: tarfile.TarFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.load(_part(tar, "manifest.json"))
    except (KeyError, ValueError) as error:
        raise BackupError("This is not a backup of Synergia: it has no manifest.") from error
    if manifest.get("format") != FORMAT:
        raise BackupError(f"Backups of format {manifest.get('format')} are not known here.")
    for name, expected in manifest["sha256"].items():
        with _part(tar, name) as part:
            if _sha256(part) != expected:
                raise BackupError(f"{name} is not what was backed up.")
    return manifest


def _part(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    part = tar.extractfile(tar.getmember(name))
    if part is None:
        raise BackupError(f"{name} is not a file.")
    return part


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> str:
    digest = _sha256(content)
    info = tarfile.TarInfo(name)
    info.size = content.seek(0, io.SEEK_END)
    info.mode = 0o600
    content.seek(0)
    tar.addfile(info, content)
    return digest


def _sha256(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()

"""Making a backup."""

import contextlib
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol

import sqlalchemy as sa

from portal.ground import migrations
from portal.ground.backup import rows
from portal.ground.backup.archive import BLOCK, FORMATS, MANIFEST, BackupError
from portal.ground.db import db


class Store(Protocol):
    """Where the content of files lies, by key."""

    def stored_keys(self) -> Iterable[str]: ...
    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, content: bytes) -> None: ...


def backup(target: Path, store: Store) -> dict[str, int]:
    """Write everything to `target`; returns rows per table. The file appears only when it is complete."""
    hashes: dict[str, str] = {}
    counts: dict[str, int] = {}
    columns: dict[str, list[str]] = {}
    with _appearing(target) as tar:
        with db.engine.connect() as opened, _snapshot(opened) as connection:
            revision = migrations.current(connection)
            for table in rows.stored_tables(connection):
                with tempfile.TemporaryFile() as lines:
                    counts[table.name] = rows.dump(connection, table, lines)
                    columns[table.name] = table.columns.keys()
                    hashes[f"tables/{table.name}.jsonl"] = _add(tar, f"tables/{table.name}.jsonl", lines)
        for key in store.stored_keys():
            content = store.get(key)
            if content is not None:  # else it was deleted a moment ago
                hashes[f"media/{key}"] = _add(tar, f"media/{key}", io.BytesIO(content))
        manifest = {"format": FORMATS[-1], "revision": revision, "columns": columns, "rows": counts, "sha256": hashes}
        _add(tar, MANIFEST, io.BytesIO(json.dumps(manifest, indent=1).encode()))
    return counts


@contextlib.contextmanager
def _appearing(target: Path) -> Iterator[tarfile.TarFile]:
    """A tar that nobody else can read, under another name until it is complete; gone when it is not completed."""
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)  # of a process that was killed
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"{partial} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
            yield tar
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BackupError(f"The backup could not be completed: {error.strerror}.") from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _snapshot(connection: sa.Connection) -> Iterator[sa.Connection]:
    """One consistent view: SQLite has it for the length of a transaction, PostgreSQL is asked for it."""
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    with connection.begin():
        yield connection


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> str:
    info = tarfile.TarInfo(name)
    info.size = content.seek(0, io.SEEK_END)
    info.mode = 0o600
    content.seek(0)
    digest = hashlib.sha256()
    while block := content.read(BLOCK):
        digest.update(block)
    content.seek(0)
    tar.addfile(info, content)
    return digest.hexdigest()

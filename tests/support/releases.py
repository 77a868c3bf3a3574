"""A small filled portal of each release, as a backup that its own code made."""

import gzip
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.face.media import storage
from portal.ground import backup, migrations
from portal.ground.backup.rows import stored_tables
from portal.ground.config import CONFIG, Config
from portal.ground.migrations import chain
from tests.architecture.sources import ROOT

RELEASES = tuple(migrations.releases())
Contents = Mapping[str, list[tuple[object, ...]]]


def kept(release: str, directory: Path) -> Path:
    """The backup of a release, unpacked into a directory."""
    target = directory / f"{release}.tar"
    target.write_bytes(gzip.decompress((ROOT / "tests" / "data" / f"{release}.tar.gz").read_bytes()))
    return target


def own_directory(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations that a test may add to; the portal takes them from there."""
    directory = root / "migrations"
    shutil.copytree(chain.DIRECTORY, directory, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(chain, "DIRECTORY", directory)
    return directory


def restored(app: Flask, release: str, directory: Path, revision: str = "head") -> Config:
    """Fill the empty database of the application with a release; it stays at the revision."""
    config = CONFIG.of(app)
    backup.restore(config, kept(release, directory), storage, revision)
    return config


def contents(config: Config) -> Contents:
    """Every kept row of every table, in the order of its key; a foreign key without its parent fails."""
    with migrations.opened(config) as connection:
        tables = [table for table in stored_tables(connection) if table.name != migrations.Note.__tablename__]
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in tables
        }


def numbers(found: Contents) -> dict[str, int]:
    """Rows of each table."""
    return {name: len(rows) for name, rows in found.items()}

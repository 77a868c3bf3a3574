"""A backup holds everything, in one format for both engines, and is verified before anything is restored."""

import io
import json
import tarfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from portal.face.media import media_path, prepare_image, storage, store
from portal.ground import audit, backup, migrations
from portal.ground.backup import BackupError
from portal.ground.config import CONFIG
from portal.ground.db import db, transaction
from portal.words.search import search
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (400, 300), "purple").save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def filled(app: Flask, tmp_path: Path) -> Path:
    """A backup of a portal with people, a published organisation, a picture and an audit trail."""
    owner = make_person(name="Żaneta Дъбова", email="zaneta@example.org")
    make_organisation(name="Stowarzyszenie Łąka", owner=owner, status="published")
    prepared = prepare_image(picture())
    with transaction():
        file = store(prepared, by=owner)
        audit.record("file.stored", file, actor=owner)
    target = tmp_path / "backup.tar"
    backup.backup(target, storage)
    return target


def restore(source: Path) -> None:
    backup.restore(CONFIG.get(), source, storage)


def contents(connection: sa.Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = [table for table in migrations.metadata().sorted_tables if table.name not in backup.LEFT_OUT]
    return {
        table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))]
        for table in tables
    }


@pytest.mark.parametrize("other", ["sqlite", "postgresql"])
def test_backup_restores_on_either_engine(app: Flask, filled: Path, databases, other: str) -> None:
    before = contents(db.session.connection())
    db.session.rollback()
    media = {key: storage.get(key) for key in storage.stored_keys()}
    empty = databases.application(other)
    with empty.app_context():
        restore(filled)
        assert contents(db.session.connection()) == before
        db.session.rollback()
        assert audit.verify().broken_at is None
        assert [hit.title for hit in search("laka", lang="pl").items]
        assert {key: storage.get(key) for key in storage.stored_keys()} == media
        assert media
        assert empty.test_client().get(media_path(next(iter(media)))).status_code == 200
        make_person(name="After", email="after@example.org")  # numbers go on after the restored ones
        db.session.rollback()


def test_backup_is_for_its_owner_only(app: Flask, filled: Path) -> None:
    assert filled.stat().st_mode & 0o777 == 0o600


def test_restore_refuses_a_filled_database(app: Flask, filled: Path) -> None:
    with pytest.raises(BackupError, match="not empty"):
        restore(filled)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_tables_of_the_queue_are_none_of_ours(app: Flask, filled: Path, databases, tmp_path: Path) -> None:
    config = app.extensions["portal.config"]
    with migrations.opened(config) as connection:
        connection.exec_driver_sql("CREATE TABLE huey_task (id BIGINT PRIMARY KEY, data TEXT)")
        connection.exec_driver_sql("CREATE INDEX huey_task_data ON huey_task (data)")
        connection.exec_driver_sql("INSERT INTO huey_task VALUES (1, 'wake')")
    assert migrations.check(config) == []
    assert "huey_task" not in backup.backup(tmp_path / "second.tar", storage)
    empty = databases.application("postgresql")
    with empty.app_context():
        with migrations.opened(config) as connection:
            connection.exec_driver_sql("CREATE TABLE huey_task (id BIGINT PRIMARY KEY, data TEXT)")
            connection.exec_driver_sql("INSERT INTO huey_task VALUES (1, 'wake')")
        restore(tmp_path / "second.tar")


def rewritten(source: Path, change) -> Path:
    """The backup with its members changed by a function of (name, content)."""
    target = source.with_name("changed.tar")
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            extracted = old.extractfile(member)
            assert extracted is not None
            content = change(member.name, extracted.read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_changed_rows_are_refused(app: Flask, filled: Path, databases) -> None:
    changed = rewritten(filled, lambda name, content: content.replace(b"zaneta@", b"mallory@"))
    empty = databases.application("sqlite")
    with empty.app_context():
        with pytest.raises(BackupError, match="not what was backed up"):
            restore(changed)
        assert db.session.scalar(sa.text("SELECT count(*) FROM person")) == 0


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_other_revision_is_refused(app: Flask, filled: Path, databases) -> None:
    def older(name: str, content: bytes) -> bytes:
        return json.dumps(json.loads(content) | {"revision": "older"}).encode() if name == "manifest.json" else content

    changed = rewritten(filled, older)
    empty = databases.application("sqlite")
    with empty.app_context(), pytest.raises(BackupError, match="older"):
        restore(changed)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_any_tar_is_not_a_backup(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "other.tar"
    with tarfile.open(path, "w"):
        pass
    with pytest.raises(BackupError, match="manifest"):
        restore(path)

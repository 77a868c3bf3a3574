"""A backup is looked through before anything of it is believed; a refusal is a sentence and leaves nothing half."""

import hashlib
import io
import json
import os
import stat
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from portal.commands.data import backup_command, restore_command
from portal.face.media import storage
from portal.ground import backup
from portal.ground.backup import BackupError, archive
from portal.ground.config import CONFIG
from portal.ground.db import db
from tests.factories.people import make_person
from tests.support.databases import Databases
from tests.support.processes import free_port

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
Parts = dict[str, bytes]


@pytest.fixture
def filled(app: Flask, tmp_path: Path) -> Path:
    """A backup of a portal with a person and a picture."""
    make_person(name="Żaneta Дъбова", email="zaneta@example.org")
    storage.put("0" * 64 + ".webp", b"picture")
    backup.backup(tmp_path / "backup.tar", storage)
    return tmp_path / "backup.tar"


@pytest.fixture
def empty(filled: Path, databases: Databases) -> Iterable[Flask]:
    """The application once more, on an empty database, after the backup was made."""
    application = databases.application("sqlite")
    with application.app_context():
        yield application


def restore(app: Flask, source: Path, store: Any = storage) -> None:
    config = CONFIG.of(app)
    backup.restore(config, source, store)


def rewritten(source: Path, change: Callable[[Parts, dict[str, Any]], None]) -> Path:
    """The backup with parts and manifest changed by a forger, who sets every hash right that the manifest still names."""
    with tarfile.open(source) as old:
        parts = {member.name: old.extractfile(member).read() for member in old.getmembers()}  # type: ignore[union-attr]
    manifest = json.loads(parts.pop("manifest.json"))
    change(parts, manifest)
    manifest["sha256"] |= {
        name: hashlib.sha256(parts[name]).hexdigest() for name in manifest["sha256"] if name in parts
    }
    with tarfile.open(source.with_name("changed.tar"), "w") as new:
        for name, content in (parts | {"manifest.json": json.dumps(manifest).encode()}).items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            new.addfile(info, io.BytesIO(content))
    return source.with_name("changed.tar")


def unnamed_part(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["tables/evil.jsonl"] = b""


def unnamed_table(parts: Parts, manifest: dict[str, Any]) -> None:
    del manifest["sha256"]["tables/person.jsonl"]


def forgotten_table(parts: Parts, manifest: dict[str, Any]) -> None:
    for known in (parts, manifest["sha256"]):
        del known["tables/person.jsonl"]
    del manifest["rows"]["person"], manifest["columns"]["person"]


def strange_table(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["tables/evil.jsonl"] = b""
    manifest["sha256"]["tables/evil.jsonl"] = ""
    manifest["rows"]["evil"], manifest["columns"]["evil"] = 0, []


def missing_part(parts: Parts, manifest: dict[str, Any]) -> None:
    del parts["tables/person.jsonl"]


def way_out(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["media/../../evil"] = b"x"
    manifest["sha256"]["media/../../evil"] = ""


def fewer_rows(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["tables/person.jsonl"] = b""


def broken_rows(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["tables/person.jsonl"] = b'[1, "two"]\n'


def strange_column(parts: Parts, manifest: dict[str, Any]) -> None:
    manifest["columns"]["person"][0] = "number"


def lost_parent(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["tables/portal_role.jsonl"] = b'[1, 77, "administrator", "2026-01-01T00:00:00+00:00", null, null, null]\n'
    manifest["rows"]["portal_role"] = 1


def strange_manifest(parts: Parts, manifest: dict[str, Any]) -> None:
    manifest["rows"] = ["person"]


def other_format(parts: Parts, manifest: dict[str, Any]) -> None:
    manifest["format"] = 99


def newer_revision(parts: Parts, manifest: dict[str, Any]) -> None:
    manifest["revision"] = "of_tomorrow"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (unnamed_part, "does not name"),
        (unnamed_table, "manifest"),
        (forgotten_table, "lacks the table person"),
        (strange_table, "holds the table evil"),
        (missing_part, "lacks tables/person"),
        (way_out, "does not belong"),
        (fewer_rows, "has 0 rows"),
        (broken_rows, "person do not fit"),
        (strange_column, "person do not fit"),
        (lost_parent, "without their parent"),
        (strange_manifest, "manifest"),
        (other_format, "format 99"),
        (newer_revision, "of_tomorrow"),
    ],
)
def test_refused_backup_is_told_in_a_sentence_and_leaves_an_empty_database(
    empty: Flask, filled: Path, change: Callable[[Parts, dict[str, Any]], None], reason: str
) -> None:
    changed = rewritten(filled, change)
    with pytest.raises(BackupError, match=reason):
        restore(empty, changed)
    told = CliRunner().invoke(restore_command, [str(changed)])
    assert told.exit_code == 1
    assert reason in told.output
    restore(empty, filled)  # the right one is taken after all
    assert db.session.scalar(sa.text("SELECT count(*) FROM person")) == 1


def test_forger_who_changes_nothing_is_believed(empty: Flask, filled: Path) -> None:
    restore(empty, rewritten(filled, lambda parts, manifest: None))


def headers(*members: tarfile.TarInfo) -> bytes:
    return b"".join(member.tobuf() for member in members) + b"\0" * 1024


def member(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = size, kind, "etc"
    return info


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no tar file"),
        (b"no tar at all" * 100, "no tar file"),
        (b"\0" * 10240, "no manifest"),
        (headers(member("manifest.json", size=1 << 40)), "ends too early"),
        (headers(member("manifest.json", kind=tarfile.SYMTYPE)), "not a plain file"),
        (headers(member("manifest.json", kind=tarfile.FIFOTYPE)), "not a plain file"),
        (headers(member("manifest.json"), member("manifest.json")), "twice"),
        (headers(member("manifest.json")), "manifest"),
    ],
)
def test_any_file_is_not_a_backup(app: Flask, tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "other.tar").write_bytes(content)
    with pytest.raises(BackupError, match=reason):
        restore(app, tmp_path / "other.tar")


def test_sizes_are_asked_before_anything_is_read(empty: Flask, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_OF_MEDIA", 6)
    with pytest.raises(BackupError, match="too large"):
        restore(empty, filled)
    monkeypatch.setattr(archive, "MOST_OF_MANIFEST", 10)
    with pytest.raises(BackupError, match="too large"):
        restore(empty, filled)


def test_compressed_backup_is_not_unpacked(empty: Flask, filled: Path) -> None:
    import gzip

    filled.with_suffix(".gz").write_bytes(gzip.compress(filled.read_bytes()))
    with pytest.raises(BackupError, match="no tar file"):
        restore(empty, filled.with_suffix(".gz"))


class FullStore:
    """A store without room for the picture."""

    def stored_keys(self) -> list[str]:
        return ["a.webp"]

    def get(self, key: str) -> bytes:
        raise RuntimeError("away")

    def put(self, key: str, content: bytes) -> None:
        raise RuntimeError("full")


def test_failing_store_leaves_a_database_that_takes_a_second_try(empty: Flask, filled: Path) -> None:
    with pytest.raises(RuntimeError, match="full"):
        restore(empty, filled, FullStore())
    restore(empty, filled)
    assert storage.get("0" * 64 + ".webp") == b"picture"


def test_store_that_is_away_is_told_in_a_sentence_and_a_second_try_works(
    empty: Flask, filled: Path, settings: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = CONFIG.of(empty).media_url
    away = {
        "ENDPOINT": f"http://127.0.0.1:{free_port()}",
        "REGION": "x",
        "ACCESS_KEY_ID": "x",
        "SECRET_ACCESS_KEY": "x",
    }
    for name, value in away.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    settings(media_url="s3://bucket/media")
    told = CliRunner().invoke(restore_command, [str(filled)])
    assert told.exit_code == 1
    assert "PORTAL_MEDIA_URL" in told.output and "as it was" in told.output
    settings(media_url=url)
    restore(empty, filled)


def test_file_that_cannot_be_read_is_told_so(empty: Flask, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be read: Is a directory"):
        restore(empty, tmp_path)


def test_failing_backup_leaves_no_file(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="away"):
        backup.backup(tmp_path / "backup.tar", FullStore())
    assert not list(tmp_path.glob("backup*"))


def test_nobody_else_reads_a_backup_from_its_first_byte_on(app: Flask, tmp_path: Path) -> None:
    seen = []

    class Watching(FullStore):
        def get(self, key: str) -> bytes:
            seen.append(stat.S_IMODE((tmp_path / "backup.tar.partial").stat().st_mode))
            return b""

    before = os.umask(0)
    try:
        (tmp_path / "backup.tar.partial").write_bytes(b"of a process that was killed")
        backup.backup(tmp_path / "backup.tar", Watching())
    finally:
        os.umask(before)
    assert seen == [0o600]
    assert stat.S_IMODE((tmp_path / "backup.tar").stat().st_mode) == 0o600


def test_backup_into_no_directory_is_told_in_a_sentence(app: Flask, tmp_path: Path) -> None:
    told = CliRunner().invoke(backup_command, [str(tmp_path / "none" / "backup.tar")])
    assert (told.exit_code, "cannot be written" in told.output) == (1, True)

"""The file of a backup as it is found: looked through before anything is believed.

Sizes are asked before anything is read, so that a file made to harm fills neither memory nor disk.
"""

import contextlib
import hashlib
import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from portal.ground.backup import rows

FORMATS = (1, 2)
MANIFEST = "manifest.json"
MOST_OF_MANIFEST = 32 << 20  # bytes
MOST_OF_MEDIA = 64 << 20  # bytes of one file
BLOCK = 1 << 20
_PART = re.compile(r"tables/[a-z_0-9]+\.jsonl|media/\w[\w.-]*(?:/\w[\w.-]*)*")


class BackupError(RuntimeError):
    """A backup cannot be made or restored; the message says why."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup whose every part is what its manifest says."""

    tar: tarfile.TarFile
    members: Mapping[str, tarfile.TarInfo]
    manifest: Mapping[str, Any]

    @property
    def revision(self) -> str:
        return str(self.manifest["revision"])

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        return dict(self.manifest["rows"])

    @property
    def media_keys(self) -> list[str]:
        return [name.removeprefix("media/") for name in self.members if name.startswith("media/")]

    def form(self, table: str) -> rows.Format:
        """How the rows of a table are read."""
        if self.manifest["format"] == 1:
            return rows.Format(None, rows.decoded_from_1)
        return rows.Format(self.manifest["columns"][table], rows.decoded)

    def part(self, name: str) -> IO[bytes]:
        found = self.tar.extractfile(self.members[name])
        assert found is not None  # every member is a file
        return found


@contextlib.contextmanager
def opened(source: Path) -> Iterator[Archive]:
    """Open a backup and verify all of it. Raises BackupError with the reason when it is not to be trusted."""
    try:
        tar = tarfile.open(source, "r:")  # noqa: SIM115  (closed below)
    except OSError as error:
        raise BackupError(f"{source} cannot be read: {error.strerror}.") from error
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{source} is not a backup of Synergia: it is no tar file.") from error
    with tar:
        members = _members(tar, source)
        manifest = _manifest(tar, members)
        _check_names(manifest, members)
        archive = Archive(tar, members, manifest)
        for name, expected in manifest["sha256"].items():
            if _sha256(archive.part(name)) != expected:
                raise BackupError(f"{name} is not what was backed up.")
        yield archive


def _members(tar: tarfile.TarFile, source: Path) -> dict[str, tarfile.TarInfo]:
    found: dict[str, tarfile.TarInfo] = {}
    size = source.stat().st_size
    try:
        for member in tar:
            if not member.isreg() or member.sparse is not None:
                raise BackupError(f"The backup holds {member.name}, which is not a plain file.")
            if member.name in found:
                raise BackupError(f"The backup holds {member.name} twice.")
            if member.offset_data + member.size > size:
                raise BackupError("The backup ends too early: it was cut off.")
            found[member.name] = member
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise BackupError("The backup cannot be read to its end: it was damaged or cut off.") from error
    return found


def _manifest(tar: tarfile.TarFile, members: Mapping[str, tarfile.TarInfo]) -> dict[str, Any]:
    member = members.get(MANIFEST)
    if member is None:
        raise BackupError("This is not a backup of Synergia: it has no manifest.")
    if member.size > MOST_OF_MANIFEST:
        raise BackupError("This is not a backup of Synergia: its manifest is too large.")
    content = tar.extractfile(member)
    assert content is not None
    try:
        manifest = json.loads(content.read())
        known = manifest["format"]
        if known in FORMATS:
            _check_shape(manifest)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BackupError("This is not a backup of Synergia: its manifest is not one.") from error
    if known not in FORMATS:
        raise BackupError(f"Backups of format {known} are not known here.")
    return dict(manifest)


def _check_shape(manifest: Mapping[str, Any]) -> None:
    """Raises ValueError or KeyError unless everything is there that is read later."""
    columns = manifest["columns"] if manifest["format"] > 1 else {name: [] for name in manifest["rows"]}
    good = (
        isinstance(manifest["revision"], str)
        and all(isinstance(number, int) for number in manifest["rows"].values())
        and columns.keys() == manifest["rows"].keys()
        and all(isinstance(name, str) for names in columns.values() for name in names)
        and {f"tables/{name}.jsonl" for name in manifest["rows"]} <= manifest["sha256"].keys()
    )
    if not good:
        raise ValueError("incomplete")


def _check_names(manifest: Mapping[str, Any], members: Mapping[str, tarfile.TarInfo]) -> None:
    """Refuse a part that the manifest does not name, and a name without its part."""
    named = manifest["sha256"].keys()
    tables = {f"tables/{name}.jsonl" for name in manifest["rows"]}
    for name in members.keys() - named - {MANIFEST}:
        raise BackupError(f"The backup holds {name}, which its manifest does not name.")
    for name in named - members.keys():
        raise BackupError(f"The backup lacks {name}.")
    for name in named:
        if not _PART.fullmatch(name) or (name.startswith("tables/") and name not in tables):
            raise BackupError(f"The backup holds {name}, which does not belong into one.")
        if name.startswith("media/") and members[name].size > MOST_OF_MEDIA:
            raise BackupError(f"{name} is too large for a picture.")


def _sha256(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()

"""Rows that know what the object store holds, and for whom."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

import obstore
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.face.media import storage
from portal.face.media.images import MIME, PreparedImage, prepare_image
from portal.face.media.serving import media_path
from portal.ground import clock
from portal.ground.authz import Actor, Portal
from portal.ground.db import Model, UtcDateTime, after_commit, db, transaction


class StoredVariant(TypedDict):
    """One size of a picture, as it lies in the row of its file."""

    key: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One size of a stored picture and its address."""

    key: str
    width: int
    height: int

    @property
    def path(self) -> str:
        return media_path(self.key)


class File(Model):
    """A stored picture. `sha256`, `size`, `width` and `height` are those of its largest size."""

    __tablename__ = "file"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    mime: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]  # bytes
    width: Mapped[int]
    height: Mapped[int]
    variants: Mapped[list[StoredVariant]] = mapped_column(sa.JSON)  # {"key", "width", "height"}, smallest first
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    uploaded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)

    @property
    def sizes(self) -> tuple[Variant, ...]:
        return tuple(Variant(entry["key"], entry["width"], entry["height"]) for entry in self.variants)

    def sized(self, width: int) -> Variant:
        """The smallest size that is at least `width` pixels wide, else the largest."""
        return next((variant for variant in self.sizes if variant.width >= width), self.sizes[-1])

    @property
    def srcset(self) -> str:
        """All sizes, as the attribute of that name wants them."""
        return ", ".join(f"{variant.path} {variant.width}w" for variant in self.sizes)


def store_image(data: bytes, *, by: Actor | Portal | None, field: str | None = None) -> File:
    """Check, encode and keep a picture of the person `by`. Call it outside a transaction: encoding takes its time."""
    prepared = prepare_image(data, field=field)
    with transaction():
        return store(prepared, by=by)


def store(prepared: PreparedImage, *, by: Actor | Portal | None) -> File:
    """The row for a prepared picture, inside the transaction of the use-case that needs it."""
    largest = prepared.largest
    file = File(
        sha256=largest.sha256,
        mime=MIME,
        size=largest.size,
        width=largest.width,
        height=largest.height,
        variants=[{"key": one.key, "width": one.width, "height": one.height} for one in prepared.variants],
        uploaded_by=by.id if by is not None else None,
    )
    db.session.add(file)
    db.session.flush()
    return file


def remove(file: File) -> None:
    """Delete the row now, inside a transaction, and its content once that is committed and no other row has it."""
    keys = {variant.key for variant in file.sizes}
    others = db.session.scalars(sa.select(File).where(File.sha256 == file.sha256, File.id != file.id))
    keys -= {variant.key for other in others for variant in other.sizes}
    db.session.delete(file)
    db.session.flush()

    def forget() -> None:
        for key in keys:
            storage.delete(key)

    after_commit(forget)


def remove_unused(*, older_than: dt.timedelta = dt.timedelta(days=1)) -> int:
    """Delete stored content that no row knows (an upload whose form was refused); returns how many. For the worker."""
    keys = unused(older_than=older_than)
    for key in keys:
        storage.delete(key)
    return len(keys)


def unused(*, older_than: dt.timedelta) -> list[str]:
    """The keys of stored content that no row knows, though it has lain there for so long by the clock of the store."""
    known = {entry["key"] for variants in db.session.scalars(sa.select(File.variants)) for entry in variants}
    return [key for key in _older_keys(clock.machine_now() - older_than) if key not in known]


def without_content() -> list[int]:
    """The numbers of files of which the store lacks a size."""
    there = set(storage.stored_keys())
    files = db.session.execute(sa.select(File.id, File.variants).order_by(File.id))
    return [number for number, variants in files if any(entry["key"] not in there for entry in variants)]


def _older_keys(limit: dt.datetime) -> Iterator[str]:
    for page in obstore.list(storage.media_store()):
        for entry in page:
            if entry["last_modified"] < limit:
                yield entry["path"]

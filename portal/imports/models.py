"""A list that somebody brought in, and each of its rows: what it says, what is wrong with it, what became of it."""

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground.db import UNSEEN, Model, Timestamps, UtcDateTime


class BatchState(StrEnum):
    READING = "reading"  # not all of its rows are here yet
    PREPARED = "prepared"  # shown, and nothing made
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    UNDOING = "undoing"
    UNDONE = "undone"


class Became(StrEnum):
    """What a row is, or what became of it."""

    UNREAD = "unread"  # not looked at with the present columns
    READY = "ready"
    DOUBLE = "double"  # an organisation of this name and town is there already
    KNOWN = "known"  # an organisation with this number is there already
    PROBLEM = "problem"
    MADE = "made"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNDONE = "undone"
    KEPT = "kept"  # somebody has touched it since


class ImportBatch(Timestamps, Model):
    """A list. `heads` are the cells of its first row, `mapping` says which column each field is read from, `starts` what a
    row means that says nothing; all texts are in `language`."""

    __tablename__ = "import_batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    language: Mapped[str] = mapped_column(sa.String(2))
    heads: Mapped[list[str]] = mapped_column(sa.JSON)
    mapping: Mapped[dict[str, int]] = mapped_column(sa.JSON)
    starts: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    total: Mapped[int]  # rows
    state: Mapped[str] = mapped_column(sa.String(12), default=BatchState.READING)
    is_public: Mapped[bool] = mapped_column(default=False)
    makes_doubles: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task.id", ondelete="SET NULL"), index=True)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint(
            "state IN ('reading', 'prepared', 'running', 'done', 'stopped', 'undoing', 'undone')", name="state"
        ),
        sa.CheckConstraint("total >= 0", name="total"),
        UNSEEN,
    )


class ImportRow(Model):
    """A row by its line in the file. Its `cells` go when it has had its turn; `organisation_id` and the `version` that was
    made are how it is taken back. `problems` are sentences in every language, for whoever reads them."""

    __tablename__ = "import_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id", ondelete="CASCADE"))
    line: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(200), default="")  # the name that it gives
    cells: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    became: Mapped[str] = mapped_column(sa.String(12), default=Became.UNREAD)
    problems: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int | None]

    __table_args__ = (
        sa.CheckConstraint(
            "became IN ('unread', 'ready', 'double', 'known', 'problem', 'made', 'skipped', 'failed', 'undone', 'kept')",
            name="became",
        ),
        sa.UniqueConstraint("batch_id", "line"),
        sa.Index("ix_import_row_became", "batch_id", "became", "id"),
        UNSEEN,
    )

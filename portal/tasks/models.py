"""Long work as a row: how far it is, who wants it, who does it at this moment."""

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime


class TaskState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (TaskState.QUEUED, TaskState.RUNNING)


class Task(Model):
    """A piece of long work. `kind` is declared by a feature (`portal.declaration.TaskKind`).

    Of `total` items `done` have had their turn, `failed` of them in vain, and `position` is the number of the last. A
    runner holds the row until `lease_until`, under the name `lease`, and gives that up when it dies.
    """

    __tablename__ = "task"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    arguments: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    state: Mapped[str] = mapped_column(sa.String(12), default=TaskState.QUEUED)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    tries: Mapped[int] = mapped_column(default=0)  # how often it was taken up since it last got on
    result: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    error: Mapped[str] = mapped_column(sa.String(40), default="")  # the code of a sentence
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, index=True)
    lease: Mapped[str] = mapped_column(sa.String(32), default="")
    lease_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        sa.CheckConstraint("0 <= failed AND failed <= done AND done <= total", name="progress"),
        sa.CheckConstraint("(state IN ('queued', 'running')) = (ended_at IS NULL)", name="ended"),
        sa.CheckConstraint("state <> 'failed' OR error <> ''", name="reason"),
        sa.Index(
            "ix_task_open", "lease_until", "id",
            sqlite_where=sa.text("state IN ('queued', 'running')"),
            postgresql_where=sa.text("state IN ('queued', 'running')"),
        ),
        UNSEEN,
    )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Is there still something to be done?"""
        return self.state in OPEN

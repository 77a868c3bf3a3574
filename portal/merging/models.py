"""Requests to merge two profiles that different people manage."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime
from portal.organisations.models import Organisation


class RequestState(StrEnum):
    WAITING = "waiting"
    MERGED = "merged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class MergeRequest(Model):
    """Those who manage one of two profiles have asked those who manage the other one, `asked_id`, to make them one.

    `taken` names what is to come from the profile that goes (`organisations.combining`).
    """

    __tablename__ = "merge_request"
    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    lost_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    asked_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    taken: Mapped[list[str]] = mapped_column(sa.JSON)
    state: Mapped[str] = mapped_column(sa.String(12), default=RequestState.WAITING)
    requested_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    requested_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    kept: Mapped[Organisation] = relationship(lazy="raise_on_sql", foreign_keys=[kept_id])
    lost: Mapped[Organisation] = relationship(lazy="raise_on_sql", foreign_keys=[lost_id])

    __table_args__ = (
        sa.CheckConstraint("state IN ('waiting', 'merged', 'declined', 'withdrawn')", name="state"),
        sa.CheckConstraint("kept_id <> lost_id AND asked_id IN (kept_id, lost_id)", name="two"),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        sa.Index(
            "uq_merge_request_open", "lost_id", unique=True,
            sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"),
        ),
        UNSEEN,
    )  # fmt: skip

    @property
    def asking_id(self) -> int:
        """The profile whose people have asked."""
        return self.lost_id if self.asked_id == self.kept_id else self.kept_id

"""What was saved, each time."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime


class Revision(Model):
    """A thing as it stood after its `n`-th change: the `object_id`-th of a kind that a feature declares (`History`).

    `data` holds the values of its fields. Numbers may be missing where old ones were let go. `restored` is the number of
    the revision that was brought back by this one. Nobody is named where the portal itself wrote it: what was there before
    the history began, or what somebody did who has left.
    """

    __tablename__ = "revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    object_id: Mapped[int]
    n: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    restored: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.UniqueConstraint("kind", "object_id", "n"),
        sa.CheckConstraint("n > 0 AND (restored IS NULL OR (restored > 0 AND restored < n))", name="n"),
        sa.Index("ix_revision_at", "at", "id"),
        UNSEEN,
    )

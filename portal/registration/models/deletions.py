"""What is deleted of the people of an event, and that it was."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime


class PersonalData(StrEnum):
    """What is kept of the people of an event and deleted one day, the names and addresses at last; the names are the
    vocabulary `personal_data`."""

    ANSWERS = "answers"
    NEEDS = "needs"
    INVITATIONS = "invitations"
    DELEGATIONS = "delegations"
    DETAILS = "details"


class Deletion(Model):
    """The report of what was deleted of the people of an event in one transaction; or, with `held_until`, of what was not.

    It names nobody: `ids_hash` is that of the numbers of the rows (see `retaining.fingerprint`). Written once, never changed.
    """

    __tablename__ = "deletion"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    category: Mapped[str] = mapped_column(sa.String(12))
    question_id: Mapped[int | None] = mapped_column(sa.ForeignKey("question.id"), index=True)
    days: Mapped[int]  # the rule: so many after the end of the event
    due_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # when that was
    number: Mapped[int]
    ids_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    held_until: Mapped[dt.date | None]
    held_reason: Mapped[str] = mapped_column(sa.Text, default="")

    __table_args__ = (
        sa.CheckConstraint(
            "category IN ('answers', 'needs', 'invitations', 'delegations', 'details')", name="category"
        ),
        sa.CheckConstraint("(category = 'answers') = (question_id IS NOT NULL)", name="question"),
        sa.CheckConstraint("days BETWEEN 0 AND 365", name="days"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint(
            "(held_until IS NULL) = (held_reason = '') AND (held_until IS NULL) = (ids_hash <> '')", name="held"
        ),
        sa.Index("ix_deletion_event", "event_id", "id"),
        UNSEEN,
    )


@sa.event.listens_for(Deletion, "before_update")
@sa.event.listens_for(Deletion, "before_delete")
def _keep_report(mapper: object, connection: object, report: Deletion) -> None:
    raise RuntimeError("A report of what was deleted is never changed.")


class Receipt(Model):
    """That the data of somebody are deleted, for whoever has noted the code. It leads to nobody: its key is the hash of a
    random code, in whose order the rows of one transaction are written."""

    __tablename__ = "deletion_receipt"
    code_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    deleted_on: Mapped[dt.date]  # where the event was

    __table_args__ = UNSEEN

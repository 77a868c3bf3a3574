"""What people need to take part."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime
from portal.ground.sealed import SealedText
from portal.registration.models.places import Registration


class NeedStatus(StrEnum):
    """How far the team is with what somebody needs; the names are the vocabulary `need_status`."""

    ASKED = "asked"
    ARRANGING = "arranging"
    ARRANGED = "arranged"
    ALTERNATIVE = "alternative-offered"
    CONFIRMED = "confirmed"


class Need(Model):
    """Something that somebody needs to take part. What it is and what is said about it only the running portal can read.

    Withdrawn, it is deleted at once; so it is when the registration ends, and a month after the event.
    """

    __tablename__ = "need"
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(SealedText)  # a code of the vocabulary access_need
    note: Mapped[str | None] = mapped_column(SealedText)
    answer: Mapped[str | None] = mapped_column(SealedText)  # how it is arranged, or what is offered instead
    status: Mapped[str] = mapped_column(sa.String(20), default=NeedStatus.ASKED)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column(default=1)

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('asked', 'arranging', 'arranged', 'alternative-offered', 'confirmed')", name="status"
        ),
        UNSEEN,
    )

"""Messages to many, and what became of each for every person whose turn came."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, Timestamps, UtcDateTime
from portal.words.i18n import Localized, LocalizedText


class MessageStatus(StrEnum):
    DRAFT = "draft"
    SENDING = "sending"
    SENT = "sent"
    STOPPED = "stopped"


class Delivered(StrEnum):
    """What became of a message for one person."""

    WRITTEN = "written"  # a mail lies in the outbox: what becomes of it there, the log of mails says
    UNWANTED = "unwanted"  # the person wants no such mails
    UNREACHED = "unreached"  # mails to the address came back
    NO_ADDRESS = "no-address"
    FAILED = "failed"  # their mail could not be made


SKIPPED = (Delivered.UNWANTED, Delivered.UNREACHED, Delivered.NO_ADDRESS, Delivered.FAILED)


class Message(Timestamps, Model):
    """Words to an audience, in one to three languages. Whose they are: the `sender_number`-th of a kind that a feature
    declares (`portal.declaration.Sender`). Who gets them is asked when they are sent, and never stored before."""

    __tablename__ = "message"
    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(sa.String(20))
    sender_number: Mapped[int]
    audience: Mapped[str] = mapped_column(sa.String(40))
    narrowed: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict, server_default="{}")  # narrowing -> option
    subject: Mapped[Localized] = mapped_column(LocalizedText)
    body: Mapped[Localized] = mapped_column(LocalizedText)
    status: Mapped[str] = mapped_column(sa.String(12), default=MessageStatus.DRAFT)
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    sent_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    sent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # when the sending began
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task.id", ondelete="SET NULL"), index=True)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("status IN ('draft', 'sending', 'sent', 'stopped')", name="status"),
        sa.CheckConstraint("(status = 'draft') = (sent_at IS NULL)", name="sent"),
        sa.Index("ix_message_sender", "sender", "sender_number", "id"),
        UNSEEN,
    )


class Delivery(Model):
    """What became of a message for one person: at most one row for each, so nobody gets it twice."""

    __tablename__ = "message_delivery"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(sa.ForeignKey("message.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    became: Mapped[str] = mapped_column(sa.String(12))
    lang: Mapped[str] = mapped_column(sa.String(2))  # in which the words were
    locale: Mapped[str] = mapped_column(sa.String(2))  # which the person reads
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    __table_args__ = (
        sa.UniqueConstraint("message_id", "person_id"),
        sa.CheckConstraint(
            "became IN ('written', 'unwanted', 'unreached', 'no-address', 'failed')", name="became"
        ),
        UNSEEN,
    )  # fmt: skip

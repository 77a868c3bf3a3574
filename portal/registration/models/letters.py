"""To whom something was or is to be written: who was invited, who was reminded, who is to be told of a change."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime
from portal.ground.mailboxes import Addressed
from portal.registration.models.places import Registration


class Invitation(Addressed, Model):
    """Somebody was asked by mail to register for an event: once for each event, and no more is kept than that.

    Whether they have registered since is read from the registrations of the address.
    """

    __tablename__ = "event_invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(sa.String(320), index=True)  # the key
    invited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    invited_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    __table_args__ = (
        sa.UniqueConstraint("event_id", "email"),
        sa.Index("ix_event_invitation_by", "invited_by", "invited_at"),
        UNSEEN,
    )


class ReminderSent(Model):
    """Somebody has been reminded of their event, so many days before it: once, whatever becomes of a worker."""

    __tablename__ = "reminder_sent"
    registration_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    __table_args__ = UNSEEN


class Notice(Model):
    """Somebody is to be told that a session, or the event, is no longer as they last knew it, and then to say what they would
    like. What they knew is kept here: what comes back to it before they were told is worth no mail."""

    __tablename__ = "registration_notice"
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id", ondelete="CASCADE"))
    # None: the event as a whole.
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("session.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # as they knew it, and so for what follows
    ends_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room.id", ondelete="SET NULL"), index=True)
    place: Mapped[str] = mapped_column(sa.Text, default="")  # of the event
    online: Mapped[str] = mapped_column(sa.Text, default="")
    days: Mapped[int] = mapped_column(default=0)  # by which the event has moved with everything in it
    reason: Mapped[str] = mapped_column(sa.Text, default="")  # why the session does not take place
    noted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # nobody is told before
    told_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.Index(
            "uq_registration_notice_session", "registration_id", "session_id", unique=True,
            sqlite_where=sa.text("session_id IS NOT NULL"), postgresql_where=sa.text("session_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_registration_notice_event", "registration_id", unique=True,
            sqlite_where=sa.text("session_id IS NULL"), postgresql_where=sa.text("session_id IS NULL"),
        ),
        sa.Index(
            "ix_registration_notice_due", "due_at",
            sqlite_where=sa.text("told_at IS NULL"), postgresql_where=sa.text("told_at IS NULL"),
        ),
        UNSEEN,
    )  # fmt: skip

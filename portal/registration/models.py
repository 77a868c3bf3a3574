"""Registrations, bookings and the counters of seats."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.db import UNSEEN, Model, Timestamps, UtcDateTime
from portal.ground.mailboxes import Addressed


class RegistrationStatus(StrEnum):
    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Registration(Addressed, Timestamps, Model):
    """Somebody takes part in an event. Unverified it takes no seat and is not yet a person; confirming makes it both.

    `email` is where its mails go. Several people may share a mailbox: the first of them is the person of the address, the
    others have a name and no person. Whoever has the account of the address acts for all of them.
    """

    __tablename__ = "registration"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(320))  # the key
    locale: Mapped[str] = mapped_column(sa.String(2))
    affiliation: Mapped[str] = mapped_column(sa.String(200), default="")
    status: Mapped[str] = mapped_column(sa.String(12), default=RegistrationStatus.UNVERIFIED)
    queue_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    sequence: Mapped[int] = mapped_column(default=0)  # iCalendar SEQUENCE of this person's calendar file
    # What the UIDs of its calendar file have beside those of the things: nothing for the first person of an address.
    calendar: Mapped[str] = mapped_column(sa.String(8), default="", server_default="")
    row_version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    @validates("queue_at")
    def _keep_queue_at(self, key: str, value: dt.datetime | None) -> dt.datetime | None:
        if self.queue_at is not None and value != self.queue_at:
            raise ValueError("The moment of confirming is set once.")
        return value

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("status IN ('unverified', 'confirmed', 'waiting', 'cancelled', 'expired')", name="status"),
        sa.CheckConstraint(
            "status NOT IN ('confirmed', 'waiting') OR (queue_at IS NOT NULL AND confirmed_at IS NOT NULL)", name="queued"
        ),
        sa.Index(
            "uq_registration_active_person", "event_id", "person_id", unique=True,
            sqlite_where=sa.text("status IN ('confirmed', 'waiting')"),
            postgresql_where=sa.text("status IN ('confirmed', 'waiting')"),
        ),
        sa.Index("ix_registration_event_email", "event_id", "email"),
        sa.Index("ix_registration_email", "email"),
        sa.Index("ix_registration_event_queue", "event_id", "status", "queue_at", "id"),
    )  # fmt: skip


class BookingStatus(StrEnum):
    WISHED = "wished"
    BOOKED = "booked"
    WAITING = "waiting"
    RELEASED = "released"


class Booking(Model):
    """A place in a session: wished for while the registration is unverified, then booked or waiting, at last released."""

    __tablename__ = "booking"
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("session.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(sa.String(12), default=BookingStatus.WISHED)
    queue_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    booked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    released_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    session: Mapped[ProgrammeSession] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("status IN ('wished', 'booked', 'waiting', 'released')", name="status"),
        sa.CheckConstraint("status NOT IN ('booked', 'waiting') OR queue_at IS NOT NULL", name="queued"),
        sa.Index(
            "uq_booking_active", "registration_id", "session_id", unique=True,
            sqlite_where=sa.text("status <> 'released'"), postgresql_where=sa.text("status <> 'released'"),
        ),
        sa.Index("ix_booking_queue", "session_id", "status", "queue_at", "id"),
    )  # fmt: skip


class SessionSeats(Model):
    """The counter of a session with limited seats: the database itself refuses one seat too many."""

    __tablename__ = "session_seats"
    session_id: Mapped[int] = mapped_column(
        sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("taken >= 0 AND taken <= seats", name="taken"),)


class EventSeats(Model):
    """The counter of an event with limited seats."""

    __tablename__ = "event_seats"
    event_id: Mapped[int] = mapped_column(
        sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("taken >= 0 AND taken <= seats", name="taken"),)


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

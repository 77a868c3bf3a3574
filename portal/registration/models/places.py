"""Registrations, bookings and the counters of seats."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.db import UNSEEN, Model, Timestamps, UtcDateTime
from portal.ground.mailboxes import Addressed
from portal.organisations.models import Organisation
from portal.registration import coming_days as days_said
from portal.registration.receipts import new_code


class RegistrationStatus(StrEnum):
    UNVERIFIED = "unverified"
    PENDING = "pending"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    REJECTED = "rejected"
    DECLINED = "declined"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


# Who takes part, waits, or has been asked or asks for a place: one of these for each person and event.
ACTIVE = (
    RegistrationStatus.PENDING,
    RegistrationStatus.OFFERED,
    RegistrationStatus.CONFIRMED,
    RegistrationStatus.WAITING,
)
_ACTIVE = sa.text("status IN ('pending', 'offered', 'confirmed', 'waiting')")
PARTICIPANT = "participant"  # of the vocabulary `participant_role`: who everybody is where no role is offered


class Registration(Addressed, Timestamps, Model):
    """Somebody takes part in an event. Unverified it takes no seat and is not yet a person; confirming makes it both.

    `email` is where its mails go. Several people may share a mailbox: the first of them is the person of the address, the
    others have a name and no person. Whoever has the account of the address acts for all of them. Without a mailbox
    (`email` is empty) the team of the event tells them what a mail would say, by `phone`.
    """

    __tablename__ = "registration"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(320))  # the key
    phone: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")  # only where there is no mailbox
    locale: Mapped[str] = mapped_column(sa.String(2))
    affiliation: Mapped[str] = mapped_column(sa.String(200), default="")  # as its person wrote it
    # The organisation of the directory that is called so, and its sector (of the vocabulary; empty: not said).
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="SET NULL"), index=True
    )
    sector: Mapped[str] = mapped_column(sa.String(32), default="", server_default="")
    role: Mapped[str] = mapped_column(sa.String(16), default=PARTICIPANT, server_default=PARTICIPANT)
    answer_set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("answer_set.id"), index=True)
    status: Mapped[str] = mapped_column(sa.String(12), default=RegistrationStatus.UNVERIFIED)
    queue_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # A request for which a place is kept until it is answered.
    holds_seat: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # Does a place from a waiting list end the other waiting places at the same time? Its person says so.
    drops_waits: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    companions: Mapped[int] = mapped_column(default=0, server_default="0")  # who come along and have no name
    # Of one with companions that waits: how many smaller parties had a seat before it, until when seats are kept for it.
    passed: Mapped[int] = mapped_column(default=0, server_default="0")
    kept_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # exclusive
    offer_ends_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # exclusive: at this instant it is too late
    reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")  # why it was not accepted
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("registration_party.id"), index=True)
    # Asked whether they come, asked again, the yes, and when the place goes on without one (None: it stays).
    reconfirm_asked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reconfirm_reminded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reconfirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    release_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # On which days they come, of those who come only on some: ISO dates with commas (empty: on all of them).
    coming_days: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    # Whose place it is now, when its person has handed it over.
    successor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("registration.id"), index=True)
    # What its person can note, to read one day that it is deleted; None once it is, and in rows of the release before.
    receipt: Mapped[str | None] = mapped_column(sa.String(24), default=new_code)
    sequence: Mapped[int] = mapped_column(default=0)  # iCalendar SEQUENCE of this person's calendar file
    # What the UIDs of its calendar file have beside those of the things: nothing for the first person of an address.
    calendar: Mapped[str] = mapped_column(sa.String(8), default="", server_default="")
    row_version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def seats(self) -> int:
        """How many seats of the event it is about; of a session it is always one."""
        return 1 + self.companions

    @property
    def is_released(self) -> bool:
        """Has the place gone on because nobody said that they come?"""
        return self.status == RegistrationStatus.EXPIRED and self.release_at is not None

    @property
    def only_days(self) -> list[dt.date]:
        """The days on which somebody comes who has said that it is only some."""
        return days_said.read(self.coming_days) if self.reconfirmed_at else []

    @validates("queue_at")
    def _keep_queue_at(self, key: str, value: dt.datetime | None) -> dt.datetime | None:
        if self.queue_at is not None and value != self.queue_at:
            raise ValueError("The moment of confirming is set once.")
        return value

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('unverified', 'pending', 'offered', 'confirmed', 'waiting', 'rejected', 'declined', 'transferred', "
            "'cancelled', 'expired')",
            name="status",
        ),
        sa.CheckConstraint(
            "status NOT IN ('pending', 'offered', 'confirmed', 'waiting') "
            "OR (queue_at IS NOT NULL AND confirmed_at IS NOT NULL)",
            name="queued",
        ),
        sa.CheckConstraint("status <> 'offered' OR offer_ends_at IS NOT NULL", name="offered"),
        sa.CheckConstraint("status = 'pending' OR NOT holds_seat", name="holds_seat"),
        sa.CheckConstraint("companions BETWEEN 0 AND 4", name="companions"),
        sa.CheckConstraint("passed >= 0", name="passed"),
        sa.Index(
            "uq_registration_active_person", "event_id", "person_id", unique=True,
            sqlite_where=_ACTIVE, postgresql_where=_ACTIVE,
        ),
        sa.Index("ix_registration_event_email", "event_id", "email"),
        sa.Index("ix_registration_email", "email"),
        sa.Index("ix_registration_event_queue", "event_id", "status", "queue_at", "id"),
    )  # fmt: skip


# Whose name and address nobody has deleted yet: not everybody has an address.
NAMED = sa.or_(Registration.email != "", Registration.name != "")


class Party(Model):
    """People of one mailbox who registered together: one form, one mail to confirm, and a registration for each.

    `whole`: they come only if there is a place for everybody. `waits` and `accepts_waiting` are the waiting lists that their
    form named: sessions with commas between, and that of the event.
    """

    __tablename__ = "registration_party"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(32), unique=True)  # of the form: sent twice, it is one party
    whole: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    waits: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    accepts_waiting: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    __table_args__ = (UNSEEN,)


class BookingStatus(StrEnum):
    WISHED = "wished"
    OFFERED = "offered"
    BOOKED = "booked"
    WAITING = "waiting"
    RELEASED = "released"
    DISPLACED = "displaced"


LEFT = (BookingStatus.RELEASED, BookingStatus.DISPLACED)  # by the person, or by a change of the programme
_HELD = sa.text("status NOT IN ('released', 'displaced')")


class Booking(Model):
    """A place in a session: wished for while the registration is unverified or a request, then booked, waiting or offered,
    at last released, or displaced when the session does not take place."""

    __tablename__ = "booking"
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("session.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(sa.String(12), default=BookingStatus.WISHED)
    queue_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    booked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    released_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    offer_ends_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # exclusive
    # Released because its person does not come on its day; they have it again when they do, while it is there.
    off_day: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # Since when it stands before the others of the waiting list: its person has lost a place by a change of the programme.
    front_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    session: Mapped[ProgrammeSession] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('wished', 'offered', 'booked', 'waiting', 'released', 'displaced')", name="status"
        ),
        sa.CheckConstraint("status NOT IN ('offered', 'booked', 'waiting') OR queue_at IS NOT NULL", name="queued"),
        sa.CheckConstraint("status <> 'offered' OR offer_ends_at IS NOT NULL", name="offered"),
        sa.CheckConstraint("status = 'released' OR NOT off_day", name="off_day"),
        sa.Index(
            "uq_booking_active", "registration_id", "session_id", unique=True,
            sqlite_where=_HELD, postgresql_where=_HELD,
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
    reserved: Mapped[int] = mapped_column(default=0, server_default="0")  # kept for some, taken or not

    __table_args__ = (
        sa.CheckConstraint("taken >= 0 AND taken <= seats", name="taken"),
        sa.CheckConstraint("reserved >= 0 AND reserved <= seats", name="reserved"),
    )


class EventSeats(Model):
    """The counter of an event with limited seats."""

    __tablename__ = "event_seats"
    event_id: Mapped[int] = mapped_column(
        sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0, server_default="0")  # kept for some, taken or not
    __table_args__ = (
        sa.CheckConstraint("taken >= 0 AND taken <= seats", name="taken"),
        sa.CheckConstraint("reserved >= 0 AND reserved <= seats", name="reserved"),
    )

"""Delegations: seats of an event that an organisation asks for, whose people are named now or later."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.events.models import Event
from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.ground.mailboxes import Addressed
from portal.registration.models.places import Registration


class DelegationStatus(StrEnum):
    """How far a delegation is; the names are the vocabulary `delegation_status`."""

    UNVERIFIED = "unverified"
    PENDING = "pending"
    ACTIVE = "active"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class SeatStatus(StrEnum):
    """What a seat of a delegation is; the names are the vocabulary `delegation_seat_status`."""

    WISHED = "wished"
    WAITING = "waiting"
    OFFERED = "offered"
    HELD = "held"
    NAMED = "named"
    RETURNED = "returned"
    LAPSED = "lapsed"


class Delegation(Addressed, Timestamps, Model):
    """Somebody asks for seats for an organisation. `name` and `email` are those of whoever coordinates it.

    `whole`: they come only if there is a seat for everybody. `passed` counts the smaller parties that had a seat before it
    while it waited, `kept_until` ends the time for which seats are kept for it afterwards.
    """

    __tablename__ = "delegation"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(320), index=True)  # the key
    locale: Mapped[str] = mapped_column(sa.String(2))
    affiliation: Mapped[str] = mapped_column(sa.String(200), default="")
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="SET NULL"), index=True
    )
    sector: Mapped[str] = mapped_column(sa.String(32), default="")
    key: Mapped[str] = mapped_column(sa.String(32), unique=True)  # of the form: sent twice, it is one delegation
    size: Mapped[int]  # seats that were asked for
    whole: Mapped[bool] = mapped_column(default=False)
    accepts_waiting: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(sa.String(12), default=DelegationStatus.UNVERIFIED)
    queue_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    names_due_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # exclusive: then seats without a name go on
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(sa.Text, default="")  # why the team did not accept it, or cancelled it
    reminded: Mapped[int] = mapped_column(default=0)  # how many of its reminders were sent
    passed: Mapped[int] = mapped_column(default=0)
    kept_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # exclusive
    row_version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    @validates("queue_at")
    def _keep_queue_at(self, key: str, value: dt.datetime | None) -> dt.datetime | None:
        if self.queue_at is not None and value != self.queue_at:
            raise ValueError("The moment of confirming is set once.")
        return value

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('unverified', 'pending', 'active', 'rejected', 'cancelled', 'expired')", name="status"
        ),
        sa.CheckConstraint("status NOT IN ('pending', 'active') OR queue_at IS NOT NULL", name="queued"),
        sa.CheckConstraint("size BETWEEN 2 AND 100", name="size"),
        sa.CheckConstraint("reminded BETWEEN 0 AND 2", name="reminded"),
        sa.CheckConstraint("passed >= 0", name="passed"),
    )


class DelegationSeat(Addressed, Model):
    """One seat of a delegation. Nobody sits on it yet, or the registration of whoever was named does.

    A name stands here only until there is a seat to give it: then it is in the registration alone. `until` is when an offer
    ends, or when an unnamed seat goes on.
    """

    __tablename__ = "delegation_seat"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"))
    delegation_id: Mapped[int] = mapped_column(sa.ForeignKey("delegation.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(sa.String(12), default=SeatStatus.WISHED)
    until: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # exclusive
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str] = mapped_column(sa.String(320), default="")  # the key; empty: they have no mailbox
    locale: Mapped[str] = mapped_column(sa.String(2), default="")
    registration_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("registration.id", ondelete="SET NULL"), index=True
    )
    # Was its registration made for this seat, and not by its person or another delegation before?
    is_own: Mapped[bool] = mapped_column(default=False)
    completed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # by whoever was named

    delegation: Mapped[Delegation] = relationship(lazy="raise_on_sql")
    registration: Mapped[Registration | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('wished', 'waiting', 'offered', 'held', 'named', 'returned', 'lapsed')", name="status"
        ),
        sa.CheckConstraint("registration_id IS NULL OR status = 'named'", name="named"),
        sa.UniqueConstraint("delegation_id", "registration_id"),
        sa.Index("ix_delegation_seat_event", "event_id", "status", "until"),
    )

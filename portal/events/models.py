"""Events of a network, with rooms, slots and the sessions of their programme."""

import datetime as dt
import uuid
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground import clock
from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.membership.models import Network
from portal.organisations.places import language_of_zone, town_text
from portal.words.i18n import Localized, LocalizedText, _l
from portal.words.search import Kind

KIND = Kind("event", 3, _l("Events"))


class EventStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Event(Timestamps, Model):
    """A congress, a training, a meeting: of one or several days."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    network_id: Mapped[int] = mapped_column(sa.ForeignKey("network.id", ondelete="RESTRICT"), index=True)
    status: Mapped[str] = mapped_column(sa.String(12), default=EventStatus.DRAFT)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)
    description: Mapped[Localized] = mapped_column(LocalizedText)  # clean HTML in each language
    venue: Mapped[Localized] = mapped_column(LocalizedText)
    town: Mapped[str] = mapped_column(sa.String(120), default="")
    timezone: Mapped[str] = mapped_column(sa.String(40))  # IANA: the wall times of the programme are promised in it
    starts_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    registration_opens_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # None = from publication
    registration_closes_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # exclusive; None = when it starts
    seats: Mapped[int | None]  # None = as many as come
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str] = mapped_column(sa.Text, default="")
    sequence: Mapped[int] = mapped_column(default=0)  # iCalendar SEQUENCE: rises with every change people must know of
    row_version: Mapped[int] = mapped_column(default=1)

    network: Mapped[Network] = relationship(lazy="raise_on_sql")

    @property
    def town_text(self) -> Localized:
        """The town in the language of the country that its clock is of."""
        return town_text(self.town, language_of_zone(self.timezone))

    @property
    def first_day(self) -> dt.date:
        """The day on which it begins, where it is."""
        return clock.to_wall(self.starts_at, self.timezone).date()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("status IN ('draft', 'published', 'cancelled')", name="status"),
        sa.CheckConstraint("ends_at > starts_at", name="order"),
        sa.CheckConstraint("seats IS NULL OR seats >= 0", name="seats"),
        sa.Index("ix_event_status_starts", "status", "starts_at", "id"),
    )


class Room(Model):
    """A room of the venue of an event."""

    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    capacity: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    row_version: Mapped[int] = mapped_column(default=1, server_default="1")

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}


class Slot(Model):
    """A stretch of time in which sessions run side by side."""

    __tablename__ = "slot"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[Localized | None] = mapped_column(LocalizedText)
    starts_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column(default=1, server_default="1")

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (sa.CheckConstraint("ends_at > starts_at", name="order"),)


class SessionKind(StrEnum):
    TALK = "talk"
    PANEL = "panel"
    WORKSHOP = "workshop"
    NETWORKING = "networking"
    BREAK = "break"


class SessionStatus(StrEnum):
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


class ProgrammeSession(Timestamps, Model):
    """A point of the programme. With `seats` people book a place in it; without, everybody may come."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(sa.String(36), unique=True, default=lambda: str(uuid.uuid4()))
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"))
    slot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("slot.id", ondelete="SET NULL"), index=True)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    status: Mapped[str] = mapped_column(sa.String(12), default=SessionStatus.SCHEDULED)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    abstract: Mapped[Localized] = mapped_column(LocalizedText)
    speakers: Mapped[str] = mapped_column(sa.String(400), default="")
    languages: Mapped[str] = mapped_column(sa.String(40), default="")  # codes with commas
    starts_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    seats: Mapped[int | None]  # None = no booking; 0 = nobody (different things)
    cancel_reason: Mapped[str] = mapped_column(sa.Text, default="")
    sequence: Mapped[int] = mapped_column(default=0)
    row_version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    slot: Mapped[Slot | None] = relationship(lazy="raise_on_sql")
    room: Mapped[Room | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("kind IN ('talk', 'panel', 'workshop', 'networking', 'break')", name="kind"),
        sa.CheckConstraint("status IN ('scheduled', 'cancelled')", name="status"),
        sa.CheckConstraint("ends_at > starts_at", name="order"),
        sa.CheckConstraint("seats IS NULL OR seats >= 0", name="seats"),
        sa.Index("ix_session_event_starts", "event_id", "starts_at", "id"),
    )

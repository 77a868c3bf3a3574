"""Events of networks and organisations, with rooms, slots and the sessions of their programme."""

import datetime as dt
import uuid
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.roles import RoleRow, one_open
from portal.events.reminding import ANSWERED_BY, days_before
from portal.ground import clock
from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.membership.models import Network
from portal.organisations.models import Organisation
from portal.organisations.places import language_of_zone, town_text
from portal.questions.models import Asks
from portal.words.i18n import Localized, LocalizedText, _l
from portal.words.search import Kind

KIND = Kind("event", 3, _l("Events"))


class EventStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Mode(StrEnum):
    ON_SITE = "on-site"
    ONLINE = "online"
    HYBRID = "hybrid"


class Event(Asks, Timestamps, Model):
    """A congress, a training, a meeting: of one or several days, of a network or of an organisation, never of both.

    It asks those who register.
    """

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    network_id: Mapped[int | None] = mapped_column(sa.ForeignKey("network.id", ondelete="RESTRICT"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    status: Mapped[str] = mapped_column(sa.String(12), default=EventStatus.DRAFT)
    kind: Mapped[str] = mapped_column(sa.String(24), default="other", server_default="other")
    mode: Mapped[str] = mapped_column(sa.String(12), default=Mode.ON_SITE, server_default=Mode.ON_SITE)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)
    description: Mapped[Localized] = mapped_column(LocalizedText)  # clean HTML in each language
    venue: Mapped[Localized] = mapped_column(LocalizedText)
    town: Mapped[str] = mapped_column(sa.String(120), default="")
    region: Mapped[str] = mapped_column(sa.String(6), default="", server_default="")  # ISO 3166-2
    themes: Mapped[str] = mapped_column(
        sa.String(60), default="", server_default=""
    )  # codes with commas, as those below
    languages: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    access: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    participant_roles: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")  # to choose from
    asks_organisation: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # and its sector
    cost: Mapped[Localized | None] = mapped_column(LocalizedText)  # in words: no money is taken here
    online_url: Mapped[str] = mapped_column(sa.String(500), default="", server_default="")  # for those who come alone
    online_notes: Mapped[Localized | None] = mapped_column(LocalizedText)
    timezone: Mapped[str] = mapped_column(sa.String(40))  # IANA: the wall times of the programme are promised in it
    starts_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    registration_opens_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # None = from publication
    registration_closes_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # exclusive; None = when it starts
    seats: Mapped[int | None]  # None = as many as come
    invited_only: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # nobody else knows of it
    approval: Mapped[bool] = mapped_column(
        default=False, server_default=sa.false()
    )  # the team answers each registration
    requests_hold: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # a place, until answered
    offer_hours: Mapped[int | None]  # None = whoever waits gets a free place at once
    # For how many days after the end the data of people of a role are kept; of one that is not here for as long as usual.
    role_days: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict, server_default="{}")
    held_until: Mapped[
        dt.date | None
    ]  # to the end of this day, where it is, the data of its people are kept for longer
    hold_reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")  # they read it
    reminder_days: Mapped[str] = mapped_column(sa.String(20), default="", server_default="")  # before it, with commas
    reminder_text: Mapped[Localized | None] = mapped_column(LocalizedText)
    reconfirm_days: Mapped[int | None]  # before it people are asked whether they come; None: nobody is asked
    reconfirm_releases: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # who does not answer
    max_per_organisation: Mapped[int | None]  # of the places; None = as many of one organisation as come
    takes_delegations: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # seats, named later
    max_companions: Mapped[int | None]  # whom one registration may bring along; None = nobody
    names_due_days: Mapped[int | None]  # before it the people of delegations are named; None = as usual
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str] = mapped_column(sa.Text, default="")
    sequence: Mapped[int] = mapped_column(default=0)  # iCalendar SEQUENCE: rises with every change people must know of
    row_version: Mapped[int] = mapped_column(default=1)

    network: Mapped[Network | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def town_text(self) -> Localized:
        """The town in the language of the country that its clock is of."""
        return town_text(self.town, language_of_zone(self.timezone))

    @property
    def offered_roles(self) -> list[str]:
        """In which roles one can register; none are participants and nothing else."""
        return [code for code in self.participant_roles.split(",") if code]

    @property
    def companions_allowed(self) -> int:
        """How many people somebody may bring along."""
        return self.max_companions or 0

    @property
    def is_online(self) -> bool:
        """Can one take part from elsewhere?"""
        return self.mode != Mode.ON_SITE

    @property
    def reconfirm_at(self) -> dt.datetime | None:
        """When people are asked whether they come."""
        return None if self.reconfirm_days is None else days_before(self, self.reconfirm_days)

    @property
    def reconfirm_ends_at(self) -> dt.datetime:
        """Until when they answer."""
        return days_before(self, ANSWERED_BY)

    @property
    def is_still_to_ask(self) -> bool:
        """Will whoever registers now be asked whether they come?"""
        return self.reconfirm_at is not None and clock.now() < self.reconfirm_at

    @property
    def first_day(self) -> dt.date:
        """The day on which it begins, where it is."""
        return clock.to_wall(self.starts_at, self.timezone).date()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("status IN ('draft', 'published', 'cancelled')", name="status"),
        sa.CheckConstraint("(organisation_id IS NULL) <> (network_id IS NULL)", name="one_host"),
        sa.CheckConstraint("mode IN ('on-site', 'online', 'hybrid')", name="mode"),
        sa.CheckConstraint("ends_at > starts_at", name="order"),
        sa.CheckConstraint("seats IS NULL OR seats >= 0", name="seats"),
        sa.CheckConstraint("offer_hours BETWEEN 1 AND 168", name="offer_hours"),
        sa.CheckConstraint("(held_until IS NULL) = (hold_reason = '')", name="hold"),
        sa.CheckConstraint("reconfirm_days BETWEEN 4 AND 30", name="reconfirm_days"),
        sa.CheckConstraint(
            "max_per_organisation IS NULL OR (max_per_organisation >= 1 AND seats IS NOT NULL)",
            name="max_per_organisation",
        ),
        sa.CheckConstraint("max_companions BETWEEN 1 AND 4", name="max_companions"),
        sa.CheckConstraint("names_due_days BETWEEN 1 AND 60", name="names_due_days"),
        sa.Index("ix_event_status_starts", "status", "starts_at", "id"),
    )


class TeamRole(StrEnum):
    """What somebody does for an event. Whoever runs its network or organisation is its organiser without a row."""

    ORGANISER = "organiser"
    PROGRAMME = "programme"
    DESK = "desk"
    DOOR = "door"
    ACCESS = "access"


class EventRole(RoleRow, Model):
    """What a person does for one event: granted and ended, never edited."""

    __tablename__ = "event_role"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("role IN ('organiser', 'programme', 'desk', 'door', 'access')", name="role"),
        one_open("uq_event_role_open", "event_id", "person_id", "role"),
    )


class Room(Model):
    """A room of the venue of an event."""

    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    capacity: Mapped[int | None]
    # Of the vocabulary `venue_access`, with commas; of a room of which nothing is said the venue's hold.
    access: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
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

"""Projects of organisations, the organisations that are named as their partners, and records of what was done."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.documents.models import Document
from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.membership.models import Network
from portal.organisations.models import Organisation
from portal.projects.amounts import Amount
from portal.words.i18n import Localized, LocalizedText, _l
from portal.words.search import Kind

KIND = Kind("project", 5, _l("Projects"))
ZONE = "Europe/Warsaw"  # by whose days a project begins and ends; in Bulgaria they begin an hour earlier


class ProjectState(StrEnum):
    """Whether the card of a project is public. How far the project is follows from its dates (`Stage`)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Stage(StrEnum):
    """The vocabulary `project_status`: never stored, always by the dates and the clock."""

    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"


class HourLength(StrEnum):
    """What an hour of training is in a project: of the vocabulary `indicator_unit`."""

    CLOCK = "hour"
    TEACHING = "teaching-hour"

    @property
    def minutes(self) -> int:
        return 60 if self is HourLength.CLOCK else 45


class Project(Timestamps, Model):
    """A project of an organisation. `network` is the one for which it works, where it does."""

    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="RESTRICT"), index=True)
    network_id: Mapped[int | None] = mapped_column(sa.ForeignKey("network.id", ondelete="SET NULL"), index=True)
    hour: Mapped[str] = mapped_column(sa.String(16), default=HourLength.CLOCK, server_default="hour")
    state: Mapped[str] = mapped_column(sa.String(12), default=ProjectState.DRAFT)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)
    areas: Mapped[str] = mapped_column(sa.String(300), default="")  # codes with commas, as those below
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date] = mapped_column(index=True)
    cost: Mapped[Decimal | None] = mapped_column(Amount)
    cost_currency: Mapped[str] = mapped_column(sa.String(3), default="")  # ISO 4217
    subsidy: Mapped[Decimal | None] = mapped_column(Amount)
    subsidy_currency: Mapped[str] = mapped_column(sa.String(3), default="")
    reach: Mapped[str] = mapped_column(sa.String(16), default="")
    activities: Mapped[str] = mapped_column(sa.String(400), default="")
    target_groups: Mapped[str] = mapped_column(sa.String(800), default="")
    other_partners: Mapped[str] = mapped_column(sa.Text, default="")  # who is not in the directory, one a line
    problem: Mapped[Localized] = mapped_column(LocalizedText)  # clean HTML in each language, as the four below
    actions: Mapped[Localized] = mapped_column(LocalizedText)
    products: Mapped[Localized] = mapped_column(LocalizedText)
    results: Mapped[Localized] = mapped_column(LocalizedText)
    evaluation: Mapped[Localized] = mapped_column(LocalizedText)
    funder: Mapped[Localized] = mapped_column(LocalizedText)
    funder_words: Mapped[Localized] = mapped_column(LocalizedText)
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # the first time
    row_version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    network: Mapped[Network | None] = relationship(lazy="raise_on_sql")

    @property
    def stage(self) -> Stage:
        """How far it is today."""
        today = clock.today(ZONE)
        if today < self.starts_on:
            return Stage.PLANNED
        return Stage.FINISHED if today > self.ends_on else Stage.RUNNING

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name="state"),
        sa.CheckConstraint("ends_on >= starts_on", name="order"),
        sa.CheckConstraint("hour IN ('hour', 'teaching-hour')", name="hour"),
        sa.CheckConstraint("cost >= 0 AND subsidy >= 0", name="amounts"),
        sa.CheckConstraint("(cost IS NULL) = (cost_currency = '')", name="cost_currency"),
        sa.CheckConstraint("(subsidy IS NULL) = (subsidy_currency = '')", name="subsidy_currency"),
        sa.CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="dated"),
        sa.Index("ix_project_state_ends", "state", "ends_on", "id"),
    )


class PartnerStatus(StrEnum):
    """What an organisation says to being named as a partner."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ProjectPartner(Model):
    """An organisation of the directory that a project names as its partner. Its name is a link once it has accepted, and
    stands nowhere once it has refused."""

    __tablename__ = "project_partner"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="RESTRICT"), index=True)
    status: Mapped[str] = mapped_column(sa.String(12), default=PartnerStatus.ASKED)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.UniqueConstraint("project_id", "organisation_id"),
        sa.CheckConstraint("status IN ('asked', 'accepted', 'refused')", name="status"),
        sa.CheckConstraint("(answered_at IS NULL) = (status = 'asked')", name="answered"),
    )


class ProjectDocument(Model):
    """A document of a project: public with its card, or for those alone who look after the project."""

    __tablename__ = "project_document"
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), index=True)

    document: Mapped[Document] = relationship(lazy="raise_on_sql")
    project: Mapped[Project] = relationship(lazy="raise_on_sql")


class Activity(StrEnum):
    """What was done: the vocabulary `project_activity`."""

    TRAINING = "training"
    ADVICE = "advice"
    ANIMATION = "animation"
    COMMUNITY_SESSION = "community-session"
    CONSULTATION = "consultation"
    MINI_PROJECT = "mini-project"
    EXPERT_OPINION = "expert-opinion"
    PUBLICATION = "publication"
    EVENT = "event"


class RecordStatus(StrEnum):
    """How far a record is. Only what is confirmed counts: by somebody else than who wrote it down."""

    PLANNED = "planned"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Record(Timestamps, Model):
    """Something that a project did on a day, or will do. `minutes` are without breaks, `people` a head-count that nobody
    can check. `leader`, `evidence` and whoever advised, wrote and confirmed it are for those who look after the project."""

    __tablename__ = "project_record"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    activity: Mapped[str] = mapped_column(sa.String(20))
    status: Mapped[str] = mapped_column(sa.String(12), default=RecordStatus.PLANNED)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    day: Mapped[dt.date]
    begins: Mapped[str] = mapped_column(sa.String(5), default="")  # `09:30` on the clocks of the place
    minutes: Mapped[int] = mapped_column(default=0)
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    leader: Mapped[str] = mapped_column(sa.String(120), default="")
    leader_key: Mapped[str] = mapped_column(sa.String(120), default="")  # for comparing only
    people: Mapped[int | None]
    stage: Mapped[str] = mapped_column(sa.String(16), default="")  # of advice
    channel: Mapped[str] = mapped_column(sa.String(16), default="")  # of advice
    topic: Mapped[str] = mapped_column(sa.String(32), default="", server_default="")  # of advice
    advised_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    evidence: Mapped[str] = mapped_column(sa.String(300), default="")
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(sa.String(500), default="")  # why it was not confirmed, or taken away
    written_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column(default=1)

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    event: Mapped[Event | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint(
            "activity IN ('training', 'advice', 'animation', 'community-session', 'consultation', 'mini-project',"
            " 'expert-opinion', 'publication', 'event')", name="activity",
        ),
        sa.CheckConstraint("status IN ('planned', 'delivered', 'confirmed', 'rejected', 'cancelled')", name="status"),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),
        sa.CheckConstraint("people >= 0", name="people"),
        sa.CheckConstraint("(confirmed_at IS NULL) = (status <> 'confirmed')", name="confirmed"),
        sa.Index("ix_project_record_project_id_day", "project_id", "day", "id"),
        # An event of the portal counts once in all projects.
        sa.Index(
            "uq_project_record_event_id", "event_id", unique=True,
            sqlite_where=sa.text("status IN ('planned', 'delivered', 'confirmed')"),
            postgresql_where=sa.text("status IN ('planned', 'delivered', 'confirmed')"),
        ),
    )  # fmt: skip


class Strengthened(StrEnum):
    """Of what kind somebody is whom a record names: each kind is counted apart."""

    ORGANISATION = "organisation"
    GROUP = "group"
    LOCAL_GOVERNMENT = "local-government"


class RecordParty(Model):
    """An organisation that took part in what a record says: of the directory, or by name. `minutes` of those who were not
    there all the time. The kind of one of the directory follows from its profile, and not from here."""

    __tablename__ = "project_record_party"
    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("project_record.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    key: Mapped[str] = mapped_column(sa.String(200), default="")  # for comparing only
    kind: Mapped[str] = mapped_column(sa.String(20), default=Strengthened.ORGANISATION)
    minutes: Mapped[int | None]

    record: Mapped[Record] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.Index("uq_project_record_party_organisation_id", "record_id", "organisation_id", unique=True),
        sa.Index(
            "uq_project_record_party_key", "record_id", "key", unique=True,
            sqlite_where=sa.text("organisation_id IS NULL"), postgresql_where=sa.text("organisation_id IS NULL"),
        ),
        sa.CheckConstraint("kind IN ('organisation', 'group', 'local-government')", name="kind"),
        sa.CheckConstraint("(organisation_id IS NULL) = (name <> '')", name="named"),
        sa.CheckConstraint("minutes > 0", name="minutes"),
    )  # fmt: skip

"""Records of what was done: who took part, and the file that shows that it is true."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.events.models import Event
from portal.face.media import File
from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.organisations.models import Organisation
from portal.projects.models.projects import Project
from portal.words.i18n import Localized, LocalizedText


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


class RecordEvidence(Model):
    """The one file that shows that a record is true: a PDF, or a page that was photographed, such as a list of attendance.

    What it was called may name people: that is not kept.
    """

    __tablename__ = "project_record_evidence"
    record_id: Mapped[int] = mapped_column(
        sa.ForeignKey("project_record.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)

    record: Mapped[Record] = relationship(lazy="raise_on_sql")
    file: Mapped[File] = relationship(lazy="raise_on_sql")

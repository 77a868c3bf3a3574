"""Projects of organisations, and the organisations that are named as their partners."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.ground import clock
from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.membership.models import Network
from portal.organisations.models import Organisation
from portal.projects.amounts import Amount
from portal.words.i18n import Localized, LocalizedText, _l
from portal.words.search import Kind

KIND = Kind("project", 5, _l("Projects"))
NO_TEXT = '{"original": "pl", "sources": {}, "texts": {}}'  # as a text is kept that nobody has written
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
    practice: Mapped[Localized] = mapped_column(LocalizedText, server_default=NO_TEXT)  # the title of a good practice
    practice_done: Mapped[Localized] = mapped_column(
        LocalizedText, server_default=NO_TEXT
    )  # clean HTML, as the two below
    practice_repeat: Mapped[Localized] = mapped_column(LocalizedText, server_default=NO_TEXT)
    practice_cost: Mapped[Localized] = mapped_column(LocalizedText, server_default=NO_TEXT)
    has_practice: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # follows from its title
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # the first time
    row_version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    network: Mapped[Network | None] = relationship(lazy="raise_on_sql")

    @validates("practice")
    def _kept_beside(self, _name: str, title: Localized) -> Localized:
        """The list of good practices asks the database, which does not read texts of three languages."""
        self.has_practice = bool(title)
        return title

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

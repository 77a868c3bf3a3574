"""Figures of projects as they are counted now, year by year, what they aim at, reports that keep those of a period, and the
frames in which a funder asks a network for results."""

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground import clock
from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.membership.models import Network
from portal.projects.models import Project
from portal.words.i18n import Localized, LocalizedText


class Figure(Model):
    """What an indicator says of a project now: minutes where it tells hours, else a number. Derived from its records.

    `who` says which identities were counted, where an indicator counts those (`identities`): several projects together count
    each of them once.
    """

    __tablename__ = "impact_figure"
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    who: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)

    __table_args__ = (sa.CheckConstraint("length(who) = 8 * amount", name="who"),)


class FigureOfYear(Model):
    """The part of a figure that lies in a calendar year; of those that add up records or minutes."""

    __tablename__ = "impact_figure_of_year"
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(sa.BigInteger)


class Aim(Model):
    """What a project wants to reach by an indicator, in the unit of `Figure.amount`, and what there was before it began."""

    __tablename__ = "impact_aim"
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    baseline: Mapped[int | None] = mapped_column(sa.BigInteger)  # None: nobody measured it
    target: Mapped[int] = mapped_column(sa.BigInteger)

    __table_args__ = (
        sa.CheckConstraint("baseline >= 0", name="baseline"),
        sa.CheckConstraint("target > 0", name="target"),
    )


class Report(Model):
    """The figures of a project for a period as they were on a day, and by which definitions. It is never written again."""

    __tablename__ = "impact_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))  # only drafts are deleted
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    frozen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    frozen_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    figures: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # code: {"amount", "version", "unit"}
    records: Mapped[int]  # how many were counted
    checksum: Mapped[str] = mapped_column(sa.String(64))  # SHA-256 of their numbers, in order, as JSON

    project: Mapped[Project] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.UniqueConstraint("project_id", "starts_on", "ends_on"),
        sa.CheckConstraint("ends_on >= starts_on", name="order"),
    )


class Erratum(Model):
    """A figure of a report is another one now, because records were corrected after it was frozen: one for each figure, gone
    when it is right again. `was` is what the report says, `at` the last change."""

    __tablename__ = "impact_erratum"
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("impact_report.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(sa.String(32))
    was: Mapped[int] = mapped_column(sa.BigInteger)
    now: Mapped[int] = mapped_column(sa.BigInteger)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    __table_args__ = (
        sa.UniqueConstraint("report_id", "code"),
        sa.CheckConstraint("was <> now", name="other"),
    )


class FrameState(StrEnum):
    """Who reads a frame: the coordination of its network, or everybody."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Frame(Timestamps, Model):
    """How a funder asks a network for the results of a period: outcomes, and under each its outputs."""

    __tablename__ = "impact_frame"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(sa.ForeignKey("network.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(sa.String(12), default=FrameState.DRAFT)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    funder: Mapped[Localized] = mapped_column(LocalizedText)
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    row_version: Mapped[int] = mapped_column(default=1)

    network: Mapped[Network] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("state IN ('draft', 'published')", name="state"),
        sa.CheckConstraint("ends_on >= starts_on", name="order"),
    )


class FrameOutcome(Model):
    """An outcome of a frame, at its place among the others."""

    __tablename__ = "impact_frame_outcome"
    id: Mapped[int] = mapped_column(primary_key=True)
    frame_id: Mapped[int] = mapped_column(sa.ForeignKey("impact_frame.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[Localized] = mapped_column(LocalizedText)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.UniqueConstraint("frame_id", "position"),
        sa.UniqueConstraint("id", "frame_id"),  # what a project feeds is an outcome of the same frame
    )


class FrameOutput(Model):
    """An indicator under an outcome, and how much of it is asked for: in the unit of `Figure.amount`. `unit` says in which
    hour that is meant, where there are two."""

    __tablename__ = "impact_frame_output"
    outcome_id: Mapped[int] = mapped_column(
        sa.ForeignKey("impact_frame_outcome.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    unit: Mapped[str] = mapped_column(sa.String(16))
    target: Mapped[int] = mapped_column(sa.BigInteger)

    __table_args__ = (sa.CheckConstraint("target > 0", name="target"),)


class FrameProject(Model):
    """The one outcome of a frame that a project feeds. The key of the table is what makes every record count once: a record
    is of one project, and a project stands in a frame once."""

    __tablename__ = "impact_frame_project"
    frame_id: Mapped[int] = mapped_column(sa.ForeignKey("impact_frame.id", ondelete="CASCADE"), primary_key=True)
    project_id: Mapped[int] = mapped_column(
        sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    outcome_id: Mapped[int]

    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["outcome_id", "frame_id"], ["impact_frame_outcome.id", "impact_frame_outcome.frame_id"], ondelete="CASCADE"
        ),
        sa.Index("ix_impact_frame_project_outcome_id", "outcome_id", "project_id"),
    )

"""Figures of projects as they are counted now, year by year, what they aim at, and reports that keep those of a period."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground import clock
from portal.ground.db import Model, UtcDateTime
from portal.projects.models import Project


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

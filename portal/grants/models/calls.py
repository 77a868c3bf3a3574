"""Calls for applications: who may apply where, for how much, until when, and what has become of the deadline."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.grants.deadlines import NO_TOLERANCE, is_in_time
from portal.grants.models.programmes import Programme
from portal.ground import clock
from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.projects.amounts import Amount
from portal.words.i18n import Localized, LocalizedText, _l
from portal.words.search import Kind

KIND = Kind("call", 6, _l("Calls for micro-grants"))
_COMPLETE = " AND ".join(
    ("opens_at IS NOT NULL", "closes_at IS NOT NULL", "pool IS NOT NULL", "smallest IS NOT NULL", "largest IS NOT NULL",
     "applicants <> ''")
)  # fmt: skip


class CallStatus(StrEnum):
    """What people have decided about a call. Whether one can apply now is its `CallPhase`."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class CallPhase(StrEnum):
    """Where a public call stands: never stored, always by its two instants and the clock."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"


class Applicant(StrEnum):
    """Who may apply: of the vocabulary `applicant_kind`."""

    ORGANISATION = "organisation"
    GROUP_WITH_PATRON = "group-with-patron"
    GROUP = "group"


class Call(Timestamps, Model):
    """A call of a programme. `closes_at` is exclusive: what arrives at this instant is late."""

    __tablename__ = "grant_call"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    programme_id: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(20))  # as its programme counts them: 1/2027
    status: Mapped[str] = mapped_column(sa.String(12), default=CallStatus.DRAFT)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)
    description: Mapped[Localized] = mapped_column(LocalizedText)  # clean HTML in each language
    timezone: Mapped[str] = mapped_column(sa.String(40))  # IANA: the wall times of the call are promised in it
    opens_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    queue_tolerance_s: Mapped[int] = mapped_column(
        default=60
    )  # how long a request may have waited in the server's queue
    currency: Mapped[str] = mapped_column(sa.String(3))  # that of the programme
    pool: Mapped[Decimal | None] = mapped_column(Amount)
    smallest: Mapped[Decimal | None] = mapped_column(Amount)  # grant
    largest: Mapped[Decimal | None] = mapped_column(Amount)
    applicants: Mapped[str] = mapped_column(sa.String(60), default="")  # codes with commas
    check_days: Mapped[int | None]  # working days, as the three below; None: nobody has promised any
    correction_days: Mapped[int | None]
    assessment_days: Mapped[int | None]
    appeal_days: Mapped[int | None]
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str] = mapped_column(sa.Text, default="")  # in the original language
    row_version: Mapped[int] = mapped_column(default=1)

    programme: Mapped[Programme] = relationship(lazy="raise_on_sql")

    def phase_at(self, moment: dt.datetime) -> CallPhase | None:
        """Where it stands at a moment; None for a draft. Who has cancelled a call takes no applications.

        Twin: `queries.phase`.
        """
        if self.status == CallStatus.DRAFT:
            return None
        assert self.opens_at is not None and self.closes_at is not None
        if self.status == CallStatus.CANCELLED or not is_in_time(moment, self.closes_at, NO_TOLERANCE):
            return CallPhase.CLOSED
        return CallPhase.OPEN if moment >= self.opens_at else CallPhase.ANNOUNCED

    @property
    def phase(self) -> CallPhase | None:
        """The same now."""
        return self.phase_at(clock.now())

    @property
    def who(self) -> list[str]:
        """The codes of those who may apply."""
        return [code for code in self.applicants.split(",") if code]

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["programme_id", "currency"], ["grant_programme.id", "grant_programme.currency"], ondelete="RESTRICT"
        ),
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("status IN ('draft', 'published', 'cancelled')", name="status"),
        sa.CheckConstraint(f"status = 'draft' OR ({_COMPLETE})", name="complete"),
        sa.CheckConstraint("(status = 'draft') = (published_at IS NULL)", name="dated"),
        sa.CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        sa.CheckConstraint("closes_at > opens_at", name="order"),
        sa.CheckConstraint("queue_tolerance_s BETWEEN 0 AND 300", name="tolerance"),
        sa.CheckConstraint("smallest > 0 AND largest >= smallest AND pool >= largest", name="amounts"),
        sa.CheckConstraint("check_days BETWEEN 1 AND 120", name="check_days"),
        sa.CheckConstraint("correction_days BETWEEN 1 AND 120", name="correction_days"),
        sa.CheckConstraint("assessment_days BETWEEN 1 AND 120", name="assessment_days"),
        sa.CheckConstraint("appeal_days BETWEEN 1 AND 120", name="appeal_days"),
        sa.Index("ix_grant_call_status_closes", "status", "closes_at", "id"),
    )


class CallArea(Model):
    """One of the areas in which what a grant pays for has to happen."""

    __tablename__ = "grant_call_area"
    call_id: Mapped[int] = mapped_column(sa.ForeignKey("grant_call.id", ondelete="CASCADE"), primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id", ondelete="RESTRICT"), primary_key=True, index=True)


class CallEventKind(StrEnum):
    """What is changed about a call that is public."""

    EXTENSION = "extension"


class CallEvent(Model):
    """A change of a public call that takes two people: one asks, another confirms. What is confirmed, everybody reads."""

    __tablename__ = "grant_call_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(sa.ForeignKey("grant_call.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(24), default=CallEventKind.EXTENSION)
    before_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    after_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    reason: Mapped[Localized] = mapped_column(LocalizedText)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    asked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    dropped_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    dropped_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)

    call: Mapped[Call] = relationship(lazy="raise_on_sql")

    @property
    def is_waiting(self) -> bool:
        """Does it wait for a second person?"""
        return self.confirmed_at is None and self.dropped_at is None

    __table_args__ = (
        sa.CheckConstraint("kind IN ('extension')", name="kind"),
        sa.CheckConstraint("after_at > before_at", name="forward"),
        sa.CheckConstraint("asked_by <> confirmed_by", name="two_people"),
        sa.CheckConstraint("confirmed_at IS NULL OR dropped_at IS NULL", name="one_answer"),
        sa.Index(
            "uq_grant_call_event_waiting", "call_id", unique=True,
            sqlite_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
        ),
    )  # fmt: skip

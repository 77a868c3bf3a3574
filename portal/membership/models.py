"""Networks, their people, membership with its whole history, and reviews of profiles."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.roles import RoleRow, one_open
from portal.face.media import File
from portal.ground import clock
from portal.ground.db import UNSEEN, Model, Timestamps, UtcDateTime
from portal.organisations.models import Organisation
from portal.questions.models import Asks
from portal.words.i18n import Localized, LocalizedText, _l
from portal.words.search import Kind

KIND = Kind("network", 2, _l("Networks"))


class Network(Asks, Timestamps, Model):
    """A network of organisations. It asks those who apply."""

    __tablename__ = "network"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)
    description: Mapped[Localized] = mapped_column(LocalizedText)  # clean HTML in each language
    timezone: Mapped[str] = mapped_column(sa.String(40), default="Europe/Warsaw")
    contact_email: Mapped[str] = mapped_column(sa.String(320), default="")
    logo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id", ondelete="SET NULL"), index=True)
    row_version: Mapped[int] = mapped_column(default=1)

    logo: Mapped[File | None] = relationship(lazy="raise_on_sql")
    __mapper_args__ = {"version_id_col": row_version}


class NetworkSize(Model):
    """How many public members a network has: counted when memberships and profiles change, so that lists need not count."""

    __tablename__ = "network_size"
    network_id: Mapped[int] = mapped_column(
        sa.ForeignKey("network.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    members: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("members >= 0", name="members"),)


class NetworkRole(RoleRow, Model):
    """What a person does for a network: ended, never edited."""

    __tablename__ = "network_role"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(sa.ForeignKey("network.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(sa.String(16), default="coordinator")

    network: Mapped[Network] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("role IN ('coordinator')", name="role"),
        one_open("uq_network_role_open", "network_id", "person_id", "role"),
    )


class EarlierQuestion(Model):
    """What a network asked until 0.1.0, whose code goes on writing here while nodes are exchanged: `services.carry_over`.

    `question_id` is the question that it has become.
    """

    __tablename__ = "network_question"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(sa.ForeignKey("network.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[Localized] = mapped_column(LocalizedText)
    hint: Mapped[Localized | None] = mapped_column(LocalizedText)
    required: Mapped[bool] = mapped_column(default=True)
    retired_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column(default=1, server_default="1")
    question_id: Mapped[int | None] = mapped_column(sa.ForeignKey("question.id"), index=True)

    __table_args__ = UNSEEN


class MembershipStatus(StrEnum):
    SUBMITTED = "submitted"
    MORE_INFO = "more-info"
    ACTIVE = "active"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RESIGNED = "resigned"


OPEN = (MembershipStatus.SUBMITTED, MembershipStatus.MORE_INFO, MembershipStatus.ACTIVE)
WAITING = (MembershipStatus.SUBMITTED, MembershipStatus.MORE_INFO)


class ReviewOutcome(StrEnum):
    WAITING = ""
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Membership(Timestamps, Model):
    """An organisation in a network, from its application to its end."""

    __tablename__ = "membership"
    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(sa.ForeignKey("network.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(16), default="full")
    status: Mapped[str] = mapped_column(sa.String(16), default=MembershipStatus.SUBMITTED)
    applied_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answer_set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("answer_set.id"), index=True)
    row_version: Mapped[int] = mapped_column(default=1)

    network: Mapped[Network] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('submitted', 'more-info', 'active', 'declined', 'withdrawn', 'resigned')", name="status"
        ),
        sa.Index("ix_membership_network_status", "network_id", "status", "organisation_id"),
        sa.Index(
            "uq_membership_open", "network_id", "organisation_id", unique=True,
            sqlite_where=sa.text("status IN ('submitted', 'more-info', 'active')"),
            postgresql_where=sa.text("status IN ('submitted', 'more-info', 'active')"),
        ),
    )  # fmt: skip


class MembershipEvent(Model):
    """A step of a membership: who, when, why. Never changed."""

    __tablename__ = "membership_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(sa.ForeignKey("membership.id", ondelete="CASCADE"), index=True)
    from_status: Mapped[str] = mapped_column(sa.String(16), default="")
    to_status: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text, default="")


class EarlierAnswer(Model):
    """The answer of an applicant as 0.1.0 kept it: see `EarlierQuestion`."""

    __tablename__ = "membership_answer"
    membership_id: Mapped[int] = mapped_column(sa.ForeignKey("membership.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(
        sa.ForeignKey("network_question.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    text: Mapped[str] = mapped_column(sa.Text)
    lang: Mapped[str] = mapped_column(sa.String(2))

    __table_args__ = UNSEEN


class Review(Model):
    """A request to publish a profile, and the decision. With a network its coordinators decide, without one the portal team."""

    __tablename__ = "profile_review"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    network_id: Mapped[int | None] = mapped_column(sa.ForeignKey("network.id", ondelete="SET NULL"), index=True)
    requested_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    requested_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(sa.String(12), default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    network: Mapped[Network | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("outcome IN ('', 'published', 'returned', 'withdrawn')", name="outcome"),
        sa.Index(
            "uq_profile_review_open", "organisation_id", unique=True,
            sqlite_where=sa.text("decided_at IS NULL"), postgresql_where=sa.text("decided_at IS NULL"),
        ),
    )  # fmt: skip

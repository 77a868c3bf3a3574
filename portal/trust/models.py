"""Who stands behind a group, who says that a profile is theirs, and what somebody has checked and when."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime
from portal.ground.mailboxes import Addressed
from portal.membership.models import Network
from portal.organisations.models import Organisation

_PERSON = ("person.id", "SET NULL")


def _person() -> Mapped[int | None]:
    """Somebody who did something; nobody when the account is gone without a trace."""
    return mapped_column(sa.ForeignKey(_PERSON[0], ondelete=_PERSON[1]), index=True)


def _organisation() -> Mapped[int]:
    return mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)


def _one(name: str, *columns: str, when: str) -> sa.Index:
    return sa.Index(name, *columns, unique=True, sqlite_where=sa.text(when), postgresql_where=sa.text(when))


class VouchRequest(Addressed, Model):
    """A group asked somebody by mail to vouch for it. The link in the mail is the only way to a group that is a draft."""

    __tablename__ = "vouch_request"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = _organisation()
    email: Mapped[str] = mapped_column(sa.String(320), index=True)  # the key
    asked_by: Mapped[int | None] = _person()
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __table_args__ = UNSEEN


class Vouch(Model):
    """Somebody who speaks for the organisation `via_id` says that a group exists. Withdrawn, never edited."""

    __tablename__ = "vouch"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = _organisation()
    via_id: Mapped[int] = _organisation()
    person_id: Mapped[int | None] = _person()
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="raise_on_sql")
    via: Mapped[Organisation] = relationship(foreign_keys=[via_id], lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("organisation_id <> via_id", name="itself"),
        _one("uq_vouch_via", "organisation_id", "via_id", when="ended_at IS NULL"),
        _one("uq_vouch_person", "organisation_id", "person_id", when="ended_at IS NULL"),
    )


class Patronage(Model):
    """A registered organisation was asked to be the patron of a group, has accepted, and may end it."""

    __tablename__ = "patronage"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = _organisation()
    patron_id: Mapped[int] = _organisation()
    asked_by: Mapped[int | None] = _person()
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    accepted_by: Mapped[int | None] = _person()
    accepted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = _person()
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="raise_on_sql")
    patron: Mapped[Organisation] = relationship(foreign_keys=[patron_id], lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("organisation_id <> patron_id", name="itself"),
        _one("uq_patronage_open", "organisation_id", "patron_id", when="ended_at IS NULL"),
    )


class Lack(StrEnum):
    """What a group lacks."""

    SUPPORT = "support"
    SECOND_OWNER = "second-owner"


class Shortage(Model):
    """What a public group lacks since when: its people are reminded, and when the time is over its coordinators get a task.

    `told` is the number of days of the last step that was taken, -1 before the first.
    """

    __tablename__ = "group_shortage"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = _organisation()
    lack: Mapped[str] = mapped_column(sa.String(16))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    told: Mapped[int] = mapped_column(default=-1)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("lack IN ('support', 'second-owner')", name="lack"),
        _one("uq_group_shortage_open", "organisation_id", "lack", when="ended_at IS NULL"),
        UNSEEN,
    )


class GroupLife(Model):
    """What a group said about its own time: until when it wants to be there, and until when it was informal."""

    __tablename__ = "group_life"
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    ends_on: Mapped[dt.date | None]
    told_of: Mapped[dt.date | None]  # the end of which its people were reminded
    informal_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Registering(Model):
    """A group says that it is registered now: which form and which numbers, for whoever decides."""

    __tablename__ = "group_registering"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = _organisation()
    legal_form: Mapped[str] = mapped_column(sa.String(40))
    numbers: Mapped[dict[str, str]] = mapped_column(sa.JSON)  # field of the form -> what was typed
    asked_by: Mapped[int | None] = _person()
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    decided_by: Mapped[int | None] = _person()
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    accepted: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __table_args__ = (_one("uq_group_registering_open", "organisation_id", when="decided_at IS NULL"), UNSEEN)


class ClaimStatus(StrEnum):
    ASKED = "evidence"
    WAITING = "objection"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN_CLAIM = (ClaimStatus.ASKED, ClaimStatus.WAITING)


class ClaimMethod(StrEnum):
    """By what somebody proves that a profile is theirs."""

    MAIL = "mail"
    EXPLANATION = "explanation"
    COORDINATOR = "coordinator"


class Claim(Addressed, Model):
    """Somebody says that a profile is that of their organisation. Its states: `services.states.CLAIMS`.

    `email` is the address of the organisation to which the link was sent.
    """

    __tablename__ = "profile_claim"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = _organisation()
    claimant_id: Mapped[int | None] = _person()
    method: Mapped[str] = mapped_column(sa.String(16))
    status: Mapped[str] = mapped_column(sa.String(24), default=ClaimStatus.ASKED)
    email: Mapped[str | None] = mapped_column(sa.String(320), index=True)  # the key
    evidence: Mapped[str] = mapped_column(sa.Text, default="")
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    proven_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    objection_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    objected_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    objected_by: Mapped[int | None] = _person()
    objection: Mapped[str] = mapped_column(sa.Text, default="")
    due_told: Mapped[bool] = mapped_column(default=False)  # those who decide were told that the time is over
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = _person()
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("status IN ('evidence', 'objection', 'granted', 'refused', 'withdrawn')", name="status"),
        sa.CheckConstraint("method IN ('mail', 'explanation', 'coordinator')", name="method"),
        _one("uq_profile_claim_open", "organisation_id", when="status IN ('evidence', 'objection')"),
    )


class CheckKind(StrEnum):
    """What was checked by hand: a part of the vocabulary `verification`, whose words are the statement."""

    REGISTER_NUMBER = "register-number"
    DOCUMENT = "document"
    COORDINATOR = "coordinator"


OF_THE_LAW = (CheckKind.REGISTER_NUMBER, CheckKind.DOCUMENT)  # they say something about name, form or number


class Verification(Model):
    """Somebody checked one thing, by hand, on a day. With a network it says so, without one the portal team does."""

    __tablename__ = "verification"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = _organisation()
    kind: Mapped[str] = mapped_column(sa.String(16))
    network_id: Mapped[int | None] = mapped_column(sa.ForeignKey("network.id", ondelete="SET NULL"), index=True)
    checked_by: Mapped[int | None] = _person()
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    valid_until: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    dropped_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # name, form or number changed
    replaced_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # by a newer one of its kind
    reminded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    network: Mapped[Network | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("kind IN ('register-number', 'document', 'coordinator')", name="kind"),
        _one("uq_verification_latest", "organisation_id", "kind", when="replaced_at IS NULL"),
    )

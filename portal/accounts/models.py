"""People, their optional accounts and their roles in the whole portal."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.roles import RoleRow, one_open
from portal.ground import clock
from portal.ground.authz import Actor
from portal.ground.db import UNSEEN, Model, Timestamps, UtcDateTime
from portal.ground.mailboxes import Addressed
from portal.ground.sealed import SealedText
from portal.words.i18n import LazyString, _lp

NAMELESS = _lp("state", "deleted account")

# The ends of a session (NIST SP 800-63B, 4.2.3: half an hour of idleness, twelve hours in all). Whoever asks to stay
# signed in has the days that the form names, whether or not they come back in between.
IDLE = dt.timedelta(minutes=30)
UNTIL = dt.timedelta(hours=12)
STAYS = dt.timedelta(days=14)


class Person(Addressed, Actor, Timestamps, Model):
    """A human being the portal knows. An account is optional; the address, when there is one, is confirmed.

    A row without a name is the empty shell of somebody who has left, kept where a decision or a role is on record.
    """

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str | None] = mapped_column(sa.String(320), unique=True)  # the key
    locale: Mapped[str] = mapped_column(sa.String(2))

    @property
    def is_shell(self) -> bool:
        """Has this person left?"""
        return not self.name

    @property
    def shown_name(self) -> LazyString | str:
        """The name, or what stands in its place when the person has left and only the shell of the row is kept."""
        return self.name or NAMELESS


class Account(Addressed, Timestamps, Model):
    """The right to sign in as a person. It exists only once its address is confirmed."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    email: Mapped[str] = mapped_column(sa.String(320), unique=True)  # the key
    password: Mapped[str] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    # When somebody last used it, to the day: see `services.using`. Code of 0.1.0 wrote none: then nobody knows it.
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, default=clock.now)
    # The second step at sign-in. `totp_counter` is the last time step that was used: a code is good only once.
    totp_secret: Mapped[str | None] = mapped_column(SealedText, deferred=True)
    totp_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    totp_counter: Mapped[int | None] = mapped_column(sa.BigInteger)
    recovery_codes: Mapped[str | None] = mapped_column(SealedText, deferred=True)  # separated by blanks

    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    __table_args__ = UNSEEN

    # What Flask-Login asks of whoever is signed in.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        """What the session names this account by; a new one ends every session."""
        return self.fs_uniquifier

    @property
    def has_second_step(self) -> bool:
        return self.totp_since is not None


class AccountSession(Model):
    """A browser in which somebody is signed in. Its cookie carries a random number, of which the hash lies here.

    The row goes when the session ends; from then on the cookie opens nothing, in whosever hands it is.
    """

    __tablename__ = "account_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    number_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    device: Mapped[str] = mapped_column(sa.String(40))  # see `devices`; empty when it is not known
    stays: Mapped[bool]
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # not to the minute: see `session.SELDOM`
    ends_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = UNSEEN


class UnusedAccount(Model):
    """How far it has come with an account that nobody uses: who was warned when, and until when it is kept.

    It counts from `used_at`, the last use that was known; a row of another use than the account's is over.
    """

    __tablename__ = "unused_account"
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    used_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    warned_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    warned_again_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    last_day: Mapped[dt.date | None] = mapped_column(sa.Date)  # signing in on it still keeps the account
    held_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # it cannot be deleted: others are needed first
    look_on: Mapped[dt.date] = mapped_column(sa.Date, index=True)  # nothing is to be done before that day

    __table_args__ = (
        sa.CheckConstraint("warned_again_at IS NULL OR warned_at IS NOT NULL", name="order"),
        sa.CheckConstraint("(warned_at IS NULL) = (last_day IS NULL)", name="said"),
        sa.CheckConstraint("held_since IS NULL OR warned_at IS NULL", name="held"),
        UNSEEN,
    )

    @property
    def step(self) -> int:
        """How often its owner was warned."""
        return (self.warned_at is not None) + (self.warned_again_at is not None)


class SignUp(Addressed, Model):
    """Somebody asked for an account and has not confirmed the address yet.

    A row is also made when the address has an account: the request must cost the same. Nothing leads to that row.
    """

    __tablename__ = "sign_up"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(320), index=True)  # the key
    name: Mapped[str] = mapped_column(sa.String(200))
    locale: Mapped[str] = mapped_column(sa.String(2))
    password: Mapped[str] = mapped_column(sa.String(255))
    # The path of the page that opens afterwards; it may hold the token of an invitation, of which only a hash lies about.
    wanted: Mapped[str | None] = mapped_column(SealedText)
    # It took the place of one with a mistyped address, which can be done once.
    corrected: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now, index=True)

    __table_args__ = UNSEEN


class EmailChange(Addressed, Model):
    """Somebody wants another address for the account and has not confirmed it yet."""

    __tablename__ = "email_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(sa.String(320))  # the key
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now, index=True)

    __table_args__ = UNSEEN


class PortalRoleName(StrEnum):
    ADMINISTRATOR = "administrator"


class PortalRole(RoleRow, Model):
    """A role in the whole portal: ended, never edited."""

    __tablename__ = "portal_role"
    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(sa.String(20))

    __table_args__ = (
        sa.CheckConstraint("role IN ('administrator')", name="role"),
        one_open("uq_portal_role_open", "person_id", "role"),
    )

"""How far the calendar of a profile has come, whom it asked, and what was proposed about one that seems to have ended."""

import datetime as dt
from enum import IntEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime
from portal.organisations.models import Organisation


class Step(IntEnum):
    """A step of the calendar, as half months since the last confirmation.

    What readers see after 13 months (`organisations.words`) is no step: nobody has to do anything for it.
    """

    ASKED = 22  # 11 months: is everything right?
    REMINDED = 24  # 12 months
    WARNED = 25  # 12½ months: the last reminder before readers are told
    DORMANT = 36  # 18 months: out of the list


_STEPS = f"step IN ({', '.join(str(int(step)) for step in Step)})"


class Silence(Model):
    """How long the people of a profile have said nothing: the newest step that was taken since `confirmed_at`.

    A row of another confirmation than the profile's is over and counts for nothing.
    """

    __tablename__ = "confirmation_silence"
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    confirmed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    step: Mapped[int]
    step_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    task_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, index=True)  # it waits for who coordinates

    __table_args__ = (sa.CheckConstraint(_STEPS, name="step"), UNSEEN)


class Request(Model):
    """Somebody was asked to confirm a profile: the newest mail, of each person and profile. Its links lead here."""

    __tablename__ = "confirmation_request"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    confirmed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # since when, as it stood then
    step: Mapped[int]
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "person_id", name="uq_confirmation_request_organisation_id_person_id"),
        sa.CheckConstraint(_STEPS, name="step"),
        UNSEEN,
    )


class Proposal(Model):
    """Somebody who coordinates a network of the organisation thinks that it has ended. The latest one of each.

    It is over once the organisation is closed, or confirmed after it.
    """

    __tablename__ = "closing_proposal"
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    proposed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    reason: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = UNSEEN

"""Organisations that give micro-grants."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.roles import one_open
from portal.ground import clock
from portal.ground.db import Model, UtcDateTime
from portal.organisations.models import Organisation


class Operator(Model):
    """The portal team has named an organisation as one that gives micro-grants. Ended, never edited."""

    __tablename__ = "grant_operator"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="RESTRICT"), index=True)
    granted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    granted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    @hybrid_property
    def is_open(self) -> bool:
        """May it open calls?"""
        return self.ended_at is None

    @is_open.inplace.expression
    @classmethod
    def _is_open(cls) -> sa.ColumnElement[bool]:
        return cls.ended_at.is_(None)

    __table_args__ = (
        sa.CheckConstraint("ended_at >= granted_at", name="order"),
        one_open("uq_grant_operator_open", "organisation_id"),
    )

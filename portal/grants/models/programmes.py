"""Programmes in which an operator gives micro-grants."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground.db import Model, Timestamps
from portal.organisations.models import Organisation
from portal.words.i18n import Localized, LocalizedText


class Programme(Timestamps, Model):
    """What several calls have in common: who gives the grants, on what ground, in which money, over which period."""

    __tablename__ = "grant_programme"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="RESTRICT"), index=True)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    legal_basis: Mapped[Localized] = mapped_column(LocalizedText)
    currency: Mapped[str] = mapped_column(sa.String(3))  # ISO 4217
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]  # None: as long as there is money
    row_version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.UniqueConstraint("id", "currency"),  # all money of its calls is of its currency
        sa.CheckConstraint("currency IN ('PLN', 'EUR')", name="currency"),
        sa.CheckConstraint("ends_on >= starts_on", name="order"),
    )

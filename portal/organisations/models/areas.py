"""Where an organisation has its seat, and where it works."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground.db import Model


class AreaUse(StrEnum):
    """What an area is to an organisation."""

    SEAT = "seat"
    WORKS_IN = "works-in"


class OrganisationArea(Model):
    """Where an organisation has its seat, more exactly than by town and region, and where it works."""

    __tablename__ = "organisation_area"
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id", ondelete="RESTRICT"), primary_key=True, index=True)

    __table_args__ = (
        sa.CheckConstraint("kind IN ('seat', 'works-in')", name="kind"),
        sa.Index(
            "uq_organisation_area_seat", "organisation_id", unique=True,
            sqlite_where=sa.text("kind = 'seat'"), postgresql_where=sa.text("kind = 'seat'"),
        ),
    )  # fmt: skip

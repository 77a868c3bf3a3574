"""An area with its place in the tree, and who lies within whom."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground.db import Model, UtcDateTime
from portal.words.i18n import Localized, LocalizedText


class Scheme(StrEnum):
    """Whose code it is. A code of one scheme is never one of another: PL, PL-10, 1006 and 100602, SZR12."""

    COUNTRY = "ISO-3166-1"
    REGION = "ISO-3166-2"
    TERC = "TERC"
    EKATTE = "EKATTE"


class AreaKind(StrEnum):
    COUNTRY = "country"
    VOIVODESHIP = "voivodeship"
    COUNTY = "county"
    CITY_COUNTY = "city-county"
    URBAN = "urban"
    RURAL = "rural"
    MIXED = "mixed"
    OBLAST = "oblast"
    OBSHTINA = "obshtina"


REGIONS = (AreaKind.VOIVODESHIP, AreaKind.OBLAST)
MUNICIPALITIES = (AreaKind.URBAN, AreaKind.RURAL, AreaKind.MIXED, AreaKind.OBSHTINA)


class Area(Model):
    """One area of an official list. It is never deleted: what the list has no more is retired and stays readable.

    The code of a gmina is without the digit of its kind, which changes when a village becomes a town. Countries and
    regions are there from the beginning; the rest comes with `portal areas import`.
    """

    __tablename__ = "area"
    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(sa.String(12))
    code: Mapped[str] = mapped_column(sa.String(12))
    kind: Mapped[str] = mapped_column(sa.String(12))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area.id", ondelete="RESTRICT"), index=True)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    aliases: Mapped[str] = mapped_column(sa.Text, default="")  # other names, one a line; found, never the name
    found: Mapped[str] = mapped_column(sa.Text)  # what it is found by, folded (`findable.found_by`)
    retired_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.UniqueConstraint("scheme", "code", name="uq_area_scheme_code"),
        sa.CheckConstraint("scheme IN ('ISO-3166-1', 'ISO-3166-2', 'TERC', 'EKATTE')", name="scheme"),
        sa.CheckConstraint(
            "kind IN ('country', 'voivodeship', 'county', 'city-county', 'urban', 'rural', 'mixed', 'oblast', 'obshtina')",
            name="kind",
        ),
        sa.CheckConstraint("(kind = 'country') = (parent_id IS NULL)", name="parent"),
    )

    @property
    def other_names(self) -> tuple[str, ...]:
        return tuple(self.aliases.splitlines())


class AreaWithin(Model):
    """`area_id` lies within `ancestor_id`, at any depth; each lies within itself. So a region is one read of an index."""

    __tablename__ = "area_within"
    ancestor_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id", ondelete="CASCADE"), primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id", ondelete="CASCADE"), primary_key=True, index=True)

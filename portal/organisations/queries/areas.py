"""Where organisations have their seat and work, as areas of the official lists."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from portal.areas import queries as areas
from portal.areas.models import AreaWithin
from portal.areas.words import Place
from portal.ground.db import db
from portal.organisations.models import AreaUse, Organisation, OrganisationArea
from portal.words.i18n import Localized, current_language
from portal.words.text import sort_key


@dataclass(frozen=True, slots=True)
class Areas:
    """The municipality of the seat, if anybody said it, and the areas of work in the alphabet of the page."""

    seat: Place | None = None
    works: Sequence[Place] = ()

    @property
    def seat_code(self) -> str:
        return self.seat.code if self.seat else ""

    @property
    def work_codes(self) -> list[str]:
        return [place.code for place in self.works]


@cache
def _of() -> sa.Select[int, int, int | None, str, Localized, str, dt.datetime | None, str]:
    """Built once: every profile asks."""
    held = areas.steps().join(OrganisationArea, OrganisationArea.area_id == AreaWithin.area_id)
    held = held.where(OrganisationArea.organisation_id == sa.bindparam("number"))
    return held.add_columns(OrganisationArea.kind.label("used"))


def areas_of(organisation: Organisation) -> Areas:
    """Both, in one read."""
    rows = db.session.execute(_of(), {"number": organisation.id}).all()
    places = areas.made(areas.Step(*row[:-1]) for row in rows)
    seats = {row.area_id for row in rows if row.used == AreaUse.SEAT}
    language = current_language()
    works = [places[number] for number in {row.area_id for row in rows if row.used == AreaUse.WORKS_IN}]
    works.sort(key=lambda place: (sort_key(place.name.shown_in(language).text, language), place.code))
    return Areas(next((places[number] for number in seats), None), works)


def with_area(numbers: Sequence[int]) -> Sequence[int]:
    """The numbers of the organisations that have their seat or work in one of these areas itself."""
    query = sa.select(OrganisationArea.organisation_id).where(OrganisationArea.area_id.in_(numbers)).distinct()
    return db.session.scalars(query.order_by(OrganisationArea.organisation_id)).all()

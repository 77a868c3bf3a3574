"""Where an organisation has its seat, more exactly than by its region, and where it works."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import Person
from portal.areas import queries as areas
from portal.areas.facts import AreasRenamed
from portal.areas.models import MUNICIPALITIES, Area, AreaKind
from portal.ground import audit
from portal.ground.authz import demand
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, Refusals, check_version
from portal.ground.locks import locked
from portal.organisations import queries
from portal.organisations.models import AreaUse, Organisation, OrganisationArea
from portal.organisations.policies import Permission
from portal.organisations.services.confirming import confirmed_by_edit
from portal.organisations.services.listing import reindex
from portal.words.i18n import _l, _ln
from portal.words.vocabularies import label

MOST_AREAS = 20  # of work


def set_areas(organisation: Organisation, *, by: Person, version: int, seat: str, works: Sequence[str]) -> None:
    """Say the municipality of the seat by its code, or nothing, and the areas of work by theirs; whoever does so confirms
    the profile.

    The code of the country means all of it. Raises Refusals with all that is to be corrected, and Stale like `update`.
    """
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.EDIT, current, by=by)
        before = queries.areas_of(current)
        check_version(current, version, {"seat": before.seat_code, "works": before.work_codes})
        known = {area.code: area for area in session.scalars(sa.select(Area).where(Area.code.in_({seat, *works})))}
        kept = {before.seat_code, *before.work_codes}
        faults = [*_of_seat(known.get(seat), seat, current, kept), *_of_work(known, works, kept)]
        if faults:
            raise Refusals(faults)
        session.execute(sa.delete(OrganisationArea).where(OrganisationArea.organisation_id == current.id))
        chosen = [(AreaUse.SEAT, seat)] if seat else []
        chosen += [(AreaUse.WORKS_IN, code) for code in dict.fromkeys(works)]
        session.add_all(
            OrganisationArea(organisation_id=current.id, kind=kind, area_id=known[code].id) for kind, code in chosen
        )
        confirmed_by_edit(current, editor=by)
        flag_modified(current, "confirmed_at")  # what hangs on it may have changed within a moment: a new version
        reindex(current)
        audit.record("organisation.areas_set", current, detail={"seat": seat, "works": list(works)}, actor=by)


def _of_seat(area: Area | None, code: str, organisation: Organisation, kept: set[str]) -> Iterator[Refusal]:
    if not code:
        return
    if area is None or area.kind not in MUNICIPALITIES or not _may_be_chosen(area, kept):
        yield Refusal(_l("Choose a municipality that was found, or none."), field="seat")
    elif not _is_in_region(area.id, organisation.region):
        yield Refusal(
            _l(
                "This municipality is not in the region of the profile (%(region)s). Choose another one, or correct the "
                "region under “Texts and details” first.",
                region=label("regions", organisation.region),
            ),
            field="seat",
        )


def _of_work(known: dict[str, Area], works: Sequence[str], kept: set[str]) -> Iterator[Refusal]:
    kinds = {*areas.CHOSEN, AreaKind.COUNTRY}
    if any(
        code not in known or known[code].kind not in kinds or not _may_be_chosen(known[code], kept) for code in works
    ):
        yield Refusal(_l("Choose places that were found."), field="works")
        return
    if len(set(works)) > MOST_AREAS:
        most = _ln("Choose at most %(n)s place.", "Choose at most %(n)s places.", MOST_AREAS)
        yield Refusal(most, field="works")
    countries = [area for area in known.values() if area.kind == AreaKind.COUNTRY and area.code in works]
    others = {known[code].id for code in works} - {country.id for country in countries}
    if any(_are_within(others, country.id) for country in countries):
        yield Refusal(
            _l("The whole country is chosen, and places in it besides. Keep one of the two."), field="works"
        )  # fmt: skip


def _may_be_chosen(area: Area, kept: set[str]) -> bool:
    """What the official list has no more is chosen by nobody anew; whoever has it keeps it."""
    return area.retired_at is None or area.code in kept


def _is_in_region(number: int, region: str) -> bool:
    above = areas.by_code(region)
    return above is not None and _are_within({number}, above.id)


def _are_within(numbers: set[int], ancestor: int) -> bool:
    found = sa.select(sa.literal(1)).where(Area.id.in_(numbers), Area.id.in_(areas.within(ancestor)))
    return db.session.scalar(found.select_from(Area).limit(1)) is not None


def keep_seat_in_region(organisation: Organisation) -> None:
    """A seat that does not lie in the region of the profile any more is none. Inside the transaction that moved it."""
    held = sa.select(OrganisationArea).where(
        OrganisationArea.organisation_id == organisation.id, OrganisationArea.kind == AreaUse.SEAT
    )
    seat = db.session.scalar(held)
    if seat is not None and not _is_in_region(seat.area_id, organisation.region):
        db.session.delete(seat)


def follow_names(fact: AreasRenamed) -> None:
    """Organisations are found by what their areas are called now."""
    for number in queries.with_area(fact.numbers):
        reindex(locked(Organisation, number))

"""For whom somebody takes part: an organisation of the directory or what they call it, and its sector.

Both are what its person says: nobody checks whether they belong to it.
"""

from typing import TypedDict

import sqlalchemy as sa

from portal.events.models import Event
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.organisations.queries import called
from portal.registration.models import Delegation, Registration
from portal.registration.models.reserves import ReservedOrganisation
from portal.words.i18n import _l
from portal.words.vocabularies import vocabulary

NO_SECTOR = _l("Choose a sector from the list.")


class Belonging(TypedDict):
    """What a registration keeps of it."""

    affiliation: str
    organisation_id: int | None
    sector: str


def of_form(
    event: Event, affiliation: str, sector: str | None, *, locale: str, known: Registration | None = None
) -> Belonging:
    """What a form says, whose `sector` is None where it was not asked; `known` is the registration that it changes.

    A name that stands in the directory once is that organisation; of two that are called so nobody can tell which is
    meant, so the words stay words. Raises Refusal for a sector that is not in the vocabulary.
    """
    return {
        "affiliation": affiliation,
        "organisation_id": _organisation(event, affiliation, locale, known),
        "sector": _sector(event, sector, known.sector if known else ""),
    }


def _organisation(event: Event, affiliation: str, locale: str, known: Registration | None) -> int | None:
    if known is not None and known.organisation_id is not None and known.affiliation == affiliation:
        return known.organisation_id
    found = called(affiliation, locale) if event.asks_organisation and affiliation else ()
    return found[0] if len(found) == 1 else None


def _sector(event: Event, wanted: str | None, known: str) -> str:
    """Whoever said a sector keeps it, also when the event no longer asks."""
    if wanted is None or wanted == known or not event.asks_organisation:
        return known
    if wanted and wanted not in {term.code for term in vocabulary("sector")}:
        raise Refusal(NO_SECTOR, field="sector")
    return wanted


def follow_merge(lost_id: int, kept_id: int) -> None:
    """Whoever named the lost one is of the kept one (inside the transaction that holds both profiles)."""
    theirs = sa.update(Registration).where(Registration.organisation_id == lost_id)
    same = {"updated_at": Registration.updated_at}  # nobody changed what they had said
    db.session.execute(theirs.values(organisation_id=kept_id, **same), execution_options={"synchronize_session": False})
    delegations = sa.update(Delegation).where(Delegation.organisation_id == lost_id)
    db.session.execute(
        delegations.values(organisation_id=kept_id, updated_at=Delegation.updated_at),
        execution_options={"synchronize_session": False},
    )
    _follow_reserves(lost_id, kept_id)
    db.session.expire_all()


def _follow_reserves(lost_id: int, kept_id: int) -> None:
    """Seats that were kept for the lost one are kept for the kept one; where they were for both, once."""
    both = sa.select(ReservedOrganisation.reserve_id).where(ReservedOrganisation.organisation_id == kept_id)
    of_lost = ReservedOrganisation.organisation_id == lost_id
    moving = sa.update(ReservedOrganisation).where(of_lost, ReservedOrganisation.reserve_id.not_in(both))
    db.session.execute(moving.values(organisation_id=kept_id), execution_options={"synchronize_session": False})
    db.session.execute(sa.delete(ReservedOrganisation).where(of_lost), execution_options={"synchronize_session": False})


def going_over(lost_id: int) -> int:
    """How many registrations `follow_merge` would hand over. Reads only."""
    counted = sa.select(sa.func.count()).select_from(Registration).where(Registration.organisation_id == lost_id)
    return db.session.scalar(counted) or 0

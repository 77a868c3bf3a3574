"""What a person has to do with trust: their groups and profiles, whom they vouch for, and what they claim."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.db import db
from portal.organisations.models import Organisation, Role
from portal.organisations.queries import roles_anywhere
from portal.trust.models import OPEN_CLAIM, Claim, ClaimStatus, Patronage, Shortage, Vouch
from portal.trust.queries.cases import one_kind
from portal.trust.queries.support import FEW


class OwnKind(StrEnum):
    SHORTAGE = "shortage"  # what a group of theirs lacks
    PATRONAGE = "patronage"  # a group asks an organisation of theirs
    AGAINST = "against"  # somebody claims a profile of theirs
    VOUCH = "vouch"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Own:
    """One of them, with the group or the profile. `since` is the end of the time to object where somebody claims it."""

    kind: OwnKind
    number: int
    since: dt.datetime
    about: str
    organisation: Organisation


def own_cases(person: Person) -> Sequence[Own]:
    """What the page of a person's account tells, at most FEW of each kind, the oldest first; one read of all kinds."""
    owned = [number for number, held in roles_anywhere(person).items() if Role.OWNER in held]
    found = sa.union_all(*_acts(person.id), *(_asked(owned) if owned else ())).subquery()
    place = sa.func.row_number().over(partition_by=found.c.kind, order_by=(found.c.since, found.c.number))
    placed = sa.select(found, place.label("place")).subquery()
    rows = db.session.execute(
        sa.select(placed, Organisation)
        .join(Organisation, Organisation.id == placed.c.organisation_id)
        .where(placed.c.place <= FEW)
        .order_by(placed.c.since, placed.c.number)
    )
    return [Own(OwnKind(row.kind), row.number, row.since, row.about, row.Organisation) for row in rows]


def _acts(person_id: int) -> Sequence[sa.Select[str, int, int, dt.datetime, str]]:
    return (
        one_kind(OwnKind.VOUCH, Vouch.id, Vouch.organisation_id, Vouch.given_at).where(
            Vouch.person_id == person_id, Vouch.ended_at.is_(None)
        ),
        one_kind(OwnKind.CLAIM, Claim.id, Claim.organisation_id, Claim.asked_at).where(
            Claim.claimant_id == person_id, Claim.status.in_(OPEN_CLAIM)
        ),
    )


def _asked(owned: Sequence[int]) -> Sequence[sa.Select[str, int, int, dt.datetime, str]]:
    """Of the organisations that somebody manages."""
    return (
        one_kind(OwnKind.SHORTAGE, Shortage.id, Shortage.organisation_id, Shortage.since, Shortage.lack).where(
            Shortage.organisation_id.in_(owned), Shortage.ended_at.is_(None)
        ),
        one_kind(OwnKind.PATRONAGE, Patronage.id, Patronage.organisation_id, Patronage.asked_at).where(
            Patronage.patron_id.in_(owned), Patronage.ended_at.is_(None), Patronage.accepted_at.is_(None)
        ),
        one_kind(OwnKind.AGAINST, Claim.id, Claim.organisation_id, Claim.objection_until).where(
            Claim.organisation_id.in_(owned),
            Claim.status == ClaimStatus.WAITING,
            Claim.objected_at.is_(None),
            Claim.objection_until > clock.now(),
        ),
    )

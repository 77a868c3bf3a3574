"""What was checked, and everything that the page of an organisation says about trust."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from portal.ground.db import db
from portal.membership.models import Network
from portal.organisations.models import Organisation, OrganisationRole, Role
from portal.organisations.queries import identifiers_of
from portal.trust.models import CheckKind, Claim, ClaimStatus, GroupLife, Patronage, Verification, Vouch
from portal.words.i18n import Localized


def kinds_for(organisation: Organisation, *, by_network: bool) -> Sequence[CheckKind]:
    """What can be checked of an organisation: a number that it has, a document; a network can say that it knows it."""
    number = [CheckKind.REGISTER_NUMBER] if identifiers_of(organisation) else []
    return [*number, CheckKind.DOCUMENT, *([CheckKind.COORDINATOR] if by_network else [])]


def latest_check(organisation_id: int, kind: str) -> Verification | None:
    """The last check of one kind, whether or not it still holds."""
    return db.session.scalar(
        sa.select(Verification).where(
            Verification.organisation_id == organisation_id,
            Verification.kind == kind,
            Verification.replaced_at.is_(None),
        )
    )


def checks_to_renew(until: dt.datetime) -> Sequence[int]:
    """The checks that end until then and of which nobody was reminded."""
    query = sa.select(Verification.id).where(
        Verification.valid_until <= until,
        Verification.reminded_at.is_(None),
        Verification.dropped_at.is_(None),
        Verification.replaced_at.is_(None),
    )
    return db.session.scalars(query.order_by(Verification.id)).all()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a profile says about itself: `managed_since` is the day of a granted claim; `checks` are the last ones of each
    kind, in the order of their days, with the name of the network that checked."""

    is_owned: bool
    managed_since: dt.datetime | None
    informal_until: dt.datetime | None
    ends_on: dt.date | None
    checks: Sequence[tuple[Verification, Localized | None]]


@cache
def _standing() -> sa.Select[
    bool, dt.datetime | None, dt.datetime | None, dt.date | None, Verification | None, Localized | None
]:
    number = sa.bindparam("number", type_=sa.Integer)
    owned = sa.exists().where(
        OrganisationRole.organisation_id == number, OrganisationRole.role == Role.OWNER, OrganisationRole.is_open
    )
    since = sa.select(sa.func.max(Claim.decided_at)).where(
        Claim.organisation_id == number, Claim.status == ClaimStatus.GRANTED
    )
    return (
        sa.select(
            owned, since.scalar_subquery(), GroupLife.informal_until, GroupLife.ends_on, Verification, Network.name
        )
        .select_from(Organisation)
        .outerjoin(GroupLife, GroupLife.organisation_id == Organisation.id)
        .outerjoin(
            Verification,
            sa.and_(Verification.organisation_id == Organisation.id, Verification.replaced_at.is_(None)),
        )
        .outerjoin(Network, Network.id == Verification.network_id)
        .where(Organisation.id == number)
        .order_by(Verification.at, Verification.id)
    )


def standing(organisation_id: int) -> Standing:
    """What the page of an organisation says about whose it is and of which time."""
    rows = db.session.execute(_standing(), {"number": organisation_id}).all()
    return Standing(*rows[0][:4], [(row[4], row[5]) for row in rows if row[4] is not None])


@dataclass(frozen=True, slots=True)
class Backer:
    """An organisation that stands behind a group in public: a patron, or one in whose name somebody vouches."""

    is_patron: bool
    since: dt.datetime
    name: Localized
    slug: str


@cache
def _backers() -> sa.Select[bool, dt.datetime, Localized, str]:
    number = sa.bindparam("number", type_=sa.Integer)
    patrons = (
        sa.select(sa.true().label("is_patron"), Patronage.accepted_at.label("since"), Patronage.patron_id.label("by"))
        .where(Patronage.organisation_id == number, Patronage.accepted_at.is_not(None), Patronage.ended_at.is_(None))
    )  # fmt: skip
    vouches = sa.select(sa.false(), Vouch.given_at, Vouch.via_id).where(
        Vouch.organisation_id == number, Vouch.ended_at.is_(None)
    )
    both = sa.union_all(patrons, vouches).subquery()
    return (
        sa.select(both.c.is_patron, both.c.since, Organisation.name, Organisation.slug)
        .join(both, both.c.by == Organisation.id)
        .order_by(both.c.since)
    )


def backers_of(organisation_id: int) -> Sequence[Backer]:
    """Who stands behind a group in public, oldest first."""
    return [Backer(*row) for row in db.session.execute(_backers(), {"number": organisation_id})]

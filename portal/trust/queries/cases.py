"""What waits for those who oversee profiles: groups whose time is over, profiles without people, claims, renewals."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground import clock
from portal.ground.db import db
from portal.membership.models import Membership, MembershipStatus
from portal.membership.queries import coordinated_networks
from portal.organisations.models import Organisation
from portal.organisations.queries import roles_anywhere
from portal.trust.models import Claim, ClaimMethod, ClaimStatus, Registering, Shortage, Verification
from portal.trust.queries.people import has_free_coordinator
from portal.trust.queries.support import TIME

PAGE = 30


class CaseKind(StrEnum):
    SHORTAGE = "shortage"
    RELEASED = "released"
    CLAIM = "claim"
    REGISTERING = "registering"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that waits, of which kind, since when, and of which organisation. `about` is what a group lacks."""

    kind: CaseKind
    number: int
    since: dt.datetime
    about: str
    organisation: Organisation


def cases_of(person: Person, *, offset: int = 0, limit: int = PAGE) -> Sequence[Case]:
    """What waits for a person, oldest first: a part of the list. Nothing of organisations in which they have a role."""
    waiting = _waiting(person)
    rows = db.session.execute(
        sa.select(waiting, Organisation)
        .join(Organisation, Organisation.id == waiting.c.organisation_id)
        .order_by(waiting.c.since, waiting.c.kind, waiting.c.number)
        .offset(offset)
        .limit(limit)
    )
    return [Case(CaseKind(row.kind), row.number, row.since, row.about, row.Organisation) for row in rows]


def count_cases(person: Person) -> int:
    """How much waits for a person."""
    return int(db.session.scalar(sa.select(sa.func.count()).select_from(_waiting(person))) or 0)


def _waiting(person: Person) -> sa.Subquery:
    now = clock.now()
    shortages = one_kind(CaseKind.SHORTAGE, Shortage.id, Shortage.organisation_id, Shortage.since, Shortage.lack).where(
        Shortage.ended_at.is_(None), Shortage.since <= now - TIME
    )
    released = one_kind(CaseKind.RELEASED, Organisation.id, Organisation.id, Organisation.released_at).where(
        Organisation.released_at.is_not(None)
    )
    claims = one_kind(CaseKind.CLAIM, Claim.id, Claim.organisation_id, Claim.asked_at).where(
        Claim.status == ClaimStatus.ASKED, Claim.method != ClaimMethod.MAIL, Claim.claimant_id != person.id
    )
    registering = one_kind(
        CaseKind.REGISTERING, Registering.id, Registering.organisation_id, Registering.asked_at
    ).where(Registering.decided_at.is_(None))
    checks = one_kind(CaseKind.CHECK, Verification.id, Verification.organisation_id, Verification.valid_until).where(
        Verification.reminded_at.is_not(None), Verification.replaced_at.is_(None), Verification.dropped_at.is_(None)
    )
    parts = [
        query.where(_theirs(person, number))
        for query, number in (
            (shortages, Shortage.organisation_id), (released, Organisation.id), (claims, Claim.organisation_id),
            (registering, Registering.organisation_id), (checks, Verification.organisation_id),
        )
    ]  # fmt: skip
    if is_administrator(person):
        parts.append(
            one_kind(CaseKind.CLAIM, Claim.id, Claim.organisation_id, Claim.asked_at).where(
                Claim.status == ClaimStatus.WAITING,
                sa.or_(Claim.objected_at.is_not(None), Claim.objection_until <= now),
                Claim.claimant_id != person.id,
                Claim.organisation_id.not_in(_own(person)),
            )
        )
    return sa.union_all(*parts).subquery()


def one_kind(
    kind: StrEnum, number: sa.SQLColumnExpression[int], organisation_id: sa.SQLColumnExpression[int],
    since: sa.SQLColumnExpression[dt.datetime] | sa.SQLColumnExpression[dt.datetime | None],
    about: sa.SQLColumnExpression[str] | None = None,
) -> sa.Select[str, int, int, dt.datetime, str]:  # fmt: skip
    """Rows of one kind, so that all kinds are one read."""
    return sa.select(
        sa.literal(str(kind)).label("kind"), number.label("number"), organisation_id.label("organisation_id"),
        since.label("since"), (sa.literal("") if about is None else about).label("about"),
    )  # fmt: skip


def _own(person: Person) -> list[int]:
    return list(roles_anywhere(person))


def _theirs(person: Person, number: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    """Twin of `people.is_decider`."""
    networks = [network.id for network in coordinated_networks(person)]
    member = sa.exists().where(
        Membership.organisation_id == number,
        Membership.status == MembershipStatus.ACTIVE,
        Membership.network_id.in_(networks),
    )
    theirs = sa.or_(member, ~has_free_coordinator(number)) if is_administrator(person) else member
    return sa.and_(theirs, number.not_in(_own(person)))

"""Which profiles are owed a step of the calendar, who can be asked, and who follows up where nobody answers."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVarTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.freshness.models import Proposal, Request, Silence, Step
from portal.freshness.steps import confirmed_before
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.mail import standing
from portal.membership import queries as membership
from portal.membership.models import Membership, MembershipStatus, NetworkRole
from portal.organisations.models import Organisation, OrganisationRole, OrganisationStatus, Role
from portal.organisations.queries import roles_in

ASKED = (Role.OWNER, Role.EDITOR)  # who could correct everything
BATCH = 500  # numbers read at a time
Column: TypeAlias = sa.SQLColumnExpression[int]
Columns = TypeVarTuple("Columns")

_PUBLISHED = Organisation.status == OrganisationStatus.PUBLISHED
_THIS_SILENCE = sa.and_(Silence.organisation_id == Organisation.id, Silence.confirmed_at == Organisation.confirmed_at)
_PROPOSED = Proposal.proposed_at > sa.func.coalesce(Organisation.confirmed_at, Organisation.published_at)


def due(now: dt.datetime) -> Iterator[int]:
    """The published profiles to which a step is owed at this moment, by number; a few are read at a time."""
    latest = confirmed_before(now)
    owed = sa.case(
        *((Organisation.confirmed_at < latest[step], int(step)) for step in sorted(Step, reverse=True)), else_=0
    )
    query = (
        sa.select(Organisation.id)
        .outerjoin(Silence, _THIS_SILENCE)
        .where(_PUBLISHED, Organisation.confirmed_at < latest[Step.ASKED])
        .where(sa.or_(Silence.organisation_id.is_(None), Silence.step < owed))
        .order_by(Organisation.id)
        .limit(BATCH)
    )
    last = 0
    while numbers := db.session.scalars(query.where(Organisation.id > last)).all():
        yield from numbers
        last = numbers[-1]


def can_be_asked(organisation_id: int) -> Sequence[Person]:
    """The owners and editors whom a mail reaches, as far as is known: with an address from which none came back."""
    people = [person for person in membership.keepers(organisation_id, ASKED) if person.email]
    gone = standing.marked(person.email for person in people if person.email)
    return [person for person in people if person.email not in gone]


def request_of(link: LinkToken) -> Request | None:
    """What a link of a mail is for, while its person may still confirm the profile and it is public."""
    role = sa.exists().where(
        OrganisationRole.organisation_id == Request.organisation_id, OrganisationRole.person_id == Request.person_id,
        OrganisationRole.role.in_(ASKED), OrganisationRole.is_open,
    )  # fmt: skip
    return db.session.scalar(
        sa.select(Request)
        .join(Request.organisation)
        .where(Request.id == link.subject_id, role, _PUBLISHED)
        .options(joinedload(Request.organisation).joinedload(Organisation.logo), joinedload(Request.person))
    )


@dataclass(frozen=True, slots=True)
class Case:
    """A profile that nobody confirms, for whoever follows it up."""

    organisation: Organisation
    since: dt.datetime
    is_dormant: bool
    is_proposed: bool


def cases_of(person: Person, *, offset: int = 0, limit: int = 50) -> Sequence[Case]:
    """What a person should follow up, longest waiting first: a part of the list."""
    since = sa.func.coalesce(Silence.task_since, Proposal.proposed_at)
    query = _joined(sa.select(Organisation, since, _PROPOSED)).where(_theirs(person))
    rows = db.session.execute(query.order_by(since, Organisation.id).offset(offset).limit(limit))
    return [Case(row[0], row[1], row[0].dormant_since is not None, bool(row[2])) for row in rows]


def number_of_cases(person: Person) -> int:
    """How many of them there are."""
    return db.session.scalar(_joined(sa.select(sa.func.count())).where(_theirs(person))) or 0


def proposal_for(organisation: Organisation) -> Proposal | None:
    """The proposal to close an organisation that nobody has answered."""
    found = sa.select(Proposal).join(Organisation, Organisation.id == Proposal.organisation_id)
    return db.session.scalar(found.where(Organisation.id == organisation.id, _PUBLISHED, _PROPOSED))


def silence_of(organisation: Organisation) -> Silence | None:
    """How far the calendar has come since the last confirmation."""
    found = db.session.get(Silence, organisation.id)
    return found if found is not None and found.confirmed_at == organisation.confirmed_at else None


def coordinates(person: Person | None, organisation: Organisation) -> bool:
    """Does a person coordinate a network that the organisation is in, without a role in it?"""
    if person is None or roles_in(person, organisation):
        return False
    mine = [network.id for network in membership.coordinated_networks(person)]
    there = sa.select(Membership.id).where(_member(sa.literal(organisation.id)), Membership.network_id.in_(mine))
    return bool(mine) and db.session.scalar(there.limit(1)) is not None


def _joined(query: sa.Select[*Columns]) -> sa.Select[*Columns]:
    return (
        query.select_from(Organisation)
        .outerjoin(Silence, _THIS_SILENCE)
        .outerjoin(Proposal, Proposal.organisation_id == Organisation.id)
    )


def _theirs(person: Person) -> sa.ColumnElement[bool]:
    """Profiles of the networks that a person coordinates; for the portal team those that no coordinator can follow up, and
    what was proposed to be closed. Never an organisation in which the person has a role."""
    organisation = Organisation.id
    mine = [network.id for network in membership.coordinated_networks(person)]
    wanted = sa.and_(_waits(), sa.exists().where(_member(organisation), Membership.network_id.in_(mine)))
    if is_administrator(person):
        wanted = sa.or_(wanted, sa.and_(_waits(), ~_has_coordinator(organisation)), _PROPOSED)
    return sa.and_(_PUBLISHED, wanted, ~_has_role(sa.literal(person.id), organisation))


def _waits() -> sa.ColumnElement[bool]:
    """It waits, and nobody new has come who could be asked."""
    newcomer = sa.exists().where(
        OrganisationRole.organisation_id == Organisation.id, OrganisationRole.role.in_(ASKED),
        OrganisationRole.is_open, OrganisationRole.granted_at > Silence.task_since,
    )  # fmt: skip
    return sa.and_(Silence.task_since.is_not(None), ~newcomer)


def _member(organisation_id: Column) -> sa.ColumnElement[bool]:
    return sa.and_(Membership.organisation_id == organisation_id, Membership.status == MembershipStatus.ACTIVE)


def _has_coordinator(organisation_id: Column) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        _member(organisation_id), NetworkRole.network_id == Membership.network_id, NetworkRole.is_open,
        ~_has_role(NetworkRole.person_id, organisation_id),
    )  # fmt: skip


def _has_role(person_id: Column, organisation_id: Column) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        OrganisationRole.person_id == person_id, OrganisationRole.organisation_id == organisation_id,
        OrganisationRole.is_open,
    )  # fmt: skip

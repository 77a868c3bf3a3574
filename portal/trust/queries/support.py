"""Who stands behind an informal group, and what it lacks."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key
from portal.membership.models import Membership, MembershipStatus
from portal.organisations.models import Organisation, OrganisationRole, OrganisationStatus, Role
from portal.organisations.queries import roles_anywhere
from portal.trust.models import Lack, Patronage, Shortage, Vouch, VouchRequest

FEW = 6  # rows on the page of the account
VOUCHES = 2  # of people of two organisations: a group without a patron needs them
SPEAKING = (Role.OWNER, Role.REPRESENTATIVE)  # who vouches in the name of an organisation
TIME = dt.timedelta(days=60)  # to find what is lacking
_MEMBER = sa.exists().where(Membership.organisation_id == Organisation.id, Membership.status == MembershipStatus.ACTIVE)


def speaks_for(person: Person) -> Sequence[Organisation]:
    """The organisations in whose name a person may vouch: registered, published, active in a network."""
    speaking = [number for number, held in roles_anywhere(person).items() if held & set(SPEAKING)]
    return db.session.scalars(
        sa.select(Organisation)
        .where(Organisation.id.in_(speaking), Organisation.status == OrganisationStatus.PUBLISHED)
        .where(Organisation.informal.is_(False), _MEMBER)
        .order_by(Organisation.sort_en, Organisation.id)
    ).all()


def vouches_of(organisation_id: int) -> Sequence[tuple[Vouch, Person | None]]:
    """The vouches for a group that count, oldest first, with the organisations in whose name they were given."""
    rows = db.session.execute(
        sa.select(Vouch, Person)
        .outerjoin(Person, Person.id == Vouch.person_id)
        .where(Vouch.organisation_id == organisation_id, Vouch.ended_at.is_(None))
        .order_by(Vouch.given_at, Vouch.id)
        .options(joinedload(Vouch.via))
    )
    return [(row[0], row[1]) for row in rows]


def vouches_by(person_id: int) -> Sequence[Vouch]:
    """What a person vouches for today."""
    return db.session.scalars(
        sa.select(Vouch)
        .where(Vouch.person_id == person_id, Vouch.ended_at.is_(None))
        .order_by(Vouch.given_at, Vouch.id)
        .options(joinedload(Vouch.organisation), joinedload(Vouch.via))
    ).all()


def vouch(number: int) -> Vouch | None:
    """One vouch that counts, with the group and the organisation in whose name it was given."""
    return db.session.scalar(
        sa.select(Vouch)
        .where(Vouch.id == number, Vouch.ended_at.is_(None))
        .options(joinedload(Vouch.organisation), joinedload(Vouch.via))
    )


def request_of(link: LinkToken) -> VouchRequest | None:
    """The request behind a link that nobody has answered, with the group."""
    return db.session.scalar(
        sa.select(VouchRequest)
        .where(VouchRequest.id == link.subject_id, VouchRequest.answered_at.is_(None))
        .options(joinedload(VouchRequest.organisation))
    )


def requests_of(organisation_id: int) -> Sequence[VouchRequest]:
    """The requests of a group that wait for an answer, oldest first."""
    return db.session.scalars(
        sa.select(VouchRequest)
        .where(VouchRequest.organisation_id == organisation_id, VouchRequest.answered_at.is_(None))
        .order_by(VouchRequest.asked_at, VouchRequest.id)
    ).all()


def is_asked(address: str) -> bool:
    """Has a group asked this address to vouch for it?"""
    asked = sa.select(VouchRequest.id).where(VouchRequest.email == mailbox_key(address)).limit(1)
    return bool(address) and db.session.scalar(asked) is not None


def requests_by(person_id: int) -> Sequence[VouchRequest]:
    """The requests that a person has sent, answered or not."""
    return db.session.scalars(sa.select(VouchRequest).where(VouchRequest.asked_by == person_id)).all()


def requests_since(person_id: int, since: dt.datetime) -> int:
    """How many requests a person has sent since."""
    query = sa.select(sa.func.count()).where(VouchRequest.asked_by == person_id, VouchRequest.asked_at > since)
    return int(db.session.scalar(query) or 0)


_WITH_BOTH = (joinedload(Patronage.organisation), joinedload(Patronage.patron))


def patronage(number: int) -> Patronage | None:
    """One patronage that was asked for or counts, with both sides."""
    return db.session.scalar(
        sa.select(Patronage).where(Patronage.id == number, Patronage.ended_at.is_(None)).options(*_WITH_BOTH)
    )


def patronages_of(organisation_id: int) -> Sequence[Patronage]:
    """The patrons of a group: asked, or accepted; oldest first."""
    return db.session.scalars(
        sa.select(Patronage)
        .where(Patronage.organisation_id == organisation_id, Patronage.ended_at.is_(None))
        .order_by(Patronage.asked_at, Patronage.id)
        .options(*_WITH_BOTH)
    ).all()


def has_support(organisation_id: int) -> bool:
    """Do two vouches or a patron stand behind a group?"""
    return bool(db.session.scalar(sa.select(_supported(sa.literal(organisation_id)))))


def shortages_of(organisation_id: int) -> Mapping[str, Shortage]:
    """What a group lacks, by what it is."""
    found = db.session.scalars(
        sa.select(Shortage).where(Shortage.organisation_id == organisation_id, Shortage.ended_at.is_(None))
    )
    return {one.lack: one for one in found}


def to_look_at() -> Sequence[int]:
    """The groups that lack something, or lacked it when they were looked at last. Nobody can be told of those of nobody."""
    open_ones = sa.select(Shortage.organisation_id).where(Shortage.ended_at.is_(None))
    lacking = sa.or_(~_supported(Organisation.id), _owned(Organisation.id) == 1)
    public = sa.and_(Organisation.informal, Organisation.status == OrganisationStatus.PUBLISHED)
    query = sa.select(Organisation.id).where(
        sa.or_(Organisation.id.in_(open_ones), sa.and_(public, _owned(Organisation.id) > 0, lacking))
    )
    return db.session.scalars(query.order_by(Organisation.id)).all()


def lacks(organisation: Organisation) -> frozenset[Lack]:
    """What a group lacks at this moment. A registered organisation lacks nothing here."""
    if not organisation.informal:
        return frozenset()
    owners = db.session.scalar(sa.select(_owned(sa.literal(organisation.id)))) or 0
    found = {Lack.SECOND_OWNER} if owners == 1 else set()
    if owners and not has_support(organisation.id):
        found.add(Lack.SUPPORT)
    return frozenset(found)


def _supported(organisation_id: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    vouches = (
        sa.select(sa.func.count())
        .select_from(Vouch)
        .where(Vouch.organisation_id == organisation_id, Vouch.ended_at.is_(None))
        .scalar_subquery()
    )
    patron = sa.exists().where(
        Patronage.organisation_id == organisation_id,
        Patronage.accepted_at.is_not(None),
        Patronage.ended_at.is_(None),
    )
    return sa.or_(vouches >= VOUCHES, patron)


def _owned(organisation_id: sa.SQLColumnExpression[int]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(OrganisationRole.person_id.distinct()))
        .where(
            OrganisationRole.organisation_id == organisation_id,
            OrganisationRole.role == Role.OWNER,
            OrganisationRole.is_open,
        )
        .scalar_subquery()
    )

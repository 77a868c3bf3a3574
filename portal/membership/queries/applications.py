"""Applications and memberships with their history."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.db import db
from portal.membership.models import OPEN, Membership, MembershipEvent
from portal.membership.queries.people import coordinated_networks, kept_organisations
from portal.questions import queries as questions
from portal.questions.queries import Answered

_WHOLE = (joinedload(Membership.network), joinedload(Membership.organisation))


def application(number: int) -> Membership | None:
    """One membership or application with its network and its organisation."""
    return db.session.scalar(sa.select(Membership).where(Membership.id == number).options(*_WHOLE))


def open_membership(network_id: int, organisation_id: int) -> Membership | None:
    """The membership or the application that is under way between these two, if any."""
    return db.session.scalar(
        sa.select(Membership).where(
            Membership.network_id == network_id,
            Membership.organisation_id == organisation_id,
            Membership.status.in_(OPEN),
        )
    )


def applications_of(organisation_id: int) -> Sequence[Membership]:
    """Everything between an organisation and networks, newest first."""
    return db.session.scalars(
        sa.select(Membership)
        .where(Membership.organisation_id == organisation_id)
        .order_by(Membership.applied_at.desc(), Membership.id.desc())
        .options(*_WHOLE)
    ).all()


def events_of(membership_id: int) -> Sequence[tuple[MembershipEvent, Person | None]]:
    """The steps of a membership with who made them, first to last; a person who is gone is None."""
    rows = db.session.execute(
        sa.select(MembershipEvent, Person)
        .outerjoin(Person, Person.id == MembershipEvent.actor_id)
        .where(MembershipEvent.membership_id == membership_id)
        .order_by(MembershipEvent.id)
    )
    return [(event, person) for event, person in rows]


def latest_event(membership_id: int) -> MembershipEvent:
    """The step that was taken last."""
    query = sa.select(MembershipEvent).where(MembershipEvent.membership_id == membership_id)
    return db.session.scalars(query.order_by(MembershipEvent.id.desc()).limit(1)).one()


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent with an application."""

    membership: Membership
    answered: Answered


def answers_of(membership_id: int) -> Sequence[Answered]:
    """The answers of an application with their questions, in the order of the questions."""
    return questions.answers(_answer_set_of(membership_id))


def sent_file(number: int, question: int) -> SentFile | None:
    """The file that answers a question of an application, or None."""
    membership = application(number)
    found = questions.answered_file(membership.answer_set_id, question) if membership else None
    return SentFile(membership, found) if membership and found else None


def _answer_set_of(membership_id: int) -> int | None:
    return db.session.scalar(sa.select(Membership.answer_set_id).where(Membership.id == membership_id))


def visible_to(person: Person | None) -> sa.Select[Membership]:
    """The memberships whose file a person may open: the twin of `policies.may_see`."""
    query = sa.select(Membership)
    if is_administrator(person):
        return query
    if person is None:
        return query.where(sa.false())
    return query.where(
        sa.or_(
            Membership.network_id.in_([network.id for network in coordinated_networks(person)]),
            Membership.organisation_id.in_(kept_organisations(person)),
        )
    )

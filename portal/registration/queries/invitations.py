"""Reads of invitations: who was asked to register for an event, and who has."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.registration.models import ACTIVE, Invitation, Registration


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as its list shows it; `by` is empty where nobody knows any more who sent it."""

    address: str
    at: dt.datetime
    by: str
    has_registered: bool


def _has_registered() -> sa.ColumnElement[bool]:
    """Of an invitation: does somebody of this mailbox take part or wait, with this address or as the person who has it?"""
    other = aliased(Person)  # beside the person who invited
    own = sa.select(other.id).where(other.email == Invitation.email).correlate(Invitation)
    here = sa.select(Registration.id).where(
        Registration.event_id == Invitation.event_id,
        Registration.status.in_(ACTIVE),
        sa.or_(Registration.email == Invitation.email, Registration.person_id.in_(own)),
    )
    return here.correlate(Invitation).exists()


def invitation_of_link(link: LinkToken) -> Invitation | None:
    """The invitation behind the link of its mail."""
    return db.session.get(Invitation, link.subject_id)


def invited_number(event_id: int) -> int:
    """How many were invited to an event."""
    return db.session.scalar(sa.select(sa.func.count()).where(Invitation.event_id == event_id)) or 0


def invited(event_id: int, *, offset: int = 0, limit: int | None = None) -> list[Invited]:
    """They, the latest first: all, or a part of the list."""
    query = (
        sa.select(
            sa.func.coalesce(Invitation.typed_email, Invitation.email), Invitation.invited_at, Person.name,
            _has_registered(),
        )
        .outerjoin(Person, Person.id == Invitation.invited_by)
        .where(Invitation.event_id == event_id)
        .order_by(Invitation.id.desc())
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    return [Invited(row[0], row[1], row[2] or "", bool(row[3])) for row in db.session.execute(query)]


def already_invited(event_id: int, keys: Collection[str]) -> set[str]:
    """Those of these mailboxes that were invited to this event."""
    known = sa.select(Invitation.email).where(Invitation.event_id == event_id, Invitation.email.in_(keys))
    return set(db.session.scalars(known))


def already_registered(event_id: int, keys: Collection[str]) -> set[str]:
    """Those of these mailboxes of which somebody takes part in this event or waits to."""
    here = sa.and_(Registration.event_id == event_id, Registration.status.in_(ACTIVE))
    by_address = sa.select(Registration.email).where(here, Registration.email.in_(keys))
    by_person = (
        sa.select(Person.email)
        .join(Registration, Registration.person_id == Person.id)
        .where(here, Person.email.in_(keys))
    )
    return set(db.session.scalars(by_address)) | {key for key in db.session.scalars(by_person) if key}


def often_invited(keys: Collection[str], *, since: dt.datetime, most: int) -> set[str]:
    """Those of these mailboxes that had `most` invitations since, to whatever events."""
    many = (
        sa.select(Invitation.email)
        .where(Invitation.email.in_(keys), Invitation.invited_at > since)
        .group_by(Invitation.email)
        .having(sa.func.count() >= most)
    )
    return set(db.session.scalars(many))


def invitations_since(moment: dt.datetime, *, event_id: int | None = None, by: int | None = None) -> int:
    """How many were sent since, for one event or by one person."""
    query = sa.select(sa.func.count()).select_from(Invitation).where(Invitation.invited_at > moment)
    if event_id is not None:
        query = query.where(Invitation.event_id == event_id)
    if by is not None:
        query = query.where(Invitation.invited_by == by)
    return db.session.scalar(query) or 0


def people_of_mailboxes(keys: Collection[str]) -> dict[str, int]:
    """The people whom the portal knows by these mailboxes."""
    rows = db.session.execute(sa.select(Person.email, Person.id).where(Person.email.in_(keys)))
    return {row[0]: row[1] for row in rows if row[0] is not None}


def invitations_by(person_id: int) -> list[int]:
    """The numbers of the invitations that somebody sent."""
    return list(db.session.scalars(sa.select(Invitation.id).where(Invitation.invited_by == person_id)))


def invitations_of(event_id: int) -> list[int]:
    """The numbers of the invitations to an event."""
    return list(db.session.scalars(sa.select(Invitation.id).where(Invitation.event_id == event_id)))

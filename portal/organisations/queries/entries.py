"""People who stand on a profile, or were asked to."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import Person
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.organisations.models import ListedPerson, Organisation

MOST_LISTED = 20


def listed_of(organisation: Organisation) -> Sequence[ListedPerson]:
    """Everybody who was asked, whatever they have answered, oldest first."""
    return db.session.scalars(
        sa.select(ListedPerson).where(ListedPerson.organisation_id == organisation.id).order_by(ListedPerson.id)
    ).all()


def listed_by_number(slug: str, number: int) -> ListedPerson | None:
    """An entry, by its number, of the organisation at this address."""
    return db.session.scalar(
        sa.select(ListedPerson)
        .join(Organisation, Organisation.id == ListedPerson.organisation_id)
        .where(Organisation.slug == slug, ListedPerson.id == number)
        .options(contains_eager(ListedPerson.organisation))
    )


def listed_of_link(link: LinkToken) -> ListedPerson | None:
    """The entry behind a link, with its organisation."""
    return db.session.scalar(
        sa.select(ListedPerson).where(ListedPerson.id == link.subject_id).options(joinedload(ListedPerson.organisation))
    )


def listed_to(keys: Collection[str]) -> Sequence[ListedPerson]:
    """The entries under the mailboxes with these keys."""
    return db.session.scalars(sa.select(ListedPerson).where(ListedPerson.email.in_(keys))).all()


def listed_of_person(person: Person) -> Sequence[ListedPerson]:
    """The entries of a person with their organisations."""
    own = sa.or_(ListedPerson.person_id == person.id, ListedPerson.email == person.email)
    return db.session.scalars(
        sa.select(ListedPerson).where(own).order_by(ListedPerson.id).options(joinedload(ListedPerson.organisation))
    ).all()


def listed_due(before: dt.datetime) -> Sequence[int]:
    """Entries that end before a moment and whose people were not asked again."""
    due = sa.and_(ListedPerson.confirmed_until <= before, ListedPerson.reminded_at.is_(None))
    return db.session.scalars(sa.select(ListedPerson.id).where(due).order_by(ListedPerson.id)).all()


def listed_old(asked_before: dt.datetime, ended_before: dt.datetime) -> Sequence[int]:
    """Entries that nobody has answered, and those that ended so long ago."""
    old = sa.or_(
        sa.and_(ListedPerson.confirmed_at.is_(None), ListedPerson.asked_at < asked_before),
        ListedPerson.confirmed_until < ended_before,
    )
    return db.session.scalars(sa.select(ListedPerson.id).where(old).order_by(ListedPerson.id)).all()

"""Single profiles, and those that a person may see."""

import datetime as dt
from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.db import db
from portal.organisations.identifiers import FIELDS_OF, SCHEMES
from portal.organisations.models import FormerSlug, Identifier, Organisation, OrganisationStatus
from portal.organisations.queries.people import roles_anywhere


@cache
def _at_slug() -> sa.Select[Organisation]:
    """Built once: every profile and every page of its people begins with it."""
    return (
        sa.select(Organisation).where(Organisation.slug == sa.bindparam("slug")).options(joinedload(Organisation.logo))
    )


def by_slug(slug: str) -> Organisation | None:
    """The organisation at an address, with its logo."""
    return db.session.scalar(_at_slug(), {"slug": slug})


def by_former_slug(slug: str) -> Organisation | None:
    """The organisation at an address that it once had."""
    former = sa.select(FormerSlug.organisation_id).where(FormerSlug.slug == slug).scalar_subquery()
    return db.session.scalar(
        sa.select(Organisation).where(Organisation.id == former).options(joinedload(Organisation.logo))
    )


def by_number(number: int) -> Organisation | None:
    return db.session.get(Organisation, number, options=[joinedload(Organisation.logo)])


@cache
def _identifiers() -> sa.Select[str, str]:
    query = sa.select(Identifier.scheme, Identifier.value).where(Identifier.organisation_id == sa.bindparam("number"))
    return query.order_by(Identifier.scheme)


def identifiers_of(organisation: Organisation) -> dict[str, str]:
    """The numbers of an organisation in registers, by scheme (PL-KRS), in the order of the schemes' names."""
    return {row.scheme: row.value for row in db.session.execute(_identifiers(), {"number": organisation.id})}


def numbers_by_field(organisation: Organisation) -> dict[str, str]:
    """The same by field of the form (krs), empty where there is none."""
    known = identifiers_of(organisation)
    return {field: known.get(SCHEMES[field], "") for field in FIELDS_OF[organisation.country]}


def with_identifier(scheme: str, value: str) -> int | None:
    """The number of the organisation that has this number in this register."""
    return db.session.scalar(
        sa.select(Identifier.organisation_id).where(Identifier.scheme == scheme, Identifier.value == value)
    )


def visible_to(person: Person | None) -> sa.Select[Organisation]:
    """The organisations that a person may know of: the twin of `policies.may_see`."""
    query = sa.select(Organisation)
    if is_administrator(person):
        return query
    return query.where(
        sa.or_(
            Organisation.status == OrganisationStatus.PUBLISHED,
            Organisation.id.in_(list(roles_anywhere(person))),
        )
    )


def mine(person: Person) -> Sequence[tuple[Organisation, frozenset[str]]]:
    """The organisations in which a person does something, with what it is; the latest change first."""
    roles = roles_anywhere(person)
    query = (
        sa.select(Organisation)
        .where(Organisation.id.in_(list(roles)))
        .order_by(Organisation.updated_at.desc(), Organisation.id.desc())
        .options(joinedload(Organisation.logo))
    )
    return [(organisation, roles[organisation.id]) for organisation in db.session.scalars(query)]


def published_since(moment: dt.datetime | None = None, limit: int = 20) -> Sequence[Organisation]:
    """The profiles that were published last, newest first."""
    query = sa.select(Organisation).where(Organisation.status == OrganisationStatus.PUBLISHED)
    if moment is not None:
        query = query.where(Organisation.published_at >= moment)
    return db.session.scalars(
        query.order_by(Organisation.published_at.desc(), Organisation.id.desc())
        .limit(limit)
        .options(joinedload(Organisation.logo))
    ).all()

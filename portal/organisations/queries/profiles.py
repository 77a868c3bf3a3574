"""Single profiles, and those that a person may see."""

import datetime as dt
from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.db import db
from portal.organisations.models import PUBLIC, FormerSlug, Identifier, Organisation, OrganisationStatus
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
    """The organisation at an address that it once had, or that a profile had which was merged into it."""
    former = sa.select(FormerSlug.organisation_id).where(FormerSlug.slug == slug).scalar_subquery()
    merged = sa.select(Organisation.merged_into_id).where(Organisation.slug == slug).scalar_subquery()
    return db.session.scalar(
        sa.select(Organisation)
        .where(Organisation.id == sa.func.coalesce(merged, former))
        .options(joinedload(Organisation.logo))
    )


def merged_into(organisation: Organisation) -> Sequence[Organisation]:
    """The profiles that have become part of this one, in the order in which they were made."""
    query = sa.select(Organisation).where(Organisation.merged_into_id == organisation.id).order_by(Organisation.id)
    return db.session.scalars(query).all()


def by_number(number: int) -> Organisation | None:
    return db.session.get(Organisation, number, options=[joinedload(Organisation.logo)])


@cache
def _identifiers() -> sa.Select[str, str]:
    query = sa.select(Identifier.scheme, Identifier.value).where(
        Identifier.organisation_id == sa.bindparam("number"), sa.not_(Identifier.retired)
    )
    return query.order_by(Identifier.scheme)


def identifiers_of(organisation: Organisation) -> dict[str, str]:
    """The numbers of an organisation in registers, by scheme (PL-KRS), in the order of the schemes' names."""
    return {row.scheme: row.value for row in db.session.execute(_identifiers(), {"number": organisation.id})}


def with_identifier(scheme: str, value: str) -> int | None:
    """The number of the organisation that has this number in this register."""
    return db.session.scalar(_with_identifier(), {"register": scheme, "number": value})


@cache
def _with_identifier() -> sa.Select[int]:
    return sa.select(Identifier.organisation_id).where(
        Identifier.scheme == sa.bindparam("register"), Identifier.value == sa.bindparam("number"),
        sa.not_(Identifier.retired),
    )  # fmt: skip


def visible_to(person: Person | None) -> sa.Select[Organisation]:
    """The organisations that a person may know of: the twin of `policies.may_see`."""
    query = sa.select(Organisation)
    if is_administrator(person):
        return query.where(Organisation.status != OrganisationStatus.MERGED)
    return query.where(
        sa.or_(
            Organisation.status.in_(PUBLIC),
            Organisation.id.in_(list(roles_anywhere(person))),
        )
    )


def mine(person: Person) -> Sequence[tuple[Organisation, frozenset[str]]]:
    """The organisations in which a person does something, with what it is; the latest change first."""
    roles = roles_anywhere(person)
    if not roles:
        return []
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

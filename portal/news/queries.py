"""Named reads of posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import PortalRole
from portal.core import clock
from portal.core.db import db
from portal.membership.models import NetworkRole
from portal.news.models import Post, PostStatus
from portal.organisations.models import Organisation, OrganisationRole, OrganisationStatus, Role

WRITERS = (Role.OWNER, Role.EDITOR, Role.AUTHOR)
SHOWN = (PostStatus.PUBLISHED, PostStatus.SCHEDULED)  # a scheduled post is public from its moment on, by the clock


@dataclass(frozen=True, slots=True)
class Filters:
    """Which posts: everything by default; `category` is a code of the vocabulary post_category."""

    organisation_id: int | None = None
    network_id: int | None = None
    category: str = ""


def by_slug(slug: str) -> Post | None:
    """The post with its publisher and cover, in whatever state."""
    query = sa.select(Post).where(Post.slug == slug)
    return db.session.scalar(
        query.options(joinedload(Post.organisation), joinedload(Post.network), joinedload(Post.cover))
    )


def public_condition() -> sa.ColumnElement[bool]:
    """Is it public at this moment? For queries that join the organisation."""
    by_public = sa.or_(Post.organisation_id.is_(None), Organisation.status == OrganisationStatus.PUBLISHED)
    return sa.and_(Post.status.in_(SHOWN), Post.publish_at <= clock.now(), by_public)


def visible_to(person: Any) -> sa.ColumnElement[bool]:
    """The twin of the permission to see a post, for lists that join the organisation."""
    if person is None:
        return public_condition()
    administrates = sa.exists().where(PortalRole.person_id == person.id, PortalRole.ended_at.is_(None))
    return sa.or_(public_condition(), _has_role(person), _coordinates(person), administrates)


def _has_role(person: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        OrganisationRole.organisation_id == Post.organisation_id,
        OrganisationRole.person_id == person.id,
        OrganisationRole.ended_at.is_(None),
    )


def _coordinates(person: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        NetworkRole.network_id == Post.network_id, NetworkRole.person_id == person.id, NetworkRole.ended_at.is_(None)
    )


def _public(filters: Filters) -> sa.Select[Post]:
    query = sa.select(Post).outerjoin(Post.organisation).outerjoin(Post.network).where(public_condition())
    if filters.organisation_id is not None:
        query = query.where(Post.organisation_id == filters.organisation_id)
    if filters.network_id is not None:
        query = query.where(Post.network_id == filters.network_id)
    if filters.category:
        query = query.where(Post.category == filters.category)
    return query


def listed(filters: Filters = Filters(), *, offset: int = 0, limit: int = 12) -> Sequence[Post]:
    """Public posts, newest first, with publisher and cover."""
    loaded = (contains_eager(Post.organisation), contains_eager(Post.network), joinedload(Post.cover))
    query = _public(filters).options(*loaded).order_by(Post.publish_at.desc(), Post.id.desc())
    return db.session.scalars(query.offset(offset).limit(limit)).all()


def categories(filters: Filters) -> dict[str, int]:
    """How many public posts there are of each category, whatever category is chosen."""
    base = Filters(filters.organisation_id, filters.network_id)
    query = _public(base).with_only_columns(Post.category, sa.func.count(Post.id)).group_by(Post.category)
    return {row[0]: row[1] for row in db.session.execute(query)}


def latest(limit: int = 3) -> Sequence[Post]:
    """The newest public posts with publisher and cover: for the home page."""
    return listed(limit=limit)


def latest_of_organisation(organisation_id: int, limit: int = 3) -> Sequence[Post]:
    return listed(Filters(organisation_id=organisation_id), limit=limit)


def latest_of_network(network_id: int, limit: int = 3) -> Sequence[Post]:
    return listed(Filters(network_id=network_id), limit=limit)


def written_by_publishers_of(person: Any, status: str = "") -> Sequence[Post]:
    """Posts of every organisation and network that the person writes for, last changed first."""
    writes = sa.exists().where(
        OrganisationRole.organisation_id == Post.organisation_id,
        OrganisationRole.person_id == person.id,
        OrganisationRole.role.in_(WRITERS),
        OrganisationRole.ended_at.is_(None),
    )
    query = sa.select(Post).where(sa.or_(writes, _coordinates(person)))
    if status:
        query = query.where(Post.status == status)
    loaded = (joinedload(Post.organisation), joinedload(Post.network), joinedload(Post.author))
    return db.session.scalars(query.options(*loaded).order_by(Post.updated_at.desc(), Post.id.desc()).limit(200)).all()


def due() -> Sequence[int]:
    """Scheduled posts whose moment has come: the public sees them already, search does not know them yet."""
    query = sa.select(Post.id).where(Post.status == PostStatus.SCHEDULED, Post.publish_at <= clock.now())
    return db.session.scalars(query.order_by(Post.publish_at, Post.id)).all()


def public_posts() -> Sequence[Post]:
    """Every public post, for search and sitemap."""
    query = sa.select(Post).outerjoin(Post.organisation).where(public_condition()).order_by(Post.id)
    return db.session.scalars(query).all()

"""Named reads of posts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import Person, PortalRole
from portal.ground import clock
from portal.ground.db import UtcDateTime, db
from portal.membership.models import Network, NetworkRole
from portal.membership.queries import coordinated_networks
from portal.news.models import Post, PostStatus
from portal.organisations.models import PUBLIC, Organisation, OrganisationRole, OrganisationStatus, Role
from portal.organisations.places import ZONE_OF
from portal.organisations.queries import roles_anywhere
from portal.words.i18n import Localized

WRITERS = (Role.OWNER, Role.EDITOR, Role.AUTHOR)
HIDDEN = tuple(status for status in OrganisationStatus if status not in PUBLIC)
SHOWN = (PostStatus.PUBLISHED, PostStatus.SCHEDULED)  # a scheduled post is public from its moment on, by the clock
_OFF = tuple(status for status in PostStatus if status not in SHOWN)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which posts: everything by default; `category` is a code of the vocabulary post_category."""

    organisation_id: int | None = None
    network_id: int | None = None
    category: str = ""


EVERYTHING = Filters()


def by_slug(slug: str) -> Post | None:
    """The post with its publisher and cover, in whatever state."""
    return db.session.scalar(_by_slug(), {"slug": slug})


@cache
def _by_slug() -> sa.Select[Post]:
    query = sa.select(Post).where(Post.slug == sa.bindparam("slug"))
    return query.options(joinedload(Post.organisation), joinedload(Post.network), joinedload(Post.cover))


def public_condition(now: dt.datetime | sa.ColumnElement[dt.datetime] | None = None) -> sa.ColumnElement[bool]:
    """Is it public at `now` (a moment or a bound parameter; by default the present)? For queries that join the organisation."""
    by_public = sa.or_(Post.organisation_id.is_(None), Organisation.status.in_(PUBLIC))
    # Said by what it is not, so that a list is read in the order of its index: with two states to look for in another one,
    # SQLite sorts ten thousand posts with all their words to show three.
    shown = Post.status.not_in(_OFF)
    return sa.and_(shown, Post.publish_at <= (clock.now() if now is None else now), by_public)


def visible_to(person: Person | None) -> sa.ColumnElement[bool]:
    """The twin of the permission to see a post, for lists that join the organisation."""
    if person is None:
        return public_condition()
    administrates = sa.exists().where(PortalRole.person_id == person.id, PortalRole.is_open)
    return sa.or_(public_condition(), _has_role(person), _coordinates(person), administrates)


def _has_role(person: Person) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        OrganisationRole.organisation_id == Post.organisation_id,
        OrganisationRole.person_id == person.id,
        OrganisationRole.is_open,
    )


def _coordinates(person: Person) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        NetworkRole.network_id == Post.network_id, NetworkRole.person_id == person.id, NetworkRole.is_open
    )


# A statement costs more to build than to run, so each shape of list is built once and gets its values bound.


@cache
def _public(by_organisation: bool, by_network: bool, by_category: bool) -> sa.Select[Post]:
    query = sa.select(Post).outerjoin(Post.organisation).outerjoin(Post.network)
    query = query.where(public_condition(sa.bindparam("now", type_=UtcDateTime)))
    if by_organisation:
        query = query.where(Post.organisation_id == sa.bindparam("organisation_id"))
    if by_network:
        query = query.where(Post.network_id == sa.bindparam("network_id"))
    return query.where(Post.category == sa.bindparam("category")) if by_category else query


@cache
def _listed(*shape: bool) -> sa.Select[Post]:
    loaded = (contains_eager(Post.organisation), contains_eager(Post.network), joinedload(Post.cover))
    query = _public(*shape).options(*loaded).order_by(Post.publish_at.desc(), Post.id.desc())
    return query.offset(sa.bindparam("first", type_=sa.Integer)).limit(sa.bindparam("most", type_=sa.Integer))


@cache
def _categories(by_organisation: bool, by_network: bool) -> sa.Select[str, int]:
    """Counted without a look at each publisher: those whose posts are not public are few, or their posts are."""
    hidden = sa.select(Organisation.id).where(Organisation.status.in_(HIDDEN))
    by_public = sa.or_(Post.organisation_id.is_(None), Post.organisation_id.not_in(hidden))
    query = sa.select(Post.category, sa.func.count()).group_by(Post.category)
    query = query.where(Post.status.in_(SHOWN), Post.publish_at <= sa.bindparam("now", type_=UtcDateTime), by_public)
    if by_organisation:
        query = query.where(Post.organisation_id == sa.bindparam("organisation_id"))
    return query.where(Post.network_id == sa.bindparam("network_id")) if by_network else query


def _values(filters: Filters) -> dict[str, object]:
    given = {
        "organisation_id": filters.organisation_id,
        "network_id": filters.network_id,
        "category": filters.category or None,
    }
    return {"now": clock.now(), **{name: value for name, value in given.items() if value is not None}}


def listed(filters: Filters = EVERYTHING, *, offset: int = 0, limit: int = 12) -> Sequence[Post]:
    """Public posts, newest first, with publisher and cover."""
    statement = _listed(filters.organisation_id is not None, filters.network_id is not None, bool(filters.category))
    return db.session.scalars(statement, {**_values(filters), "first": offset, "most": limit}).all()


def categories(filters: Filters) -> dict[str, int]:
    """How many public posts there are of each category, whatever category is chosen."""
    base = Filters(filters.organisation_id, filters.network_id)
    statement = _categories(base.organisation_id is not None, base.network_id is not None)
    return {row[0]: row[1] for row in db.session.execute(statement, _values(base))}


class Headline(NamedTuple):
    """A public post as a short list of the latest ones shows it."""

    slug: str
    title: Localized
    lead: Localized
    publish_at: dt.datetime
    publisher: Localized
    zone: str


@cache
def _headlines(
    by_organisation: bool = False, by_network: bool = False
) -> sa.Select[str, Localized, Localized, dt.datetime | None, Localized, str]:
    country_zone = sa.case(ZONE_OF, value=Organisation.country, else_="Europe/Warsaw")
    publisher = sa.func.coalesce(Network.name, Organisation.name)
    zone = sa.func.coalesce(Network.timezone, country_zone)
    shown = (Post.slug, Post.title, Post.lead, Post.publish_at, publisher, zone)
    query = _public(by_organisation, by_network, False).with_only_columns(*shown)
    return query.order_by(Post.publish_at.desc(), Post.id.desc()).limit(sa.bindparam("most", type_=sa.Integer))


def latest(limit: int = 3) -> Sequence[Headline]:
    """The newest public posts: for the home page."""
    rows = db.session.execute(_headlines(), {"now": clock.now(), "most": limit})
    return [Headline._make(row) for row in rows]


def latest_of_organisation(organisation_id: int, limit: int = 3) -> Sequence[Headline]:
    values = {"now": clock.now(), "most": limit, "organisation_id": organisation_id}
    return [Headline._make(row) for row in db.session.execute(_headlines(by_organisation=True), values)]


def latest_of_network(network_id: int, limit: int = 3) -> Sequence[Headline]:
    """The newest public posts that a network has written itself."""
    values = {"now": clock.now(), "most": limit, "network_id": network_id}
    return [Headline._make(row) for row in db.session.execute(_headlines(by_network=True), values)]


def written_by_publishers_of(person: Person, status: str = "", *, offset: int = 0, limit: int = 200) -> Sequence[Post]:
    """Posts of every organisation and network that the person writes for, last changed first: a part of the list."""
    query = sa.select(Post).where(_written_for(person))
    if status:
        query = query.where(Post.status == status)
    loaded = (joinedload(Post.organisation), joinedload(Post.network), joinedload(Post.author))
    ordered = query.options(*loaded).order_by(Post.updated_at.desc(), Post.id.desc())
    return db.session.scalars(ordered.offset(offset).limit(limit)).all()


def numbers_written(person: Person) -> Mapping[str, int]:
    """How many posts of each state `written_by_publishers_of` has."""
    counted = sa.select(Post.status, sa.func.count()).where(_written_for(person)).group_by(Post.status)
    return dict.fromkeys(map(str, PostStatus), 0) | {row[0]: row[1] for row in db.session.execute(counted)}


def _written_for(person: Person) -> sa.ColumnElement[bool]:
    """Posts of publishers that the person writes for; their numbers, so that the indexes of publishers are used."""
    organisations = [number for number, roles in roles_anywhere(person).items() if roles & {*WRITERS}]
    networks = [network.id for network in coordinated_networks(person)]
    return sa.or_(Post.organisation_id.in_(organisations), Post.network_id.in_(networks))


def has_written(person_id: int) -> bool:
    """Does a post name this person as its author?"""
    return db.session.scalar(sa.select(Post.id).where(Post.author_id == person_id).limit(1)) is not None


def due() -> Sequence[int]:
    """Scheduled posts whose moment has come: the public sees them already, search does not know them yet."""
    query = sa.select(Post.id).where(Post.status == PostStatus.SCHEDULED, Post.publish_at <= clock.now())
    return db.session.scalars(query.order_by(Post.publish_at, Post.id)).all()


def public_ids() -> sa.Select[int]:
    """The numbers of the public posts."""
    return sa.select(Post.id).outerjoin(Post.organisation).where(public_condition())


def published_by(organisation_id: int) -> Sequence[Post]:
    """All posts of an organisation that it has published, whether its profile is public or not."""
    return db.session.scalars(
        sa.select(Post).where(Post.organisation_id == organisation_id, Post.status == PostStatus.PUBLISHED)
    ).all()

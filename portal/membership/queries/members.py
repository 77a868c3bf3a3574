"""Who is in which network. Public lists show active memberships of organisations whose profile is published."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.ground.db import db
from portal.membership.models import Membership, MembershipStatus, Network
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words.i18n import Localized, current_language

_PUBLIC = (Membership.status == MembershipStatus.ACTIVE, Organisation.status == OrganisationStatus.PUBLISHED)


def count_of_members(network_id: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int]) -> sa.ScalarSelect[int]:
    """The number of public members of a network, as part of another query."""
    return (
        sa.select(sa.func.count())
        .select_from(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.network_id == network_id, *_PUBLIC)
        .correlate(Network)
        .scalar_subquery()
    )


def member_counts(network_ids: Collection[int]) -> Mapping[int, int]:
    """The number of public members of each of these networks."""
    rows = db.session.execute(
        sa.select(Membership.network_id, sa.func.count().label("members"))
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.network_id.in_(network_ids), *_PUBLIC)
        .group_by(Membership.network_id)
    )
    return dict.fromkeys(network_ids, 0) | {row.network_id: row.members for row in rows}


def member_count(network: Network) -> int:
    return member_counts([network.id])[network.id]


def active_members(network: Network, *, limit: int | None = None, offset: int = 0) -> Sequence[Organisation]:
    """Public members of a network in the alphabet of the page's language."""
    order = {"pl": Organisation.sort_pl, "bg": Organisation.sort_bg, "en": Organisation.sort_en}[current_language()]
    query = (
        sa.select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.network_id == network.id, *_PUBLIC)
        .order_by(order, Organisation.id)
        .options(joinedload(Organisation.logo))
        .offset(offset)
    )
    return db.session.scalars(query.limit(limit) if limit is not None else query).all()


def networks_of(organisation_ids: Collection[int]) -> Mapping[int, Sequence[Network]]:
    """The networks that each of these organisations is an active member of; one query for all of them."""
    found: dict[int, list[Network]] = {organisation_id: [] for organisation_id in organisation_ids}
    if not found:
        return found
    rows = db.session.execute(
        sa.select(Membership.organisation_id, Network)
        .join(Network, Network.id == Membership.network_id)
        .where(Membership.organisation_id.in_(found), Membership.status == MembershipStatus.ACTIVE)
        .order_by(Network.id)
    )
    for organisation_id, network in rows:
        found[organisation_id].append(network)
    return found


@dataclass(frozen=True, slots=True)
class MemberOf:
    """One network that an organisation is in, for its public page."""

    slug: str
    name: Localized
    since: dt.datetime


_MEMBER_OF = (
    sa.select(Network.slug, Network.name, Membership.decided_at, Membership.applied_at)
    .join(Membership, Membership.network_id == Network.id)
    .where(Membership.organisation_id == sa.bindparam("organisation"), Membership.status == MembershipStatus.ACTIVE)
    .order_by(Membership.decided_at, Membership.id)
)


def member_of(organisation: Organisation) -> Sequence[MemberOf]:
    """The networks that an organisation is an active member of, oldest membership first."""
    rows = db.session.execute(_MEMBER_OF, {"organisation": organisation.id})
    return [MemberOf(slug, name, decided or applied) for slug, name, decided, applied in rows]


_FACET = sa.select(Network.slug, Network.name, count_of_members(Network.id).label("members"))


def network_facet() -> Sequence[tuple[str, Localized, int]]:
    """(slug, name, number of public members) of every network, for the filters of the directory."""
    return [(slug, name, count) for slug, name, count in db.session.execute(_FACET)]


def member_ids(network_slug: str) -> Sequence[int] | None:
    """The numbers of the public members of a network, or None when there is no such network."""
    is_member = sa.and_(Membership.network_id == Network.id, Membership.status == MembershipStatus.ACTIVE)
    is_public = sa.and_(
        Organisation.id == Membership.organisation_id, Organisation.status == OrganisationStatus.PUBLISHED
    )
    numbers: Sequence[int | None] = db.session.scalars(
        sa.select(Organisation.id)
        .select_from(Network)
        .outerjoin(Membership, is_member)
        .outerjoin(Organisation, is_public)
        .where(Network.slug == network_slug)
    ).all()
    return [number for number in numbers if number is not None] if numbers else None

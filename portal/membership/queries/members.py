"""Who is in which network. Public lists show active memberships of organisations whose profile is published."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from portal.ground.db import db
from portal.membership.models import KIND, Membership, MembershipStatus, Network, NetworkSize
from portal.organisations.models import ASIDE, PUBLIC, Listing, Organisation
from portal.words import search
from portal.words.i18n import Localized, current_language

_PUBLIC = (Membership.status == MembershipStatus.ACTIVE, Organisation.status.in_(PUBLIC))


def counted_members(network_id: int | InstrumentedAttribute[int]) -> sa.Select[int]:
    """The number of public members of a network, from the memberships themselves: what `NetworkSize` keeps."""
    return (
        sa.select(sa.func.count())
        .select_from(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.network_id == network_id, *_PUBLIC)
    )


def member_count(network: Network) -> int:
    """The number of public members of a network."""
    kept = sa.select(NetworkSize.members).where(NetworkSize.network_id == network.id)
    return db.session.scalar(kept) or 0


def confirmed_members(network_id: int, since: dt.datetime) -> int:
    """How many public members have said since a moment that their profile is right."""
    counted = counted_members(network_id).where(Organisation.confirmed_at >= since)
    return db.session.scalar(counted) or 0


def active_members(network: Network, *, limit: int | None = None, offset: int = 0) -> Sequence[Organisation]:
    """Public members of a network in the alphabet of the page's language."""
    part = _ordered(network.id).offset(offset).limit(limit).subquery()
    query = sa.select(Organisation).join(part, part.c.organisation_id == Organisation.id)
    return db.session.scalars(
        query.order_by(part.c.place, Organisation.id).options(joinedload(Organisation.logo))
    ).all()


def member_names(network_id: int, *, limit: int) -> Sequence[Localized]:
    """The names of public members of a network in the alphabet of the page's language."""
    part = _ordered(network_id).limit(limit).subquery()
    query = sa.select(Organisation.name).join(part, part.c.organisation_id == Organisation.id)
    return db.session.scalars(query.order_by(part.c.place, Organisation.id)).all()


def _ordered(network_id: int) -> sa.Select[int, bytes]:
    """The public members of a network in order, without their texts: a row of the directory is short."""
    place = getattr(Listing, f"sort_{current_language()}")
    return (
        sa.select(Listing.organisation_id, place.label("place"))
        .join(Membership, Membership.organisation_id == Listing.organisation_id)
        .where(
            Membership.network_id == network_id,
            Membership.status == MembershipStatus.ACTIVE,
            Listing.theme.in_(("", ASIDE)),
        )
        .order_by(place, Listing.organisation_id)
    )


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
class NetworkChoices:
    """Some networks to choose from: (slug, name, number), and whether there are more than these."""

    options: Sequence[tuple[str, Localized, int]]
    is_more: bool


OFFERED = 12  # networks that a facet offers; the others are found by their names


def network_choices(numbers: Mapping[int, int], words: str = "", chosen: str = "") -> NetworkChoices:
    """The networks with the largest `numbers` (by network) of those that `words` find; the `chosen` one is among them."""
    found = set(numbers)
    if words:
        found &= set(db.session.scalars(search.matching_ids(words, KIND)))
    first = sorted(found, key=lambda network_id: (-numbers[network_id], network_id))[: OFFERED + 1]
    wanted = sa.or_(Network.id.in_(first[:OFFERED]), Network.slug == chosen)
    rows = db.session.execute(sa.select(Network.id, Network.slug, Network.name).where(wanted))
    named = sorted(
        ((numbers.get(row[0], 0), row[0], row[1], row[2]) for row in rows), key=lambda one: (-one[0], one[1])
    )
    return NetworkChoices([(slug, name, number) for number, _id, slug, name in named], is_more=len(first) > OFFERED)

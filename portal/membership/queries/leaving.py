"""What somebody who leaves the portal leaves behind in networks."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from portal.ground.db import db
from portal.membership.models import MembershipEvent, Network, NetworkRole, Review


def open_roles_of(person_id: int) -> Sequence[NetworkRole]:
    """The open roles of a person in networks."""
    return db.session.scalars(
        sa.select(NetworkRole)
        .where(NetworkRole.person_id == person_id, NetworkRole.is_open)
        .order_by(NetworkRole.network_id)
    ).all()


def coordinated_by_nobody_else(person_id: int) -> Sequence[Network]:
    """The networks that this person coordinates alone."""
    own, other = (
        sa.select(NetworkRole.network_id).where(NetworkRole.is_open, whose)
        for whose in (NetworkRole.person_id == person_id, NetworkRole.person_id != person_id)
    )
    query = sa.select(Network).where(Network.id.in_(own), Network.id.not_in(other))
    return db.session.scalars(query.order_by(Network.id)).all()


def has_decided(person_id: int) -> bool:
    """Does the record of an application or a review name this person?"""
    steps = sa.select(MembershipEvent.id).where(MembershipEvent.actor_id == person_id)
    reviews = sa.select(Review.id).where(sa.or_(Review.requested_by == person_id, Review.decided_by == person_id))
    return any(db.session.scalar(query.limit(1)) is not None for query in (steps, reviews))


def with_contact(addresses: Collection[str]) -> Sequence[Network]:
    """The networks whose contact address is one of these."""
    return db.session.scalars(
        sa.select(Network).where(sa.func.lower(Network.contact_email).in_(addresses)).order_by(Network.id)
    ).all()

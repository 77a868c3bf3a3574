"""Keeping the number of public members of each network true: active memberships of organisations that are published."""

from collections.abc import Mapping

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import engine_name, insert_into
from portal.membership import queries
from portal.membership.models import Membership, MembershipStatus, Network, NetworkSize
from portal.organisations import services as organisations
from portal.organisations.models import PUBLIC

ACTIVE = MembershipStatus.ACTIVE


def follow_step(membership: Membership, before: str | None, to: str) -> None:
    """Count a membership that began or ended. Its organisation is locked: it cannot go off the site meanwhile."""
    change = (to == ACTIVE) - (before == ACTIVE)
    if change and membership.organisation.status in PUBLIC:
        _count({membership.network_id: change})
        organisations.follow([membership.organisation_id])


def follow_publicity(organisation_id: int, *, is_public: bool) -> None:
    """Count an organisation that went on or off the site in all its networks (inside the transaction that locked it)."""
    networks = sa.select(Membership.network_id).where(
        Membership.organisation_id == organisation_id, Membership.status == ACTIVE
    )
    _count(dict.fromkeys(db.session.scalars(networks), 1 if is_public else -1))


def recount(network_id: int) -> None:
    """Count the members of a network anew, when those who are counting have ended. Inside a transaction."""
    _row(network_id)
    if db.session.get(Network, network_id) is None:
        return
    db.session.execute(sa.select(NetworkSize.members).where(NetworkSize.network_id == network_id).with_for_update())
    _set(network_id, db.session.scalar(queries.counted_members(network_id)) or 0)


def _count(changes: Mapping[int, int]) -> None:
    """Add to the counts, network by network in one order for everybody, so that two use-cases cannot wait for each other."""
    for network_id, change in sorted(changes.items()):
        _row(network_id)
        _set(network_id, NetworkSize.members + change)


def _row(network_id: int) -> None:
    """Networks that older nodes have made have none yet."""
    known = sa.select(Network.id, sa.literal(0)).where(Network.id == network_id)
    new = insert_into(NetworkSize, engine_name()).from_select(["network_id", "members"], known)
    db.session.execute(new.on_conflict_do_nothing(index_elements=["network_id"]))


def _set(network_id: int, members: int | sa.ColumnElement[int]) -> None:
    db.session.execute(sa.update(NetworkSize).where(NetworkSize.network_id == network_id).values(members=members))

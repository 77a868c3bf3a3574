"""Many networks and memberships at once: for a large demo. Everything a single one gets, in batches, but mails.

There is no audit entry: nobody did this.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from portal.ground.db import transaction
from portal.ground.statements import in_batches, insert_rows
from portal.membership.findable import document
from portal.membership.models import Membership, MembershipEvent, MembershipStatus, Network
from portal.membership.services.sizes import recount
from portal.membership.services.states import MEMBERSHIPS
from portal.organisations import services as organisations
from portal.words import search
from portal.words.i18n import Localized
from portal.words.slugs import FreeSlugs

BATCH = 1000


@dataclass(frozen=True, slots=True)
class BulkNetwork:
    """A network that asks nothing. `description` is clean HTML already."""

    name: Localized
    summary: Localized
    description: Localized
    timezone: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class BulkMember:
    """An organisation that is in a network since a moment."""

    network_id: int
    organisation_id: int
    since: dt.datetime


def bulk_create_networks(rows: Iterable[BulkNetwork]) -> list[int]:
    """Make networks, with addresses that follow from their names; returns their numbers in the same order."""
    slugs = FreeSlugs(Network.slug)
    numbers: list[int] = []
    for batch in in_batches(rows, BATCH):
        networks = [_network(row, slugs.take(row.name.source)) for row in batch]
        with transaction() as session:
            insert_rows(networks)
            stored = sa.select(Network).where(Network.id.in_([network.id for network in networks]))
            search.index(
                document(network) for network in session.scalars(stored)
            )  # texts in the order they are stored in
        numbers += [network.id for network in networks]
    return numbers


def bulk_join(rows: Iterable[BulkMember]) -> int:
    """Let organisations be in networks, each with the one step that led there; returns how many memberships were made."""
    total, joined = 0, set[int]()
    for batch in in_batches(rows, BATCH):
        with transaction():
            memberships = [_membership(row) for row in batch]
            insert_rows(memberships)
            insert_rows([_step(membership) for membership in memberships])
            organisations.follow({row.organisation_id for row in batch})
        total += len(batch)
        joined |= {row.network_id for row in batch}
    for network_id in sorted(joined):
        with transaction():
            recount(network_id)
    organisations.keep_up()
    return total


def _network(row: BulkNetwork, slug: str) -> Network:
    return Network(
        slug=slug, name=row.name, summary=row.summary, description=row.description, timezone=row.timezone,
        contact_email="", row_version=1, created_at=row.made_at, updated_at=row.made_at,
    )  # fmt: skip


def _membership(row: BulkMember) -> Membership:
    return Membership(
        network_id=row.network_id, organisation_id=row.organisation_id, applied_at=row.since, decided_at=row.since,
        status=MEMBERSHIPS.born(MembershipStatus.ACTIVE), row_version=1, created_at=row.since, updated_at=row.since,
    )  # fmt: skip


def _step(membership: Membership) -> MembershipEvent:
    return MembershipEvent(
        membership_id=membership.id, from_status="", to_status=membership.status, at=membership.applied_at
    )

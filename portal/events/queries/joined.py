"""What an organisation has joined: its networks, and what takes place there and with itself next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from portal.events.models import Event
from portal.events.queries.events import COMING, Coming
from portal.ground import clock
from portal.ground.db import db
from portal.ground.statements import table
from portal.membership.models import Membership, MembershipStatus, Network
from portal.organisations.models import Organisation
from portal.words.i18n import Localized

NEXT = 3


@dataclass(frozen=True, slots=True)
class MemberOf:
    """One network that an organisation is in, for its public page."""

    slug: str
    name: Localized
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """The networks that an organisation is an active member of, oldest membership first, and the next events of these and
    of its own."""

    networks: Sequence[MemberOf]
    coming: Sequence[Coming]


@cache
def _rows() -> sa.CompoundSelect[bool, int, str, Localized, dt.datetime, dt.datetime, str, str, str]:
    """Whether it is a network, then the number of its membership, its slug, its name and since when; or a `Coming`."""
    member = table(Membership)
    active = sa.and_(
        member.c.organisation_id == sa.bindparam("organisation"), member.c.status == MembershipStatus.ACTIVE
    )
    event = table(Event)
    of_networks = sa.exists().where(member.c.network_id == event.c.network_id, active)
    own = event.c.organisation_id == sa.bindparam("organisation")
    next_ones = COMING.where(sa.or_(own, of_networks)).subquery()
    since = sa.func.coalesce(member.c.decided_at, member.c.applied_at)
    networks = sa.select(
        sa.true(),
        member.c.id,
        Network.slug,
        Network.name,
        since,
        since,
        Network.timezone,
        sa.literal("", sa.String),
        sa.literal("", sa.String),
    ).join(Network, Network.id == member.c.network_id)
    return sa.union_all(sa.select(sa.false(), next_ones), networks.where(active))


def joined_by(organisation: Organisation) -> Joined:
    """Both, in one read."""
    values = {"organisation": organisation.id, "now": clock.now(), "most": NEXT}
    rows = sorted(db.session.execute(_rows(), values), key=lambda row: (row[4], row[1]))
    networks = [MemberOf(*row[2:5]) for row in rows if row[0]]
    return Joined(networks, [Coming._make(row[1:]) for row in rows if not row[0]])

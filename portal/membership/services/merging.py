"""When two profiles become one: the memberships and reviews of the lost one are the kept one's."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.states import change_state
from portal.membership.models import Membership, MembershipStatus, Review
from portal.membership.services.sizes import recount
from portal.membership.services.states import MEMBERSHIPS, MERGE

S = MembershipStatus
_BETTER = (S.ACTIVE, S.SUBMITTED, S.MORE_INFO)  # which of two open ones in the same network stays
_UNSYNCED = {"synchronize_session": False}
_ENDS = {S.ACTIVE: S.RESIGNED, S.SUBMITTED: S.WITHDRAWN, S.MORE_INFO: S.WITHDRAWN}


def follow_merge(lost_id: int, kept_id: int) -> None:
    """Hand everything over (inside the transaction that holds both); of two open in one network the better one stays.

    The other one ends, with its history, and nobody is written to: nobody resigned.
    """
    rows = db.session.scalars(
        sa.select(Membership)
        .where(Membership.organisation_id.in_((lost_id, kept_id)))
        .order_by(Membership.id)
        .options(joinedload(Membership.organisation))
        .with_for_update(of=Membership)
        .execution_options(populate_existing=True)
    ).all()
    for lost, kept in _doubles(rows, lost_id):
        worse = kept if _BETTER.index(S(lost.status)) < _BETTER.index(S(kept.status)) else lost
        change_state(MEMBERSHIPS, worse, _ENDS[S(worse.status)], by=PORTAL, side=MERGE)
    networks = sorted({row.network_id for row in rows})
    same = {"updated_at": Membership.updated_at}  # nobody edited it
    theirs = sa.update(Membership).where(Membership.organisation_id == lost_id)
    db.session.execute(theirs.values(organisation_id=kept_id, **same), execution_options=_UNSYNCED)
    reviews = sa.update(Review).where(Review.organisation_id == lost_id)
    db.session.execute(reviews.values(organisation_id=kept_id), execution_options=_UNSYNCED)
    db.session.expire_all()
    for network_id in networks:
        recount(network_id)


def _doubles(rows: Sequence[Membership], lost_id: int) -> list[tuple[Membership, Membership]]:
    still = [row for row in rows if row.status in _BETTER]
    kept = {row.network_id: row for row in still if row.organisation_id != lost_id}
    return [(row, kept[row.network_id]) for row in still if row.organisation_id == lost_id and row.network_id in kept]


def going_over(lost_id: int) -> int:
    """How many memberships and applications `follow_merge` would hand over. Reads only."""
    counted = sa.select(sa.func.count()).where(Membership.organisation_id == lost_id)
    return db.session.scalar(counted) or 0

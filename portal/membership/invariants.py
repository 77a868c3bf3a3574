"""What must be true of networks, memberships and reviews."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.accounts.invariants import of_roles
from portal.ground.checks import Check, rows
from portal.ground.db import db
from portal.membership.findable import document, public
from portal.membership.models import KIND, Membership, MembershipEvent, Network, NetworkRole, NetworkSize, Review
from portal.membership.queries import counted_members
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words import search

_LAST = (
    sa.select(MembershipEvent.to_status)
    .where(MembershipEvent.membership_id == Membership.id)
    .order_by(MembershipEvent.id.desc())
    .limit(1)
    .scalar_subquery()
)
_OPEN_REVIEW = sa.exists().where(Review.organisation_id == Organisation.id, Review.decided_at.is_(None))
_OUT_OF_ORDER = sa.exists().where(
    Organisation.id == Review.organisation_id, Organisation.status != OrganisationStatus.PENDING
)


def _documents(numbers: list[int]) -> list[search.Document]:
    return [document(one) for one in db.session.scalars(sa.select(Network).where(Network.id.in_(numbers)))]


@cache
def checks() -> Sequence[Check]:
    return (
        *of_roles("membership.role", NetworkRole, NetworkRole.network_id),
        rows(
            "membership.size", NetworkSize, "The members of a network are counted wrongly (portal counters rebuild).",
            NetworkSize.members != counted_members(NetworkSize.network_id).scalar_subquery(),
        ),
        rows(
            "membership.history", Membership, "The history of a membership ends in another state.",
            _LAST.is_not(None), Membership.status != _LAST,
        ),
        rows(
            "membership.review-undecided", Review, "A review has an outcome and no day, or a day and no outcome.",
            sa.or_(
                sa.and_(Review.decided_at.is_(None), Review.outcome != ""),
                sa.and_(Review.decided_at.is_not(None), Review.outcome == ""),
            ),
        ),
        rows(
            "membership.review-of-nothing", Review, "A review is open of a profile that does not wait for one.",
            Review.decided_at.is_(None), _OUT_OF_ORDER,
        ),
        rows(
            "membership.waits-for-nobody", Organisation, "A profile waits for a review that nobody was asked for.",
            Organisation.status == OrganisationStatus.PENDING, ~_OPEN_REVIEW,
        ),
        *search.in_step(KIND, public, _documents),
    )  # fmt: skip

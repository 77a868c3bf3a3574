"""When two people turn out to be one, and when somebody leaves the portal."""

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import transaction
from portal.trust.models import Claim, Patronage, Registering, Verification, Vouch, VouchRequest

_TRACES = (
    VouchRequest.asked_by, Vouch.person_id, Patronage.asked_by, Patronage.accepted_by, Patronage.ended_by,
    Registering.asked_by, Registering.decided_by, Claim.claimant_id, Claim.objected_by, Claim.decided_by,
    Verification.checked_by,
)  # fmt: skip


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one person did is the other's from now on. A group for which both vouched has one vouch of theirs."""
    with transaction() as session:
        mine = sa.select(Vouch.organisation_id).where(Vouch.person_id == kept_id, Vouch.ended_at.is_(None))
        doubled = session.scalars(
            sa.select(Vouch.id).where(
                Vouch.person_id == gone_id, Vouch.ended_at.is_(None), Vouch.organisation_id.in_(mine)
            )
        ).all()
        session.execute(sa.update(Vouch).where(Vouch.id.in_(doubled)).values(ended_at=clock.now()))
        for column in _TRACES:
            session.execute(sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}))

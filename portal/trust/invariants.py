"""What must be true of vouches, claims and checks."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.ground.checks import Check, rows
from portal.trust.models import OPEN_CLAIM, Claim, ClaimStatus, Patronage, Verification


def checks() -> Sequence[Check]:
    return (
        rows(
            "trust.claim-undecided", Claim, "A claim is decided and has no day, or is open and has one.",
            sa.case((Claim.status.in_(OPEN_CLAIM), Claim.decided_at.is_not(None)), else_=Claim.decided_at.is_(None)),
        ),
        rows(
            "trust.claim-without-end", Claim, "A claim waits for an objection and nobody knows until when.",
            Claim.status == ClaimStatus.WAITING, Claim.objection_until.is_(None),
        ),
        rows(
            "trust.patron-unasked", Patronage, "A patronage was accepted by somebody and has no day.",
            Patronage.accepted_by.is_not(None), Patronage.accepted_at.is_(None),
        ),
        rows(
            "trust.check-ends-early", Verification, "A check ends before it was made.",
            Verification.valid_until <= Verification.at,
        ),
    )  # fmt: skip

"""When two people turn out to be one."""

import sqlalchemy as sa

from portal.ground.db import db
from portal.merging.models import MergeRequest


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one has asked or answered is the other's (inside a transaction)."""
    for column in (MergeRequest.requested_by, MergeRequest.decided_by):
        db.session.execute(sa.update(MergeRequest).where(column == gone_id).values({column.key: kept_id}))

"""When two accounts turn out to be of one person."""

import sqlalchemy as sa

from portal.ground.db import db
from portal.imports.models import ImportBatch


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one has brought in is the other's (inside a transaction)."""
    db.session.execute(sa.update(ImportBatch).where(ImportBatch.by_id == gone_id).values(by_id=kept_id))

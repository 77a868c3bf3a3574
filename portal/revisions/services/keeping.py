"""How long revisions are kept, and what becomes of them when two people turn out to be one."""

import datetime as dt

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db, transaction
from portal.revisions import queries
from portal.revisions.models import Revision

KEPT_MONTHS = 24  # each one; of those that are older, the first of a thing and the last of each month
BATCH = 500
_MONTH = dt.timedelta(days=31)


def thin_out() -> int:
    """Let go of old revisions but the first of a thing and the last of each month; returns how many. For the worker.

    In batches, each a transaction of its own, so that nobody waits long for the lock.
    """
    limit = clock.now() - KEPT_MONTHS * _MONTH
    gone, place = 0, ("", 0, 0)
    while rows := queries.old(limit, place, BATCH):
        place = (rows[-1].kind, rows[-1].object_id, rows[-1].n)
        following = [*rows[1:], *queries.old(limit, place, 1)]
        leaving = [
            row.id
            for row, later in zip(rows, following, strict=False)
            if row.n > 1
            and (row.kind, row.object_id) == (later.kind, later.object_id)
            and _month(row.at) == _month(later.at)
        ]
        if leaving:
            with transaction() as session:
                session.execute(sa.delete(Revision).where(Revision.id.in_(leaving)))
        gone += len(leaving)
    return gone


def _month(moment: dt.datetime) -> tuple[int, int]:
    return moment.year, moment.month


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """Two people are one: what one has written is the other's (inside a transaction)."""
    db.session.execute(sa.update(Revision).where(Revision.person_id == gone_id).values(person_id=kept_id))

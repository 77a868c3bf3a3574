"""Noting which organisations of the directory are other than before, for the next look of the searches."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.statements import changed_rows, engine_name, insert_into
from portal.saved import queries
from portal.saved.models import DirectoryNews

# A change is noted at the time of its transaction and seen when that ends: a look begins so much before the last one.
OVERLAP = dt.timedelta(hours=1)
KEPT = dt.timedelta(days=35)  # a search that nothing could be told for so long begins with what is new then


def note(numbers: Collection[int]) -> None:
    """These organisations are other than before (inside the transaction that changes them)."""
    new = insert_into(DirectoryNews, engine_name())
    later = new.on_conflict_do_update(index_elements=["organisation_id"], set_={"changed_at": new.excluded.changed_at})
    now = clock.now()
    rows = [{"organisation_id": number, "changed_at": now} for number in sorted(numbers)]
    if rows:
        db.session.execute(later, rows)


def forget_news() -> int:
    """Forget changes that every search has looked at, and those too old to be told; returns how many."""
    now = clock.now()
    waits = queries.oldest_look() or now
    before = max(min(waits, now) - OVERLAP, now - KEPT)
    with transaction() as session:
        return changed_rows(session, sa.delete(DirectoryNews).where(DirectoryNews.changed_at < before))

"""What becomes of events when something becomes of the organisation that they belong to."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.events import queries
from portal.events.models import KIND, Event
from portal.events.services.editing import reindex
from portal.ground.db import db
from portal.words import search


def follow_host(organisation_id: int, *, is_public: bool) -> None:
    """Let search find the public events of an organisation, or no longer (inside a transaction)."""
    for event in _public_of(organisation_id):
        if is_public:
            reindex(event)
        else:
            search.remove(KIND, event.id)


def follow_merge(lost_id: int, kept_id: int) -> None:
    """Hand all events over, as they are (inside the transaction that holds both profiles)."""
    events = sa.update(Event).where(Event.organisation_id == lost_id)
    same = {"updated_at": Event.updated_at}  # nobody edited them
    db.session.execute(events.values(organisation_id=kept_id, **same), execution_options={"synchronize_session": False})
    db.session.expire_all()
    for event in _public_of(kept_id):
        reindex(event)


def going_over(lost_id: int) -> int:
    """How many events `follow_merge` would hand over. Reads only."""
    return db.session.scalar(sa.select(sa.func.count()).where(Event.organisation_id == lost_id)) or 0


def _public_of(organisation_id: int) -> Sequence[Event]:
    query = sa.select(Event).where(Event.organisation_id == organisation_id, queries.public_condition())
    return db.session.scalars(query.order_by(Event.id)).all()

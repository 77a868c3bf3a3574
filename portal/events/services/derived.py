"""What follows from events and can be made anew: their documents in the index."""

import sqlalchemy as sa

from portal.events import queries
from portal.events.models import KIND, Event
from portal.events.services.common import reindex
from portal.ground.db import db
from portal.ground.derived import Derived
from portal.words import search


def _renew(number: int) -> None:
    """Let the search say of this event what is public now."""
    event = db.session.get(Event, number, with_for_update=True, populate_existing=True)
    if event is not None and event.status in queries.PUBLIC:
        reindex(event)
    else:
        search.remove(KIND, number)


INDEX = Derived("events", (sa.select(Event.id), search.indexed(KIND)), _renew)

"""What follows from events and can be made anew: their documents in the index."""

import sqlalchemy as sa

from portal.events import queries
from portal.events.models import KIND, Event
from portal.events.services.editing import reindex
from portal.ground.derived import Derived
from portal.ground.locks import locked_if_there
from portal.words import search


def _renew(number: int) -> None:
    """Let the search say of this event what is public now."""
    event = locked_if_there(Event, number)
    if event is not None and queries.is_findable(event):
        reindex(event)
    else:
        search.remove(KIND, number)


INDEX = Derived("events", (sa.select(Event.id), search.indexed(KIND)), _renew)

"""The list of participants leaves the portal: who took it along stands in the audit trail."""

from collections.abc import Sequence

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import audit
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.registration.policies import Permission
from portal.registration.queries import Chosen


def note_export(event: Event, *, by: Person, chosen: Chosen, columns: Sequence[str], number: int) -> None:
    """Note that somebody takes so many rows with these columns along. Of words that were looked for it is kept only that
    there were some: they may be the name of a person who is forgotten one day."""
    with transaction():
        event = locked(Event, event.id)
        demand(Permission.PARTICIPANTS, event, by=by)
        filters = {name: value if name != "q" else "…" for name, value in chosen.address.items()}
        detail = {"filters": filters, "columns": list(columns), "number": number}
        audit.record("event.people_exported", event, detail=detail, actor=by)

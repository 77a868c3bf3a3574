"""What the team of an event does on the telephone: it says what a mail would have said, and does what the person says."""

from typing import Any

from portal import mail
from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.registration import mails
from portal.registration.policies import Permission
from portal.registration.services import seats
from portal.registration.services.changing import change
from portal.registration.services.offering import accept, accept_place
from portal.registration.services.reconfirming import come


def tell(event: Event, registration_id: int, *, until: int, by: Person) -> int:
    """Note that this person knows what the mails up to the one with this number would have said; returns how many they
    were. What has come since then is still to be told."""
    with transaction():
        demand(Permission.MAILS, event, by=by)
        return mail.tell(_about(event), mails.own_keys(registration_id), until=until, by=by)


def change_for(registration_id: int, *, by: Person, **values: Any) -> bool:
    """Change a registration as its person says, see `change`."""
    with transaction() as session:
        demand(Permission.ACT_FOR_PEOPLE, seats.lock_event_of(session, registration_id), by=by)
        return change(registration_id, **values)


def accept_for(registration_id: int, *, session_id: int | None, by: Person) -> bool:
    """Take the place that is kept for somebody, at the event or in a session, see `accept`."""
    with transaction() as session:
        demand(Permission.ACT_FOR_PEOPLE, seats.lock_event_of(session, registration_id), by=by)
        return accept(registration_id) if session_id is None else accept_place(registration_id, session_id=session_id)


def come_for(registration_id: int, *, by: Person) -> bool:
    """Note that somebody comes, see `come`."""
    with transaction() as session:
        demand(Permission.ACT_FOR_PEOPLE, seats.lock_event_of(session, registration_id), by=by)
        return come(registration_id)


def _about(event: Event) -> str:
    return mail.concern("event", event.id)

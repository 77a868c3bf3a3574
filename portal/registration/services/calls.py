"""What the team of an event does on the telephone: it says what a mail would have said, and does what the person says."""

from collections.abc import Callable

from portal import mail
from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.registration import mails
from portal.registration.policies import Permission
from portal.registration.services import seats


def tell(event: Event, registration_id: int, *, until: int, by: Person) -> int:
    """Note that this person knows what the mails up to the one with this number would have said; returns how many they
    were. What has come since then is still to be told."""
    with transaction():
        demand(Permission.MAILS, event, by=by)
        return mail.tell(_about(event), mails.own_keys(registration_id), until=until, by=by)


def act_for(registration_id: int, act: Callable[[], bool], *, by: Person) -> bool:
    """Do for whoever calls what they could do behind the link of a mail: change the registration, take what is offered, say
    that they come. Returns what the act does."""
    with transaction() as session:
        demand(Permission.ACT_FOR_PEOPLE, seats.lock_event_of(session, registration_id), by=by)
        return act()


def _about(event: Event) -> str:
    return mail.concern("event", event.id)

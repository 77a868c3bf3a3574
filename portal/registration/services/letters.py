"""The mails about an event: whose log they stand in, and sending one again."""

from portal import mail
from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.registration.policies import Permission


def send_mail_again(event: Event, mail_id: int | None, *, by: Person | Portal) -> None:
    """Send a mail about the event once more that did not arrive. Raises Conflict when there is no such, or it is too old."""
    with transaction():
        event = locked(Event, event.id)
        demand(Permission.MAILS, event, by=by)
        mail.send_again(mail_id or 0, concerns=mail.concern("event", event.id), by=by)

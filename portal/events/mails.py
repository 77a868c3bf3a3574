"""The mails of events themselves. What registrations mean to people, their own feature writes."""

from portal import mail
from portal.accounts.models import Person
from portal.events.models import Event, EventRole
from portal.mail import concern

FOLDER = "events/mail"


def role_granted(role: EventRole, event: Event, to: Person) -> mail.Message:
    """To somebody who is on the team of an event from now on: what they do there, and where."""
    return mail.Message(
        template=f"{FOLDER}/role_granted", to=to.address, lang=to.locale, dedupe_key=f"events.role:{role.id}",
        context={"event": event.title, "role": role.role},
        links={"workbench": mail.Link("events.manage", {"slug": event.slug})},
        person_id=to.id, kind=mail.Kind.TASKS, concerns=concern("event", event.id),
    )  # fmt: skip

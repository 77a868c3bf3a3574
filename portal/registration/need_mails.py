"""The mails about what people need to take part. None says what it is: that stands on the pages alone."""

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import clock
from portal.mail import Kind, Link, Message, concern
from portal.registration.mails import FORM, manage_link
from portal.registration.models import Registration


def need_asked(event: Event, to: Person) -> Message:
    """To the access coordinator: somebody has asked for something. Several within an hour come as one."""
    return Message(
        template="registration/mail/need_asked", to=to.address, lang=to.locale,
        dedupe_key=f"registration.need_asked:{event.id}:{to.id}:{clock.now():%Y%m%d%H}",
        context={"event": event.title}, links={"needs": Link("registration.needs", {"slug": event.slug})},
        person_id=to.id, kind=Kind.TASKS, concerns=concern("event", event.id),
    )  # fmt: skip


def need_answered(registration: Registration, event: Event) -> Message:
    """To whoever asked: there is an answer, on their own page."""
    return Message(
        template="registration/mail/need_answered", to=registration.address, lang=registration.locale,
        dedupe_key=f"registration.need_answered:{registration.id}:{clock.now():%Y%m%d%H%M}",
        context={"event": event.title, "has_page": bool(registration.email)}, links={"manage": manage_link(registration, event)},
        person_id=registration.person_id, form=FORM, kind=Kind.EVENT_REGISTRATION, concerns=concern("event", event.id),
    )  # fmt: skip

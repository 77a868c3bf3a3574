"""The mail about what has changed in a programme: everything that one person is to know, in one mail."""

from collections.abc import Sequence

from portal.events.models import Event
from portal.mail import Kind, Link, Message
from portal.registration.mails import CALENDAR, MANAGE, manage_link, message, place_facts
from portal.registration.models import Notice, Registration, RegistrationStatus
from portal.registration.queries import ANSWERING, Change
from portal.words.i18n import Localized


def digest(registration: Registration, event: Event, whole: Notice | None, changes: Sequence[Change]) -> Message:
    """The event itself has another date or place (`whole` is what was known of it), and these sessions of theirs have changed."""
    manage = manage_link(registration, event)
    choose = Link("registration.choose", purpose=MANAGE, subject=manage.subject, lifetime=manage.lifetime)
    is_confirmed = registration.status == RegistrationStatus.CONFIRMED
    return message(
        "digest", registration, event, f"{registration.sequence}", attachments=CALENDAR if is_confirmed else (),
        context={
            "whole": whole and {"starts": whole.starts_at, "ends": whole.ends_at, "place": whole.place, "days": whole.days},
            "changes": [_facts(change) for change in changes],
            "has_calendar": is_confirmed,
            "can_answer": registration.status in ANSWERING,
        },
        links={"manage": manage, "choose": choose}, kind=Kind.EVENT_CHANGE,
    )  # fmt: skip


def _facts(change: Change) -> dict[str, object]:
    return {
        "title": change.session.title,
        "old": {"starts": change.was.starts, "ends": change.was.ends, "room": change.was_in or Localized()},
        "reason": change.notice.reason,
        "standing": change.place.status if change.place else "",
        "session": place_facts(change.place) if change.place else None,
        "clashes": [place_facts(one) for one in change.clashing],
        "free": change.free,
    }

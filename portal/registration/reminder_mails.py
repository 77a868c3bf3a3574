"""The mails that come by the clock, before an event: that it is soon, whether one comes, and that a place has gone on."""

import datetime as dt
from collections.abc import Sequence

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import clock
from portal.mail import Kind, Link, Message, concern
from portal.registration.coming_days import days_to_come
from portal.registration.event_page import event_page
from portal.registration.mails import CALENDAR, MANAGE, manage_link, message, place_facts
from portal.registration.models import BookingStatus, Registration
from portal.registration.queries import Place
from portal.words.i18n import Localized

COMING = "registration.coming"  # the purpose of the link behind which one says whether one comes


def reminder(registration: Registration, event: Event, days: int, places: Sequence[Place]) -> Message:
    """The event is soon: when and where, what is booked, the words of its team, and how to give the place up."""
    manage = manage_link(registration, event)
    cancel = Link("registration.cancel", purpose=MANAGE, subject=manage.subject, lifetime=manage.lifetime)
    return message(
        "reminder", registration, event, f"{days}",
        context={
            "words": _one(event.reminder_text, registration.locale),
            "places": [place_facts(one) for one in places if one.status == BookingStatus.BOOKED],
        },
        links={"manage": manage, "cancel": cancel},
    )  # fmt: skip


def reminder_test(event: Event, to: Person, lang: str) -> Message:
    """The same to somebody of the team, as readers of `lang` get it: without workshops, and with links to the page of the
    event. Asked for twice within a minute it comes once."""
    endpoint, values = event_page(event)
    page = Link(endpoint, values)
    return Message(
        template="registration/mail/reminder", to=to.address, lang=lang, kind=Kind.ACCOUNT,
        dedupe_key=f"reminder-test:{event.id}:{event.row_version}:{lang}:{to.id}:{clock.now():%Y%m%d%H%M}",
        context={
            "event": event.title, "starts": event.starts_at, "ends": event.ends_at, "zone": event.timezone,
            "venue": event.venue, "town": event.town_text, "words": _one(event.reminder_text, lang), "places": [],
            **({"online": event.online_url, "online_notes": event.online_notes or Localized()} if event.is_online else {}),
        },
        links={"manage": page, "cancel": page}, concerns=concern("event", event.id),
    )  # fmt: skip


def reconfirm(registration: Registration, event: Event, *, is_again: bool = False) -> Message:
    """Does somebody come? Behind the link are two buttons; and what happens without an answer, at which instant."""
    asked = f"{registration.reconfirm_asked_at:%Y%m%d%H%M%S}"
    lifetime = max(event.ends_at - clock.now(), dt.timedelta(days=1))
    link = Link("registration.coming", purpose=COMING, subject=f"registration:{registration.id}", lifetime=lifetime)
    return message(
        "reconfirm", registration, event, f"{asked}:again" if is_again else asked,
        context={"until": registration.release_at, "is_again": is_again, "has_days": bool(days_to_come(event))},
        links={"coming": link},
    )  # fmt: skip


def released(registration: Registration, event: Event, until: dt.datetime) -> Message:
    """There was no answer until that instant, and the place has gone on; the calendar file takes its entries away."""
    return message("released", registration, event, "", attachments=CALENDAR, context={"until": until})


def _one(words: Localized | None, lang: str) -> Localized:
    """The words as one reader gets them: hundreds of rows need not carry all three languages."""
    if not words:
        return Localized()
    shown = words.shown_in(lang)
    return Localized.of(shown.lang, shown.text)

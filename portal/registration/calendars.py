"""The calendar of one person: the event, and every session in which they have or had a place, as a file and as a feed.

A place in what was over before one cancelled stays a place. A place given up stays in the file as cancelled, so that
calendar programs strike it out. SEQUENCE is that of the session plus that of the registration: either may rise, and the
sum never falls, because who registers again goes on from the SEQUENCE of before. A second person with the same address
has UIDs of their own. An entry is the same in the file, in the mail and in the feed, whichever a program has read first.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from portal import mail
from portal.events.calendar import calendar_file, event_entry, session_entry
from portal.events.models import EventStatus, SessionStatus
from portal.face.web import absolute_url
from portal.ground import clock
from portal.registration import queries
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.queries.calendars import Held

if TYPE_CHECKING:
    from icalendar import Event as Entry

NAME, MIME = "synergia.ics", "text/calendar"
STRUCK = dt.timedelta(days=30)  # how long after an event a feed still says what was given up or cancelled


def calendar_of(registration: Registration) -> bytes:
    """The file, in the language of the moment; the registration's event must be loaded."""
    held = queries.calendar_sessions([registration.id])
    return calendar_file(_entries(registration, held.get(registration.id, ())))


def feed_file(registrations: Sequence[Registration], *, name: str) -> bytes:
    """All of them as a calendar to subscribe to, with one entry for each thing: that of the highest SEQUENCE."""
    held = queries.calendar_sessions([one.id for one in registrations])
    since = clock.now() - STRUCK
    latest: dict[str, Entry] = {}
    for one in sorted(registrations, key=lambda one: (one.sequence, one.id)):
        for entry in _entries(one, held.get(one.id, ())):
            if entry["status"] == "CONFIRMED" or one.event.ends_at > since:
                latest[str(entry["uid"])] = entry
            else:
                latest.pop(str(entry["uid"]), None)
    in_order = sorted(latest.values(), key=lambda entry: (entry.start, str(entry["uid"])))
    return calendar_file(in_order, name=name)


def _entries(registration: Registration, sessions: Held) -> Iterator["Entry"]:
    event = registration.event
    url = absolute_url("events.show", slug=event.slug)
    takes_part = registration.status == RegistrationStatus.CONFIRMED and event.status != EventStatus.CANCELLED
    whole = event_entry(event, url)
    whole.add("transp", "TRANSPARENT")
    yield _of(registration, whole, event.sequence, takes_part)
    for session, is_held in sessions:
        entry = session_entry(session, url, event)
        is_on = event.status != EventStatus.CANCELLED and session.status == SessionStatus.SCHEDULED
        yield _of(registration, entry, session.sequence, is_on and is_held)


def _of(registration: Registration, entry: "Entry", sequence: int, holds: bool) -> "Entry":
    from icalendar import vText

    if registration.calendar:
        entry["uid"] = vText(f"{registration.calendar}-{entry['uid']}")
    del entry["sequence"], entry["status"]
    entry.add("sequence", sequence + registration.sequence)
    entry.add("status", "CONFIRMED" if holds else "CANCELLED")
    return entry


@mail.attachment("registration.calendar")
def _attachment(context: Mapping[str, object]) -> mail.Attachment:
    number = context["registration_id"]
    assert isinstance(number, int)
    registration = queries.with_event(number)
    assert registration is not None
    return NAME, MIME, calendar_of(registration)

"""The calendar file of one person: the event, and every session in which they have or had a place.

A place in what was over before one cancelled stays a place. A place given up stays in the file as cancelled, so that
calendar programs strike it out. SEQUENCE is that of the session plus that of the registration: either may rise, and the
sum never falls, because who registers again goes on from the SEQUENCE of before. A second person with the same address
has UIDs of their own.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from portal import mail
from portal.events.calendar import calendar_file, event_entry, session_entry
from portal.events.models import EventStatus, SessionStatus
from portal.face.web import absolute_url
from portal.registration import queries
from portal.registration.models import Registration, RegistrationStatus

if TYPE_CHECKING:
    from icalendar import Event as Entry

NAME, MIME = "synergia.ics", "text/calendar"


def calendar_of(registration: Registration) -> bytes:
    """The file, in the language of the moment; the registration's event must be loaded."""
    event = registration.event
    url = absolute_url("events.show", slug=event.slug)
    takes_part = registration.status == RegistrationStatus.CONFIRMED and event.status != EventStatus.CANCELLED
    whole = event_entry(event, url)
    whole.add("transp", "TRANSPARENT")
    entries = [_of(registration, whole, event.sequence, takes_part)]
    for session, is_held in queries.calendar_sessions(registration.id):
        entry = session_entry(session, url, event)
        is_on = event.status != EventStatus.CANCELLED and session.status == SessionStatus.SCHEDULED
        entries.append(_of(registration, entry, session.sequence, is_on and is_held))
    return calendar_file(entries)


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

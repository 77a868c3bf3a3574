"""Calendar entries (RFC 5545). The UID of a thing is the same in every file that it ever stands in, its SEQUENCE rises
with every change people must know of, and nothing in a file depends on when it is fetched.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus
from portal.words.i18n import current_language

if TYPE_CHECKING:
    from icalendar import Event as Entry

PRODUCT = "-//Synergia//Synergia//EN"


def calendar_file(entries: Iterable["Entry"], *, name: str = "") -> bytes:
    """A whole iCalendar file with the definitions of its time zones."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def event_entry(event: Event, url: str) -> "Entry":
    """An event as one entry from its beginning to its end, in the language of the moment. `url` is its page."""
    entry = _entry(event, f"event-{event.id}@{_host(url)}", url, event.timezone)
    entry.add("summary", event.title.shown_in(current_language()).text)
    place = ", ".join(filter(None, (event.venue.shown_in(current_language()).text, event.town)))
    if place:
        entry.add("location", place)
    if event.summary:
        entry.add("description", event.summary.shown_in(current_language()).text)
    entry.add("status", "CANCELLED" if event.status == EventStatus.CANCELLED else "CONFIRMED")
    return entry


def session_entry(session: ProgrammeSession, url: str, *, zone: str, place: str = "") -> "Entry":
    """A session as an entry; its room must be loaded. `place` is the venue of the event, which follows the room."""
    entry = _entry(session, f"{session.guid}@{_host(url)}", url, zone)
    entry.add("summary", session.title.shown_in(current_language()).text)
    room = session.room.name.shown_in(current_language()).text if session.room else ""
    if where := ", ".join(filter(None, (room, place))):
        entry.add("location", where)
    if session.abstract:
        entry.add("description", session.abstract.shown_in(current_language()).text)
    entry.add("status", "CANCELLED" if session.status == SessionStatus.CANCELLED else "CONFIRMED")
    return entry


def _entry(row: Event | ProgrammeSession, uid: str, url: str, zone: str) -> "Entry":
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", row.updated_at)
    entry.add("last-modified", row.updated_at)
    entry.add("sequence", row.sequence)
    entry.add("dtstart", row.starts_at.astimezone(ZoneInfo(zone)))
    entry.add("dtend", row.ends_at.astimezone(ZoneInfo(zone)))
    entry.add("url", url)
    return entry


def _host(url: str) -> str:
    return urlsplit(url).hostname or "localhost"

"""Calendar entries (RFC 5545). The UID of a thing is the same in every file that it ever stands in, its SEQUENCE rises
with every change people must know of, and nothing in a file depends on when it is fetched.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus
from portal.words.i18n import Localized, current_language

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
    _say(entry, "summary", event.title)
    _say(entry, "location", event.venue, event.town_text)
    _say(entry, "description", event.summary)
    entry.add("status", "CANCELLED" if event.status == EventStatus.CANCELLED else "CONFIRMED")
    return entry


def session_entry(session: ProgrammeSession, url: str, *, zone: str, place: Sequence[Localized] = ()) -> "Entry":
    """A session as an entry; its room must be loaded. `place` are venue and town of the event, which follow the room."""
    entry = _entry(session, f"{session.guid}@{_host(url)}", url, zone)
    _say(entry, "summary", session.title)
    _say(entry, "location", *([session.room.name] if session.room else ()), *place)
    _say(entry, "description", session.abstract)
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


def _say(entry: "Entry", name: str, *texts: Localized) -> None:
    """A property in words, with their language (RFC 5545, 3.2.10): that of the first, where there are several."""
    said = [text.shown_in(current_language()) for text in texts if text]
    if said:
        entry.add(name, ", ".join(one.text for one in said), parameters={"LANGUAGE": said[0].lang})


def _host(url: str) -> str:
    return urlsplit(url).hostname or "localhost"

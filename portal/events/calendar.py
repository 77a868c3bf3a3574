"""Calendar entries (RFC 5545). The UID of a thing is the same in every file that it ever stands in, its SEQUENCE rises
with every change people must know of, and nothing in a file depends on when it is fetched.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus
from portal.events.zones import zone_definition
from portal.words.i18n import Localized, current_language

if TYPE_CHECKING:
    from icalendar import Event as Entry
    from icalendar import Timezone

PRODUCT = "-//Synergia//Synergia//EN"
ASKED_AGAIN = dt.timedelta(hours=1)  # how often a program that subscribes is asked to come back


def calendar_file(entries: Iterable["Entry"], *, name: str = "") -> bytes:
    """A whole iCalendar file with the definitions of its time zones. One with a `name` is subscribed to (RFC 7986)."""
    from icalendar import Calendar, vDuration

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(ASKED_AGAIN))
    entries = list(entries)
    for definition in _zones(entries):
        calendar.add_component(definition)
    for entry in entries:
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _zones(entries: Iterable["Entry"]) -> list["Timezone"]:
    """The definitions of the zones that entries name, each by the rules of the first year in which it is needed."""
    years: dict[str, int] = {}
    for entry in entries:
        zone = getattr(getattr(entry.start, "tzinfo", None), "key", "UTC")
        years[zone] = min(entry.start.year, years.get(zone, entry.start.year))
    return [zone_definition(name, year) for name, year in years.items()]


def event_entry(event: Event, url: str) -> "Entry":
    """An event as one entry from its beginning to its end, in the language of the moment. `url` is its page."""
    entry = _entry(event, f"event-{event.id}@{_host(url)}", url, event.timezone)
    say(entry, "summary", event.title)
    say(entry, "location", event.venue, event.town_text)
    say(entry, "description", event.summary)
    entry.add("status", "CANCELLED" if event.status == EventStatus.CANCELLED else "CONFIRMED")
    return entry


def session_entry(session: ProgrammeSession, url: str, event: Event) -> "Entry":
    """A session of the event as an entry; its room must be loaded. The venue follows the room."""
    entry = _entry(session, f"{session.guid}@{_host(url)}", url, event.timezone)
    say(entry, "summary", session.title)
    say(entry, "location", *([session.room.name] if session.room else []), event.venue, event.town_text)
    say(entry, "description", session.abstract)
    entry.add("status", "CANCELLED" if session.status == SessionStatus.CANCELLED else "CONFIRMED")
    return entry


def say(entry: "Entry", name: str, *texts: Localized) -> None:
    """Add texts of people as one property, with the language that the words are really in (RFC 5545, 3.2.10).

    Where words of two languages stand together, none is claimed.
    """
    shown = [said for one in texts if (said := one.shown_in(current_language())).text]
    if words := ", ".join(said.text for said in shown):
        languages = {said.lang for said in shown}
        entry.add(name, words, parameters={"LANGUAGE": languages.pop()} if len(languages) == 1 else {})


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

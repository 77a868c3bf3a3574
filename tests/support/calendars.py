"""Two readers of calendar files beside the one that writes them: what each understands as the instants of an entry."""

import datetime as dt
import io
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dateutil import tz
from icalendar import Calendar

Instants = Mapping[str, tuple[dt.datetime, dt.datetime]]
SCRIPT = Path(__file__).with_name("read_calendar.mjs")


def entries(content: bytes) -> dict[str, Any]:
    """The entries of a file, by UID."""
    return {str(one["UID"]): one for one in Calendar.from_ical(content).walk("VEVENT")}


def read_by_ical_js(content: bytes) -> Instants:
    """As Thunderbird reads it (ical.js, with node): beginning and end of each entry in UTC, by UID."""
    return {
        one["uid"]: (dt.datetime.fromtimestamp(one["starts"], dt.UTC), dt.datetime.fromtimestamp(one["ends"], dt.UTC))
        for one in _by_ical_js(content)
    }


def summaries_by_ical_js(content: bytes) -> Mapping[str, str]:
    """The title of each entry as Thunderbird shows it, by UID."""
    return {one["uid"]: one["summary"] for one in _by_ical_js(content)}


def _by_ical_js(content: bytes) -> list[dict[str, Any]]:
    done = subprocess.run(["node", str(SCRIPT)], input=content, capture_output=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def read_by_dateutil(content: bytes) -> Instants:
    """The same as dateutil evaluates the definitions of zones; the wall times are taken from the lines themselves."""
    text = content.decode().replace("\r\n ", "")
    begin, end = text.index("BEGIN:VTIMEZONE"), text.rindex("END:VTIMEZONE")
    zones = tz.tzical(io.StringIO(text[begin:end] + "END:VTIMEZONE\r\n"))
    found = {}
    for entry in text.split("BEGIN:VEVENT\r\n")[1:]:
        lines = dict(line.split(":", 1) for line in entry.split("END:VEVENT")[0].strip().split("\r\n"))
        starts, ends = (_instant(lines, name, zones) for name in ("DTSTART", "DTEND"))
        found[lines["UID"]] = (starts, ends)
    return found


def _instant(lines: Mapping[str, str], name: str, zones: tz.tzical) -> dt.datetime:
    (key,) = [key for key in lines if key.startswith(f"{name};TZID=")]
    wall = dt.datetime.fromisoformat(lines[key])
    return wall.replace(tzinfo=zones.get(key.partition("=")[2])).astimezone(dt.UTC)

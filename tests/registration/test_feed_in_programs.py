"""The personal calendar as other programs read it, with titles and hours of every kind."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from icalendar import Calendar

from portal.events.models import Event
from portal.ground.db import db
from portal.registration.models import Registration
from portal.words.i18n import Localized
from tests.factories.events import make_event, make_network, make_session
from tests.factories.feeds import fetched, subscribe
from tests.factories.people import make_person
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock
from tests.support.calendars import entries, read_by_dateutil, read_by_ical_js, summaries_by_ical_js
from tests.support.client import CheckedClient

BOX = "anna@example.org"
LONG = "Разговор за доброволците, читалищата и кооперациите; и още нещо: всичко \\ нищо, „кавички“ " * 4
SUMMARY = "Първи ред, със запетая;\nвтори ред \\ с наклонена черта"
# Over the last Sundays of March and of October, and a plain day.
BEGINNINGS = [dt.datetime(2027, 3, 27, 9), dt.datetime(2027, 10, 30, 9), dt.datetime(2027, 6, 5, 9)]
ZONES = ("Europe/Warsaw", "Europe/Sofia")


@pytest.fixture
def content(app: Flask, client: CheckedClient, frozen_clock: FrozenClock) -> bytes:
    """What a program gets for events of all these kinds, each with a workshop on its second day, in Bulgarian."""
    network = make_network()
    for zone in ZONES:
        for starts in BEGINNINGS:
            event = make_event(
                network, timezone=zone, starts_at=starts.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC),
                title=Localized.of("bg", LONG.strip()), summary=Localized.of("bg", SUMMARY),
            )  # fmt: skip
            confirmed(event, make_session(event, hours=26, title=Localized.of("bg", "Ж" * 200)), email=BOX)
    return fetched(client, subscribe(make_person(email=BOX), "bg")).data


def test_independent_parsers_find_no_fault(content: bytes) -> None:
    """C1: icalendar, ical.js and dateutil read all of it; the first says of each component what is wrong with it."""
    calendar = Calendar.from_ical(content)
    assert [(part.name, part.errors) for part in calendar.walk() if part.errors] == []
    known = set(entries(content))
    assert len(known) == 2 * len(ZONES) * len(BEGINNINGS)
    assert set(read_by_ical_js(content)) == set(read_by_dateutil(content)) == known
    for entry in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY"} <= set(entry)


def test_program_is_told_what_it_is_called_and_when_to_come_back(content: bytes) -> None:
    """C1: RFC 7986, and what Outlook and Google read instead."""
    calendar = Calendar.from_ical(content)
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Synergia: моите събития"
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n" in content
    assert str(calendar["METHOD"]) == "PUBLISH"


def test_lines_are_folded_between_letters(content: bytes) -> None:
    """C2: CRLF, at most 75 octets a line, and each line is whole UTF-8."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert sum(line.startswith(b" ") for line in lines) > 20
    for line in lines:
        line.decode()


def test_commas_and_line_ends_are_the_words_again(content: bytes) -> None:
    """C2: escaped once, and read back as they were typed."""
    calendar = Calendar.from_ical(content)
    wholes = [one for one in calendar.walk("VEVENT") if str(one["UID"]).startswith("event-")]
    assert {str(one["SUMMARY"]) for one in wholes} == {LONG.strip()}
    assert {str(one["DESCRIPTION"]) for one in wholes} == {SUMMARY}
    assert set(summaries_by_ical_js(content).values()) == {LONG.strip(), "Ж" * 200}


def test_hours_over_the_change_of_the_clocks_are_those_of_the_place(content: bytes) -> None:
    """C2: with the definitions of both zones, over the last Sundays of March and October, in two readers."""
    assert {str(one["TZID"]) for one in Calendar.from_ical(content).walk("VTIMEZONE")} == set(ZONES)
    events = {f"event-{one.id}@127.0.0.1": one for one in db.session.query(Event).join(Registration)}
    for read in (read_by_ical_js, read_by_dateutil):
        found = read(content)
        for uid, event in events.items():
            assert found[uid] == (event.starts_at, event.ends_at), (read, event.starts_at)
            assert event.starts_at.astimezone(ZoneInfo(event.timezone)).hour == 9

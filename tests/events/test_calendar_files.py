"""Calendar files as other programs read them: the hour, whatever the season, and the language of the words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from portal.events.calendar import calendar_file, event_entry, session_entry
from portal.events.models import Event, ProgrammeSession, Room
from portal.events.zones import zone_definition
from portal.words.i18n import Localized, in_language
from tests.support.calendars import entries, read_by_dateutil, read_by_ical_js

READERS = [read_by_ical_js, read_by_dateutil]
HOUR = dt.timedelta(hours=1)
NOW = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)


def an_event(zone: str, number: int, *span: dt.datetime, **values: object) -> Event:
    return Event(**{
        "id": number, "timezone": zone, "starts_at": span[0], "ends_at": span[1], "sequence": 0, "status": "published",
        "title": Localized.of("pl", "Kongres"), "summary": Localized(), "venue": Localized(), "town": "",
        "updated_at": NOW, **values,
    })  # fmt: skip


MOMENTS = [
    dt.datetime(2027, 7, 3, 9, 30), dt.datetime(2027, 1, 16, 9, 30), dt.datetime(2026, 12, 31, 23, 0),
    # The hours around the change in spring (28 March) and in autumn (31 October), and the days beside them.
    dt.datetime(2027, 3, 27, 22, 0), dt.datetime(2027, 3, 28, 1, 59), dt.datetime(2027, 3, 28, 4, 0),
    dt.datetime(2027, 3, 28, 9, 0), dt.datetime(2027, 10, 30, 22, 0), dt.datetime(2027, 10, 31, 1, 30),
    dt.datetime(2027, 10, 31, 4, 30), dt.datetime(2027, 11, 1, 9, 0), dt.datetime(2038, 8, 8, 8, 0),
]  # fmt: skip


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Europe/Sofia"])
def test_every_reader_finds_the_instant_of_a_wall_time(zone: str, read: object) -> None:
    starts = [wall.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC) for wall in MOMENTS]
    events = [an_event(zone, number, start, start + 26 * HOUR) for number, start in enumerate(starts)]
    found = read(calendar_file([event_entry(one, "https://portal.example/x") for one in events]))
    for one in events:
        assert found[f"event-{one.id}@portal.example"] == (one.starts_at, one.ends_at), one.starts_at


@pytest.mark.parametrize("read", READERS)
def test_half_past_nine_in_sofia_in_july_is_half_past_six_in_greenwich(read: object) -> None:
    starts = dt.datetime(2027, 7, 3, 6, 30, tzinfo=dt.UTC)
    content = calendar_file([event_entry(an_event("Europe/Sofia", 1, starts, starts + HOUR), "https://a.example/")])
    assert b"DTSTART;TZID=Europe/Sofia:20270703T093000" in content
    assert read(content)["event-1@a.example"] == (starts, starts + HOUR)


def test_zone_is_defined_by_a_rule_for_the_summer_and_one_for_the_winter() -> None:
    lines = zone_definition("Europe/Sofia", 2027).to_ical().decode().split("\r\n")
    assert [line for line in lines if line.startswith(("DTSTART", "RRULE"))] == [
        "DTSTART:19700329T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "DTSTART:19701025T040000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ]  # fmt: skip
    assert not [line for line in lines if line.startswith("RDATE")]


def test_zone_without_a_summer_has_one_offset() -> None:
    definition = zone_definition("Europe/Istanbul", 2027).to_ical().decode()
    assert "TZOFFSETTO:+0300" in definition and "RRULE" not in definition
    assert definition.count("BEGIN:STANDARD") == 1


def test_rules_of_other_parts_of_the_world_are_found_too() -> None:
    definition = zone_definition("America/New_York", 2027).to_ical().decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in definition and "DTSTART:19700308T020000" in definition
    assert "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11" in definition and "DTSTART:19701101T020000" in definition


def test_words_say_in_which_language_they_really_are(app: Flask) -> None:
    """Also a title that has no translation, beside a summary that has one."""
    starts = dt.datetime(2027, 7, 3, 6, 30, tzinfo=dt.UTC)
    event = an_event(
        "Europe/Sofia", 1, starts, starts + HOUR, title=Localized.of("bg", "Среща"), town="Русе",
        summary=Localized.of("bg", "Разговор.", pl="Rozmowa."), venue=Localized.of("bg", "Читалище", pl="Dom kultury"),
    )  # fmt: skip
    with in_language("pl"):
        (entry,) = entries(calendar_file([event_entry(event, "https://a.example/")])).values()
    said = {
        name: (str(entry[name]), entry[name].params.get("LANGUAGE")) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")
    }
    assert said == {
        "SUMMARY": ("Среща", "bg"), "LOCATION": ("Dom kultury, Ruse", "pl"), "DESCRIPTION": ("Rozmowa.", "pl"),
    }  # fmt: skip


def test_place_in_two_languages_claims_none(app: Flask) -> None:
    starts = dt.datetime(2027, 7, 3, 6, 30, tzinfo=dt.UTC)
    event = an_event("Europe/Sofia", 1, starts, starts + HOUR, venue=Localized.of("bg", "Читалище"))
    session = ProgrammeSession(
        guid="g", starts_at=starts, ends_at=starts + HOUR, sequence=0, status="scheduled", updated_at=NOW,
        title=Localized.of("bg", "Среща", pl="Spotkanie"), abstract=Localized(),
        room=Room(name=Localized.of("pl", "Sala")),
    )  # fmt: skip
    with in_language("pl"):
        (entry,) = entries(calendar_file([session_entry(session, "https://a.example/", event)])).values()
    assert (str(entry["LOCATION"]), "LANGUAGE" in entry["LOCATION"].params) == ("Sala, Читалище", False)
    assert entry["SUMMARY"].params["LANGUAGE"] == "pl" and "DESCRIPTION" not in entry

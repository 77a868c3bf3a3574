"""Events as everybody sees them."""

import datetime as dt
import re

import icalendar
import pytest

from portal.events import services
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.words import search
from portal.words.i18n import Localized
from tests.factories.events import make_coordinator, make_event, make_network, make_room, make_session, make_slot


@pytest.fixture
def event(app, frozen_clock):
    return make_event(seats=100)


def test_list_shows_what_is_coming_and_the_archive_what_is_over(client, event, frozen_clock):
    assert event.slug in client.get("/pl/events").text
    assert event.slug not in client.get("/pl/events?when=past").text
    frozen_clock.shift(days=30)
    assert event.slug not in client.get("/pl/events").text
    assert event.slug in client.get("/pl/events?when=past").text


def test_list_filters_by_network(client, event):
    other = make_event(make_network("Zielone Sołectwa", slug="zielone"))
    page = client.get("/pl/events?network=zielone")
    assert other.slug in page.text and f"events/{event.slug}" not in page.text
    assert client.get("/pl/events?network=nie-ma").status_code == 200


def test_list_and_pages_ask_a_constant_number_of_times(client, event, count_queries):
    pages = {"/pl/events": 6, f"/pl/events/{event.slug}": 4, f"/pl/events/{event.slug}/programme": 5}
    slot = make_slot(event)
    for _ in range(3):
        make_session(event, slot=slot, room_id=make_room(event).id)
        make_event(make_network(), seats=10)
        for address, number in pages.items():
            with count_queries() as seen:
                client.get(address)
            assert len(seen) == number, (address, seen)


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (0, "Registration is open."),
        (10, "The event is under way."),
        (12, "This event is over."),
    ],
)
def test_page_says_whether_one_can_register(client, event, frozen_clock, shift, words):
    frozen_clock.shift(days=shift)
    assert words in client.get(f"/en/events/{event.slug}").text


def test_page_says_when_registration_opens_and_that_it_closed(client, app, frozen_clock):
    soon = make_event(registration_opens_at=clock.now() + dt.timedelta(days=2))
    assert "Registration opens: 23 November 2026, 11:00" in client.get(f"/en/events/{soon.slug}").text
    closed = make_event(registration_closes_at=clock.now() - dt.timedelta(hours=1))
    assert "Registration is closed." in client.get(f"/en/events/{closed.slug}").text


def test_deadline_is_exclusive(client, app, frozen_clock):
    event = make_event(registration_closes_at=clock.now() + dt.timedelta(hours=1))
    assert "Registration is open." in client.get(f"/en/events/{event.slug}").text
    frozen_clock.shift(hours=1)
    assert "Registration is closed." in client.get(f"/en/events/{event.slug}").text


def test_full_event_offers_the_waiting_list(client, app):
    event = make_event(seats=0)
    assert "Join the waiting list" in client.get(f"/en/events/{event.slug}").text


def test_programme_is_a_table_of_hours_by_rooms(client, event):
    slot, rooms = make_slot(event), [make_room(event, "Sala Tkaczy"), make_room(event, "Sala Ogrodowa")]
    for room in rooms:
        make_session(event, slot=slot, room_id=room.id)
    make_session(event, hours=5, seats=None, kind="break")
    page = client.get(f"/pl/events/{event.slug}/programme")
    assert page.text.count('scope="col"') == 3 and page.text.count('scope="row"') == 2
    assert "10:00–11:30" in page.text or "11:00–12:30" in page.text
    assert client.get(f"/pl/events/{event.slug}/programme/list").status_code == 200


def test_programme_shows_the_day_that_is_asked_for(client, event):
    make_session(event, hours=2)
    make_session(event, hours=26)
    first = client.get(f"/en/events/{event.slug}/programme")
    second = client.get(f"/en/events/{event.slug}/programme?day=2026-12-02")
    assert "Wednesday, 2 December" in first.text
    assert first.text.count('scope="row"') == second.text.count('scope="row"') == 1 and first.text != second.text
    assert client.get(f"/en/events/{event.slug}/programme?day=jutro").status_code == 200


def test_session_page_shows_its_language_honestly(client, event):
    session = make_session(event, languages="pl,pso", speakers="Irena Sójka")
    page = client.get(f"/en/events/{event.slug}/sessions/{session.id}")
    assert '<h1 lang="pl">' in page.text and "Polish Sign Language" in page.text
    assert client.get(f"/en/events/{make_event().slug}/sessions/{session.id}").status_code == 404


def test_calendar_is_stable_between_changes(client, event, frozen_clock):
    first = client.get(f"/pl/events/{event.slug}.ics")
    frozen_clock.shift(hours=3)
    assert client.get(f"/pl/events/{event.slug}.ics").data == first.data
    entry = next(iter(icalendar.Calendar.from_ical(first.data).walk("VEVENT")))
    assert entry["UID"] == f"event-{event.id}@127.0.0.1" and entry["STATUS"] == "CONFIRMED"
    assert entry.decoded("DTSTART").astimezone(dt.UTC) == event.starts_at
    assert all(len(line) <= 75 for line in first.data.split(b"\r\n"))


def test_calendar_of_a_cancelled_event_says_so(client, event):
    services.cancel_event(event, reason="Powódź", by=PORTAL)
    entry = next(iter(icalendar.Calendar.from_ical(client.get(f"/pl/events/{event.slug}.ics").data).walk("VEVENT")))
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)


def test_published_event_is_found_by_the_words_of_its_sessions(as_person, app, frozen_clock):
    network = make_network()
    event = make_event(network, status="draft")
    make_session(event)
    assert not search.search("warsztat", lang="pl").items
    services.publish_event(event, by=make_coordinator(network))
    assert [hit.id for hit in search.search("warsztat", lang="pl").items] == [event.id]


def test_a_calendar_entry_says_the_language_of_its_words(app, client):
    event = make_event(title=Localized.of("bg", "Обща среща"), town="Стара Загора", timezone="Europe/Sofia")
    entry = client.get(f"/pl/events/{event.slug}.ics").text
    assert "SUMMARY;LANGUAGE=bg:Обща среща" in entry
    assert "LOCATION;LANGUAGE=pl:Dom Tkacza\\, Stara Zagora" in entry


def test_a_page_in_another_language_says_so_in_its_head(app, client):
    event = make_event(title=Localized.of("bg", "Обща среща"), summary=Localized.of("bg", "Разговор."))
    page = client.get(f"/pl/events/{event.slug}").text
    assert '<title lang="bg">Обща среща – Synergia</title>' in page
    assert '<meta name="description" content="Разговор." lang="bg">' in page
    assert '<meta property="og:title" content="Обща среща" lang="bg">' in page
    assert re.search(r'property="og:locale"\s+content="bg_BG"', page)
    assert "Обща среща" not in client.get(f"/pl/events/{event.slug}/programme").text.partition("</title>")[0]
    assert "Zgłoszenie udziału – Synergia" in client.get(f"/pl/events/{event.slug}/register").text
    own = client.get(f"/bg/events/{event.slug}/register").text.partition("</title>")[0]
    assert own.endswith("Записване: Обща среща – Synergia") and "lang=" not in own.partition("<title")[2]


def test_a_long_programme_is_counted_on_the_page_of_its_event_and_a_short_one_stands_there(client, frozen_clock):
    event = make_event()
    slot = make_slot(event)
    for number in range(8):
        make_session(event, slot=slot, title=Localized.of("pl", f"Warsztat {number}"), seats=5)
    short = client.get(f"/pl/events/{event.slug}").text
    assert "Warsztat 7" in short and "8 warsztatów" not in short
    make_session(
        event, title=Localized.of("pl", "Otwarcie"), kind="talk", starts_at=slot.starts_at - dt.timedelta(hours=1)
    )
    long = client.get(f"/pl/events/{event.slug}").text
    assert "Warsztat 7" not in long and ">Otwarcie</a>" in long
    assert '<p class="muted">8 warsztatów, 1 wystąpienie</p>' in long
    assert f'href="/pl/events/{event.slug}/programme"' in long


def test_words_of_an_event_in_another_language_have_one_note_in_the_list(client) -> None:
    words = {"title": Localized.of("bg", "Обща среща"), "summary": Localized.of("bg", "Говорим заедно.")}
    event = make_event(**words)
    page = client.get("/pl/events").text
    block = page.partition('<div class="other-language">')[2].partition("</div>")[0]
    assert page.count('class="note"') == 1
    assert re.sub(r"<svg.*?</svg>", "", block) == (
        f'<p class="note">Treść w\u00a0języku: bułgarski</p><h3 lang="bg"><a href="/pl/events/{event.slug}">Обща среща</a></h3>'
        '<p lang="bg">Говорим заедно.</p>'
    )


@pytest.mark.parametrize("part", ["programme", "programme/list", "register"])
def test_search_engines_and_shares_get_a_description_of_every_page_of_an_event(client, part) -> None:
    make_event(slug="zjazd", summary=Localized.of("pl", "Dwa dni rozmów."))
    make_event(slug="cicho", summary=Localized())
    assert '<meta name="description" content="Dwa dni rozmów.">' in client.get(f"/pl/events/zjazd/{part}").text
    said = (
        client.get(f"/pl/events/cicho/{part}").text.partition('<meta name="description" content="')[2].partition('"')[0]
    )
    assert len(said) > 20


@pytest.mark.parametrize("view", ["programme", "programme/list"])
def test_the_hours_of_a_day_are_links_to_them(client, frozen_clock, view):
    event = make_event()
    for hours in (1, 3, 5):
        make_session(event, hours=hours)
    page = client.get(f"/pl/events/{event.slug}/{view}").text
    row = page.partition('class="hour-links"')[2].partition("</nav>")[0]
    links = re.findall(r'href="#(at-\d+)"', row)
    assert len(links) == 3
    assert all(page.count(f'id="{link}"') == 1 for link in links)

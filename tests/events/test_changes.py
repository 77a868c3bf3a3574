"""Changing what people have booked: the coordinator reads whom it touches before it is saved."""

from dataclasses import dataclass

import pytest

from portal.events import queries
from portal.events.models import Event, ProgrammeSession
from tests.factories.events import make_coordinator, make_event, make_network, make_room, make_session, make_slot
from tests.factories.registrations import confirmed


@pytest.fixture
def network(app, frozen_clock):
    return make_network()


@pytest.fixture
def browser(as_person, network):
    return as_person(make_coordinator(network))


@pytest.fixture
def booked(network):
    """A workshop of a public event in which one person has the place."""
    event = make_event(network)
    session = make_session(event, slot=make_slot(event), room_id=make_room(event).id)
    confirmed(event, session)
    return Booked(event, session, event.slug, session.id, session.slot_id, session.title.source)


@dataclass
class Booked:
    event: Event
    session: ProgrammeSession
    slug: str
    id: int
    slot_id: int | None
    title: str


def address(booked, rest="edit"):
    return f"/en/events/{booked.slug}/sessions/{booked.id}/{rest}"


def test_moving_a_booked_session_asks_first(browser, booked):
    room, url = make_room(booked.event, "Sala Ogrodowa"), address(booked)
    asked = browser.submit(url, {"room": str(room.id)})
    assert asked.status_code == 422 and "1 person has a place" in asked.text
    assert queries.session_of(booked.slug, booked.id).room_id != room.id
    assert browser.submit(asked, {"room": str(room.id), "agreed": "tell"}).status_code == 303
    moved = queries.session_of(booked.slug, booked.id)
    assert (moved.room_id, moved.sequence) == (room.id, 1)


def test_other_words_of_a_booked_session_ask_nobody(browser, booked):
    assert browser.submit(address(booked), {"title": "Nowy tytuł", "speakers": "Ewa Jarzębina"}).status_code == 303
    assert queries.session_of(booked.slug, booked.id).sequence == 0


def test_moving_a_slot_says_which_booked_sessions_it_moves(browser, booked):
    url = f"/en/events/{booked.slug}/slots/{booked.slot_id}/edit"
    asked = browser.submit(url, {"starts_at": "2026-12-01T15:00", "ends_at": "2026-12-01T16:00"})
    assert asked.status_code == 422 and f"{booked.title}: 1 person has a place" in asked.text
    agreed = browser.submit(asked, {"agreed": "tell"})
    assert agreed.status_code == 303
    moved = queries.session_of(booked.slug, booked.id)
    assert (moved.starts_at.hour, moved.sequence) == (14, 1)  # calendars take a new time with a higher SEQUENCE only


def test_fewer_seats_than_taken_are_refused_at_their_field(browser, booked):
    refused = browser.submit(address(booked), {"seats": "0"})
    assert refused.status_code == 422 and 'href="#seats"' in refused.text


def test_moving_an_event_asks_first(browser, booked):
    url = f"/en/events/{booked.slug}/edit"
    asked = browser.submit(url, {"town": "Zgierz"})
    assert asked.status_code == 422 and 'href="#agreed-0"' in asked.text
    assert browser.submit(asked, {"agreed": "tell"}).status_code == 303
    assert queries.by_slug(booked.slug).sequence == 1


def test_cancelling_says_whom_it_touches(browser, booked):
    assert "1 person has a place" in browser.get(address(booked, "cancel")).text
    assert "1 person has a place" in browser.get(f"/en/events/{booked.slug}/cancel").text


def test_workbench_asks_a_constant_number_of_times(browser, booked, count_queries):
    url, numbers = f"/en/events/{booked.slug}/manage", []
    for _ in range(2):
        make_session(booked.event, slot=make_slot(booked.event, hours=4), room_id=make_room(booked.event).id)
        with count_queries() as seen:
            browser.get(url)
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] <= 12, seen

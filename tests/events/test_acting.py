"""From reading a programme to registering: one button, in the words of the state, and the ways beside a session."""

import datetime as dt
from dataclasses import dataclass

import pytest
from flask import Flask

from portal.events import services
from portal.events.timetable import Neighbours, days, neighbours
from portal.ground.authz import PORTAL
from portal.words.i18n import Localized
from tests.factories.events import make_event, make_session, make_slot
from tests.support.client import CheckedClient

NINE = dt.datetime(2027, 1, 8, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize("path", ["programme", "programme/list"])
def test_programme_leads_to_the_form(app: Flask, client: CheckedClient, path: str) -> None:
    event = make_event()
    make_session(event)
    assert f'href="/en/events/{event.slug}/register"' in client.get(f"/en/events/{event.slug}/{path}").text


def test_session_leads_to_the_form_with_itself_chosen(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    free, full = make_session(event, slot=slot), make_session(event, slot=slot, seats=0)
    talk = make_session(event, hours=6, seats=None)
    address = f"/en/events/{event.slug}"
    for one, words in ((free, "Register"), (full, "Join the waiting list")):
        page = client.get(f"{address}/sessions/{one.id}").text
        link = f'href="{address}/register?session={one.id}#workshop-{one.id}"'
        assert link in page
        assert page.partition(link)[2].partition("</a>")[0].strip(" >\n") == words
    page = client.get(f"{address}/sessions/{talk.id}").text
    assert f'href="{address}/register"' in page


def test_programme_of_a_cancelled_event_says_so_and_offers_nothing(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    session = make_session(event)
    services.cancel_event(event, reason="Not enough people.", by=PORTAL)
    for path in ("", "/programme", "/programme/list", f"/sessions/{session.id}"):
        page = client.get(f"/en/events/{event.slug}{path}").text
        assert "This event is cancelled" in page
        assert "/register" not in page
        assert ".ics" not in page


def test_session_of_a_cancelled_event_is_marked_wherever_it_stands(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    make_session(event)
    services.cancel_event(event, reason="Not enough people.", by=PORTAL)
    for path in ("", "/programme", "/programme/list"):
        page = client.get(f"/en/events/{event.slug}{path}").text
        assert page.partition("agenda" if path != "/programme" else "<tbody")[2].count("cancelled</span>") == 1


def test_other_sessions_of_the_hour_and_the_hours_beside_it_are_linked(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    one, other = (make_session(event, slot=slot, title=Localized.of("en", words)) for words in ("Trees", "Rivers"))
    later = make_session(event, hours=6, title=Localized.of("en", "Closing"))
    page = client.get(f"/en/events/{event.slug}/sessions/{one.id}").text
    main = page.partition("<main")[2]
    assert f"/sessions/{other.id}" in main and f"/sessions/{later.id}" in main
    assert "/programme/list?day=" in client.get(f"/en/events/{event.slug}/sessions/{later.id}").text


@dataclass
class Item:
    id: int
    hour: int
    kind: str = "talk"
    room_id: int | None = None

    @property
    def starts_at(self) -> dt.datetime:
        return NINE + dt.timedelta(hours=self.hour)

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(hours=1)


def test_neighbours_skip_pauses_and_stay_on_the_day() -> None:
    first, pause, one, other, last = Item(1, 0), Item(2, 1, "break"), Item(3, 2), Item(4, 2), Item(5, 26)
    found = days([first, pause, one, other, last], [], "Europe/Warsaw")
    assert neighbours(found, 3) == Neighbours(dt.date(2027, 1, 8), [other], [first], [])
    assert neighbours(found, 1) == Neighbours(dt.date(2027, 1, 8), [], [], [one, other])
    assert neighbours(found, 5) == Neighbours(dt.date(2027, 1, 9), [], [], [])
    assert neighbours(found, 2) == neighbours(found, 99) == Neighbours()

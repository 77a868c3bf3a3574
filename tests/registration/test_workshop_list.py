"""The sheet of one workshop for its door: who has a place, in the alphabet of its reader, and who waits, in their turn."""

from typing import Any

import pytest
from flask import Flask

from portal.ground.db import db
from portal.membership.models import Network
from portal.registration import services
from tests.factories.events import make_coordinator, make_event, make_room, make_session, make_team_member
from tests.factories.registrations import confirmed


@pytest.fixture
def event(app: Flask) -> Any:
    return make_event()


def sheet(event: Any, session: Any, language: str = "pl") -> str:
    return f"/{language}/events/{event.slug}/participants/workshops/{session.id}"


def test_sheet_lists_places_by_the_alphabet_and_waiting_people_by_their_turn(event: Any, as_person: Any) -> None:
    make_room(event)
    workshop = make_session(event, seats=3, room_id=make_room(event).id)
    for name in ("Zofia Żak", "Łucja Lis", "Lena Mak", "Yan Czeka", "Ala Czeka"):
        confirmed(event, workshop, name=name, affiliation="Koło Wierzbica")
    services.cancel(confirmed(event, workshop, name="Cezary Wycofany").id)
    browser = as_person(make_coordinator(db.session.get_one(Network, event.network_id)))
    text = " ".join(browser.get(sheet(event, workshop)).text.split())
    for words in (workshop.title.source, "Sala Tkaczy", "Koło Wierzbica", "3 osoby z miejscem"):
        assert words in text
    places = [text.index(name) for name in ("Lena Mak", "Łucja Lis", "Zofia Żak", "Yan Czeka", "Ala Czeka")]
    assert places == sorted(places)
    assert "Cezary Wycofany" not in text and "@example.org" not in text.partition("<main")[2]
    in_bulgarian = browser.get(sheet(event, workshop, "bg")).text
    assert in_bulgarian.index("Lena Mak") < in_bulgarian.index("Łucja Lis")


def test_list_of_people_leads_to_each_sheet(event: Any, as_person: Any) -> None:
    workshop = make_session(event)
    browser = as_person(make_team_member(event, "desk"))
    assert sheet(event, workshop, "en") in browser.get(f"/en/events/{event.slug}/participants").text
    assert "Nobody has a place" in browser.get(sheet(event, workshop, "en")).text


def test_workshop_of_another_event_and_other_roles_get_nothing(event: Any, as_person: Any, client: Any) -> None:
    workshop, foreign = make_session(event), make_session(make_event())
    desk = as_person(make_team_member(event, "desk"))
    assert desk.get(sheet(event, foreign)).status_code == 404
    assert as_person(make_team_member(event, "door")).get(sheet(event, workshop)).status_code == 403
    assert client.get(sheet(event, workshop)).status_code == 303


def test_sheet_asks_the_same_for_more_people(event: Any, as_person: Any, count_queries: Any) -> None:
    workshop = make_session(event)
    browser = as_person(make_team_member(event, "desk"))
    browser.get(sheet(event, workshop))
    with count_queries() as few:
        browser.get(sheet(event, workshop))
    for _number in range(4):
        confirmed(event, workshop)
    with count_queries() as many:
        browser.get(sheet(event, workshop))
    assert len(few) == len(many) <= 9

"""What people read about kept places, and the pages on which organisers keep them."""

import datetime as dt

import pytest
from flask import Flask

from portal.events.models import Event
from portal.ground import clock
from portal.registration import queries, services
from tests.factories.events import make_coordinator, make_event, make_session, refreshed
from tests.factories.networks import make_network
from tests.factories.organisations import make_organisation
from tests.factories.registrations import confirmed, keep
from tests.fixtures.pages import FrozenClock
from tests.registration.test_questions import latest, own, register
from tests.registration.test_reserves import LOCAL, NGO, congress
from tests.support.client import CheckedClient
from tests.support.people import sign_in

TYPED = {"name": "Ola Próbna", "email": "ola@example.org"}


@pytest.fixture
def event(app: Flask) -> Event:
    return congress(3)


def in_a_day(event: Event) -> dt.datetime:
    wall = clock.to_wall(clock.now() + dt.timedelta(days=1), event.timezone)
    return wall.replace(second=0, microsecond=0)


def test_everybody_reads_how_many_are_kept_for_whom_and_until_when(event: Event, client: CheckedClient) -> None:
    moment = in_a_day(event)
    keep(event, 2, LOCAL, release_at=moment, name_en="Local governments")
    page = client.get(f"/en/events/{event.slug}").text
    assert "Last places: 1 of 3" in page
    assert "Local governments" in page and "2 of 3 places are kept for them until" in page
    confirmed(event, sector=NGO, name="Anna Nowak")
    page = client.get(f"/en/events/{event.slug}").text
    assert "Free places for some groups only: 2" in page and "Register" in page
    assert "Every place is taken" not in page and "Anna" not in page


def test_form_says_before_sending_who_gets_a_place_and_who_waits(event: Event, client: CheckedClient) -> None:
    keep(event, 2, LOCAL)
    confirmed(event, sector=NGO)
    page = client.get(register(event).replace("/pl/", "/en/"))
    assert "The free places are for some groups" in page.text
    client.submit(page, {**TYPED, "sector": LOCAL})
    assert services.confirm(latest().id).status == "confirmed"
    client.submit(page, {**TYPED, "email": "jan@example.org", "sector": NGO})
    assert services.confirm(latest().id).status == "waiting"
    waits = client.get(own(latest(), "en")).text
    assert "Position on the waiting list: 1" in waits and "but they are kept for others" in waits


def test_organisation_at_its_limit_is_told_and_then_may_wait(app: Flask, client: CheckedClient) -> None:
    event = congress(9, max_per_organisation=1)
    confirmed(event, affiliation="Lipa")
    page = client.get(register(event).replace("/pl/", "/en/"))
    assert "One organisation gets 1 place at most." in page.text
    again = client.submit(page, {**TYPED, "affiliation": "LIPA"})
    assert again.status_code == 422
    assert "As many people of this organisation" in again.text and "No place for you at the moment" in again.text
    assert client.submit(again, {}).status_code == 303
    assert services.confirm(latest().id).status == "waiting"
    assert "You get the next one that they leave." in client.get(own(latest(), "en")).text


def test_workshop_whose_free_places_are_kept_is_chosen_as_a_waiting_place(app: Flask, client: CheckedClient) -> None:
    event = congress(None)
    workshop = make_session(event, seats=1)
    keep(event, 1, LOCAL, session=workshop, name_en="Local governments")
    page = client.get(register(event).replace("/pl/", "/en/"))
    assert "Free places for some groups only: 1" in page.text and "Local governments" in page.text
    assert f'value="{workshop.id}w"' in page.text
    waits = confirmed(event, workshop, sector=NGO)
    assert "but they are kept for others" in client.get(own(waits, "en")).text


def test_organiser_sees_what_a_reserve_does_and_saves_what_was_shown(app: Flask, client: CheckedClient) -> None:
    network = make_network()
    event = make_event(network, seats=3, asks_organisation=True)
    make_organisation(name="Gmina Lipno")
    for sector in (NGO, NGO, LOCAL, NGO):
        confirmed(event, sector=sector)
    sign_in(client, make_coordinator(network))
    address = f"/en/events/{event.slug}/reserves"
    assert "No places are kept for anybody." in client.get(address).text
    values = {
        "name_pl": "Samorządy",
        "seats": "2",
        "sectors": [LOCAL],
        "organisations": "gmina lipno",
        "where": "event",
    }
    shown = client.submit(client.get(f"{address}/new"), values, button="act=look")
    assert "3 people have a place now, and keep it." in shown.text
    assert "Of these, belonging to the reserve: 1" in shown.text
    assert "1 person sits on a place that is kept for others" in shown.text
    assert not queries.kept_of_event(event.id), "nothing is saved yet"
    other = client.submit(shown, {"seats": "1"}, button="act=send")
    assert other.status_code == 422 and not queries.kept_of_event(event.id), "of this nobody has seen what it does"
    assert client.submit(other, button="act=send").status_code == 303
    (kept,) = queries.kept_of_event(event.id)
    assert (kept.seats, kept.rule.sectors, len(kept.rule.organisations)) == (1, {LOCAL}, 1)
    page = client.get(address).text
    assert "Samorządy" in page and "1 of 3" in page


def test_reserve_is_changed_and_removed_on_its_page(app: Flask, client: CheckedClient) -> None:
    network = make_network()
    event = make_event(network, seats=2, asks_organisation=True)
    keep(event, 2, LOCAL)
    waits = confirmed(event, sector=NGO)
    sign_in(client, make_coordinator(network))
    (kept,) = queries.kept_of_event(event.id)
    page = client.get(f"/en/events/{event.slug}/reserves/{kept.rule.id}")
    shown = client.submit(page, {"sectors": [], "name_pl": ""}, button="act=look")
    assert shown.status_code == 422 and "Choose at least one sector" in shown.text
    shown = client.submit(page, {"seats": "1"}, button="act=look")
    assert "Getting a place at once: 1" in shown.text
    assert client.submit(shown, {"seats": "1"}, button="act=send").status_code == 303
    assert refreshed(waits).status == "confirmed"
    stale = client.submit(shown, {"seats": "1"}, button="act=send")
    assert stale.status_code == 409
    other = confirmed(event, sector=NGO)
    page = f"/en/events/{event.slug}/reserves/{kept.rule.id}"
    removed = client.submit(page, action=f"{page}/remove")
    assert removed.status_code == 303
    assert refreshed(other).status == "confirmed" and not queries.kept_of_event(event.id)


def test_released_reserve_is_listed_as_open_and_no_longer_shown_to_people(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    network = make_network()
    event = make_event(network, seats=2, asks_organisation=True)
    keep(event, 2, LOCAL, release_at=in_a_day(event), name_en="Local governments")
    frozen_clock.shift(days=2)
    assert "Local governments" not in client.get(f"/en/events/{event.slug}").text
    sign_in(client, make_coordinator(network))
    assert "open to everybody" in client.get(f"/en/events/{event.slug}/reserves").text

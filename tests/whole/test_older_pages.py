"""A form that comes from a page of an earlier release, or from a program: without a field that is there today."""

from typing import Any

from portal.events.models import Event
from portal.ground.db import db
from tests.factories.events import NEW, make_coordinator, make_event, make_network


def test_without_the_version_nothing_is_overwritten_and_nothing_typed_is_lost(app: Any, as_person: Any) -> None:
    network = make_network()
    event, browser = make_event(network), as_person(make_coordinator(network))
    answer = browser.submit(
        f"/pl/events/{event.slug}/edit", {"title": "Zmieniony kongres", "kind": "fair", "version": None}
    )
    assert answer.status_code == 409 and "Zmieniony kongres" in answer.text
    assert db.session.get_one(Event, event.id, populate_existing=True).title.source == "Kongres Sieci"


def test_without_a_list_that_may_stay_empty_the_rest_is_saved(app: Any, as_person: Any) -> None:
    network = make_network()
    browser = as_person(make_coordinator(network))
    answer = browser.submit(f"/pl/networks/{network.slug}/events/new", {**NEW, "region": None})
    assert answer.status_code == 303, answer.text
    assert browser.submit(f"/pl/networks/{network.slug}/events/new", {**NEW, "kind": None}).status_code == 422

"""What was sent and saved nothing says so, and what was typed is still there."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.events.models import Event
from portal.events.services import cancel_event
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.registration import services
from portal.registration.models import Registration
from tests.factories.events import HOUR, make_event, make_session, make_slot, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, state, taken
from tests.fixtures.pages import FrozenClock
from tests.registration.test_calendars import file_of
from tests.support.client import CheckedClient


def test_form_sent_a_second_after_the_deadline_comes_back_filled(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    event = make_event(registration_closes_at=frozen_clock.moment + timedelta(minutes=5))
    slot = make_slot(event)
    workshop = make_session(event, slot=slot)
    page = client.get(f"/en/events/{event.slug}/register")
    frozen_clock.shift(minutes=5)
    typed = {"name": "Zośka Wąs", "email": "z@example.org", "affiliation": "Koło", f"slot_{slot.id}": str(workshop.id)}
    answer = client.submit(page, typed)
    assert answer.status_code == 409
    assert "closed, so nothing was saved" in answer.text
    assert all(f'value="{value}"' in answer.text for value in ("Zośka Wąs", "z@example.org", "Koło"))
    assert f'value="{workshop.id}"' in answer.text and " checked" in answer.text
    assert db.session.query(Registration).count() == 0


def test_signed_in_person_who_is_late_loses_nothing_either(app: Flask, as_person, frozen_clock: FrozenClock) -> None:
    event = make_event(registration_closes_at=frozen_clock.moment + timedelta(minutes=5))
    browser = as_person(make_person())
    page = browser.get(f"/en/events/{event.slug}/register")
    frozen_clock.shift(minutes=5)
    answer = browser.submit(page, {"affiliation": "Chitalishte"})
    assert (answer.status_code, 'value="Chitalishte"' in answer.text) == (409, True)


@pytest.fixture
def opened(app: Flask, client: CheckedClient) -> tuple[Event, Registration, object, str]:
    event = make_event()
    workshop = make_session(event)
    registration = confirmed(event, workshop)
    return event, registration, workshop, f"/en/registration/{services.open_own(registration.id).token}"


def test_change_after_the_event_was_cancelled_says_that_nothing_is_saved(client: CheckedClient, opened) -> None:
    event, registration, _workshop, address = opened
    page = client.get(f"{address}/change")
    cancel_event(event, reason="Powódź", by=PORTAL)
    answer = client.submit(page, {"name": "Anna Maria"})
    assert (answer.status_code, "can no longer be changed" in answer.text) == (409, True)
    assert 'value="Anna Maria"' in answer.text
    assert refreshed(registration).name == "Anna Nowak"


@pytest.mark.parametrize("step", ["cancel", "leave"])
def test_giving_up_after_the_event_was_cancelled_says_so(client: CheckedClient, opened, step: str) -> None:
    event, registration, workshop, address = opened
    page = client.get(f"{address}/{step}" + (f"/{workshop.id}" if step == "leave" else ""))
    cancel_event(event, reason="Powódź", by=PORTAL)
    answer = client.submit(page)
    assert (answer.status_code, "The event is over or cancelled" in answer.text) == (409, True)
    assert (refreshed(registration).status, state(registration, workshop)) == ("confirmed", "booked")


def test_cancelling_or_leaving_twice_says_that_it_was_done_before(client: CheckedClient, opened) -> None:
    _event, _registration, workshop, address = opened
    leaving, cancelling = client.get(f"{address}/leave/{workshop.id}"), client.get(f"{address}/cancel")
    assert "The place is given up." in client.follow(client.submit(leaving)).text
    assert "Nothing has changed" in client.follow(client.submit(leaving)).text
    assert "Place cancelled" in client.follow(client.submit(cancelling)).text
    assert "Nothing has changed" in client.follow(client.submit(cancelling)).text


def test_change_of_a_registration_that_has_ended_says_so(client: CheckedClient, opened) -> None:
    _event, registration, _workshop, address = opened
    page = client.get(f"{address}/change")
    services.cancel(registration.id)
    answer = client.submit(page, {"name": "Anna Maria"})
    assert (answer.status_code, "has ended" in answer.text) == (409, True)


def test_leaving_what_has_begun_says_that_nothing_changed(client: CheckedClient, opened, frozen_clock) -> None:
    _event, registration, workshop, address = opened
    frozen_clock.set(refreshed(workshop).starts_at - HOUR)
    page = client.get(f"{address}/leave/{workshop.id}")
    frozen_clock.set(refreshed(workshop).starts_at)
    assert "has begun. Nothing has changed" in client.follow(client.submit(page)).text
    assert state(registration, workshop) == "booked"


def test_cancelling_on_the_second_day_keeps_the_places_of_the_first(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    event = make_event()
    first, second = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=26)
    registration, waits = confirmed(event, first, second), confirmed(event, first, second)
    token = services.open_own(registration.id).token
    frozen_clock.set(refreshed(event).starts_at + 25 * HOUR)
    services.cancel(registration.id)
    assert (state(registration, first), state(registration, second)) == ("booked", "released")
    assert (taken(first), state(waits, first), state(waits, second)) == (1, "waiting", "booked")
    page = client.get(f"/en/registration/{token}").text
    assert first.title.source in page and second.title.source not in page
    entries = file_of(refreshed(registration))
    kept, gone = (str(entries[f"{one.guid}@127.0.0.1"]["STATUS"]) for one in (first, second))
    assert (kept, gone) == ("CONFIRMED", "CANCELLED")

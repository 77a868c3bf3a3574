"""Somebody else comes instead, with every booking; and whoever cancelled comes after all, while the place is there."""

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.errors import Conflict, Refusal
from portal.registration import queries, services
from portal.registration.calendars import calendar_of
from portal.registration.services import Wish
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import change, confirmed, state, taken
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.client import CheckedClient


def test_successor_has_every_booking_and_each_place_in_a_queue(app: Flask, outbox: Outbox) -> None:
    event = make_event(seats=1)
    booked, full = make_session(event, seats=1), make_session(event, hours=5, seats=0)
    old = confirmed(event, booked, full)
    behind = confirmed(event)
    outbox.deliver()
    new = services.hand_over(old.id, name="Ewa Nowa", email="ewa@example.org")
    assert (refreshed(old).status, refreshed(old).successor_id) == ("transferred", new.id)
    assert (new.status, new.queue_at) == ("confirmed", old.queue_at)
    assert [state(new, one) for one in (booked, full)] == ["booked", "waiting"]
    assert [state(old, one) for one in (booked, full)] == ["released", "released"]
    assert (taken(booked), queries.event_places(event.id).taken) == (1, 1)
    assert refreshed(behind).status == "waiting", "no seat was free for a moment"
    assert [str(one["To"]) for one in outbox.deliver()] == [old.email, "ewa@example.org"]


def test_calendars_of_both_are_true(app: Flask) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    old = confirmed(event, workshop)
    before = refreshed(old).sequence
    new = services.hand_over(old.id, name="Ewa Nowa", email="ewa@example.org")
    old = queries.with_event(old.id)
    assert calendar_of(old).count(b"STATUS:CANCELLED") == 2 and old.sequence > before
    assert calendar_of(queries.with_event(new.id)).count(b"STATUS:CONFIRMED") == 2


def test_what_is_over_stays_with_whoever_was_there(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    first, later = make_session(event, hours=0, seats=2), make_session(event, hours=10, seats=2)
    old = confirmed(event, first, later)
    frozen_clock.set(refreshed(first).ends_at)
    new = services.hand_over(old.id, name="Ewa Nowa", email="ewa@example.org")
    assert [state(old, one) for one in (first, later)] == ["booked", "released"]
    assert [state(new, one) for one in (first, later)] == [None, "booked"]
    assert (taken(first), taken(later)) == (1, 1)


def test_only_a_confirmed_place_is_handed_over(app: Flask) -> None:
    event = make_event(seats=1)
    confirmed(event)
    waits = confirmed(event)
    with pytest.raises(Conflict):
        services.hand_over(waits.id, name="Ewa Nowa", email="ewa@example.org")


def test_nobody_gets_a_second_place(app: Flask) -> None:
    event = make_event()
    old = confirmed(event)
    confirmed(event, email="ewa@example.org", name="Ewa Nowa")
    with pytest.raises(Refusal) as refused:
        services.hand_over(old.id, name="ewa nowa", email="EWA@example.org")
    assert refused.value.field == "email"
    assert refreshed(old).status == "confirmed"


def test_page_hands_over_and_its_link_then_only_tells(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    old = confirmed(event)
    address = f"/en/registration/{services.open_own(old.id).token}"
    wrong = client.submit(f"{address}/hand-over", {"name": "", "email": "nobody"})
    assert wrong.status_code == 422 and 'value="nobody"' in wrong.text
    done = client.follow(client.submit(wrong, {"name": "Ewa Nowa", "email": "ewa@example.org"}))
    assert "now belong to: Ewa Nowa" in done.text and "handed over" in done.text
    assert client.get(f"{address}/hand-over").status_code == 303
    assert client.get(f"{address}/change").status_code == 303
    again = client.submit(wrong, {"name": "Jan Inny", "email": "jan@example.org"})
    assert again.status_code == 409
    assert queries.people(event).number == 1


def test_who_cancelled_comes_after_all(app: Flask, client: CheckedClient) -> None:
    event = make_event(seats=2)
    workshop = make_session(event, seats=1)
    registration = confirmed(event, workshop)
    queue_at = registration.queue_at
    services.cancel(registration.id)
    address = f"/en/registration/{services.open_own(registration.id).token}"
    page = client.get(address)
    assert "Your place has not been given to anybody yet." in page.text
    done = client.follow(client.submit(page, action=f"{address}/resume"))
    assert "You have a place again." in done.text
    registration = refreshed(registration)
    assert (registration.status, registration.queue_at, registration.cancelled_at) == ("confirmed", queue_at, None)
    assert (state(registration, workshop), taken(workshop)) == ("booked", 1)
    assert queries.event_places(event.id).taken == 1
    assert not services.resume(registration.id)


def test_place_that_was_given_on_is_not_taken_back(app: Flask, client: CheckedClient) -> None:
    event = make_event(seats=1)
    registration, waits = confirmed(event), confirmed(event)
    services.cancel(registration.id)
    assert refreshed(waits).status == "confirmed"
    page = client.get(f"/en/registration/{services.open_own(registration.id).token}")
    assert "I can come after all" not in page.text
    with pytest.raises(Conflict):
        services.resume(registration.id)


def test_nobody_comes_back_past_who_waits(app: Flask) -> None:
    """A seat is free and kept for nobody, yet somebody waits for the event: an offer has just lapsed."""
    event = make_event(seats=1, offer_hours=2)
    registration, waits = confirmed(event), confirmed(event)
    services.cancel(registration.id)
    assert refreshed(waits).status == "offered"
    with pytest.raises(Conflict):
        services.resume(registration.id)


def test_workshop_that_was_given_on_is_waited_for(app: Flask) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    registration, waits = confirmed(event, workshop), confirmed(event, workshop)
    services.cancel(registration.id)
    assert state(waits, workshop) == "booked"
    services.resume(registration.id)
    assert (refreshed(registration).status, state(registration, workshop)) == ("confirmed", "waiting")


def test_what_was_given_up_before_cancelling_stays_given_up(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    one, other = make_session(event, seats=2), make_session(event, hours=5, seats=2)
    registration = confirmed(event, one, other)
    change(registration, Wish(one.id))
    frozen_clock.shift(hours=1)
    services.cancel(registration.id)
    services.resume(registration.id)
    assert [state(registration, session) for session in (one, other)] == ["booked", "released"]


def test_who_registered_again_since_has_one_registration(app: Flask) -> None:
    event = make_event()
    registration = confirmed(event, email="ala@example.org")
    services.cancel(registration.id)
    again = confirmed(event, email="ala@example.org")
    with pytest.raises(Conflict):
        services.resume(registration.id)
    assert refreshed(again).status == "confirmed"


@pytest.mark.parametrize("is_accepted", [False, True])
def test_nobody_comes_back_past_the_team(app: Flask, client: CheckedClient, is_accepted: bool) -> None:
    """A request that its person withdrew is cancelled too: taking that back must not make a place of it."""
    event = make_event(approval=True)
    asked = confirmed(event)
    if is_accepted:
        services.approve(event, [asked.id], by=PORTAL)
    services.cancel(asked.id)
    page = client.get(f"/en/registration/{services.open_own(asked.id).token}").text
    assert "I can come after all" not in page and "Register again" in page
    with pytest.raises(Conflict) as refused:
        services.resume(asked.id)
    assert "team of the event decides" in str(refused.value.reason)
    assert (refreshed(asked).status, queries.people(event).number) == ("cancelled", 0)
    assert confirmed(event, email=asked.email, name=asked.name).status == "pending"


def test_place_in_a_queue_is_that_of_the_giver(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    full = make_session(event, seats=0)
    old = confirmed(event, full)
    frozen_clock.shift(hours=1)
    behind = confirmed(event, full)
    frozen_clock.shift(hours=1)
    new = services.hand_over(old.id, name="Ewa Nowa", email="ewa@example.org")
    assert [queries.places([one.id])[0].position for one in (new, behind)] == [1, 2]

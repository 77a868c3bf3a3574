"""What was chosen in a form and can no longer be had when it is confirmed: said, and never a wait for nothing."""

from flask import Flask

from portal.registration import queries, services
from portal.registration.models import Registration
from tests.factories.events import HOUR, make_event, make_session, refreshed
from tests.factories.registrations import confirmed, state, submit, taken
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_following import becomes, cancelled, event_becomes
from tests.support.client import CheckedClient


def confirm_by_page(client: CheckedClient, outbox: Outbox, registration: Registration) -> tuple[str, str]:
    """(what the page says, what the mail says) of confirming by the button."""
    path = next(outbox.paths(one)[0] for one in outbox.deliver() if one["To"] == registration.email)
    page = client.get(path)
    assert client.submit(page).status_code == 303
    return page.text, outbox.text(outbox.deliver()[-1])


def test_workshop_whose_limit_was_taken_away_is_not_waited_for(
    app: Flask, client: CheckedClient, outbox: Outbox
) -> None:
    event = make_event()
    workshop = make_session(event, seats=5)
    registration = submit(event, workshop)
    becomes(workshop, seats=None)
    page, mail = confirm_by_page(client, outbox, registration)
    assert (refreshed(registration).status, state(registration, workshop)) == ("confirmed", "released")
    assert "każdy może przyjść" in page and "każdy może przyjść" in mail


def test_workshop_that_began_meanwhile_is_not_waited_for(
    app: Flask, client: CheckedClient, outbox: Outbox, frozen_clock: FrozenClock
) -> None:
    event = make_event(registration_closes_at=None)
    event_becomes(event, registration_closes_at=event.ends_at)
    begun, still = make_session(event, seats=5, hours=2), make_session(event, seats=5, hours=6)
    frozen_clock.set(refreshed(begun).starts_at - HOUR)
    registration = submit(event, begun, still)
    frozen_clock.set(refreshed(begun).starts_at)
    page, mail = confirm_by_page(client, outbox, registration)
    assert (state(registration, begun), state(registration, still), taken(begun)) == ("released", "booked", 0)
    assert "Już się rozpoczął" in page and "Już się rozpoczął" in mail


def test_workshop_cancelled_before_confirming_is_told(app: Flask, client: CheckedClient, outbox: Outbox) -> None:
    event = make_event()
    workshop = make_session(event, seats=5)
    registration = submit(event, workshop)
    cancelled(workshop)
    page, mail = confirm_by_page(client, outbox, registration)
    assert "Nie odbędzie się" in page and "Nie odbędzie się" in mail


def test_of_two_wishes_that_overlap_since_a_move_the_second_does_not_wait_for_nothing(
    app: Flask, client: CheckedClient, outbox: Outbox
) -> None:
    event = make_event()
    one, other = make_session(event, seats=5, hours=2), make_session(event, seats=5, hours=6)
    registration = submit(event, one, other)
    row = refreshed(one)
    becomes(other, starts_at=row.starts_at, ends_at=row.ends_at)
    page, mail = confirm_by_page(client, outbox, registration)
    assert (state(registration, one), state(registration, other), taken(other)) == ("booked", "released", 0)
    assert "samym czasie co inny warsztat" in page and "samym czasie co inny warsztat" in mail


def test_full_workshop_at_the_time_of_another_is_still_waited_for(app: Flask) -> None:
    event = make_event()
    mine, full = make_session(event, seats=5), make_session(event, seats=0)
    registration = confirmed(event, mine, full)
    assert (state(registration, mine), state(registration, full)) == ("booked", "waiting")


def test_who_is_admitted_to_the_event_later_waits_for_nothing_either(app: Flask, outbox: Outbox) -> None:
    event = make_event(seats=1)
    one, other = make_session(event, seats=5, hours=2), make_session(event, seats=5, hours=6)
    holder, outside = confirmed(event), confirmed(event, one, other)
    row = refreshed(one)
    becomes(other, starts_at=row.starts_at, ends_at=row.ends_at)
    outbox.deliver()
    services.cancel(holder.id)
    assert (state(outside, one), state(outside, other)) == ("booked", "released")
    (message,) = [mail for mail in outbox.deliver() if mail["To"] == outside.email]
    assert "samym czasie co inny warsztat" in outbox.text(message)


def test_nobody_is_shown_a_turn_in_the_list_of_what_has_begun(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    holder, waits = confirmed(event, workshop), confirmed(event, workshop)
    frozen_clock.set(refreshed(workshop).starts_at)
    assert [place.registration_id for place in queries.places([holder.id, waits.id])] == [holder.id]
    assert list(queries.places_by_person(event.id)) == [holder.id]

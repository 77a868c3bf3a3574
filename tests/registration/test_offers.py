"""Where a place from the waiting list is offered: it is kept until an instant that is shown, taken by a button, or goes on."""

import datetime as dt

import pytest
from flask import Flask

from portal.events import services as events
from portal.events.fields import EVENT
from portal.events.models import Event
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.errors import Conflict, Refusal
from portal.registration import queries, services
from portal.registration.services import Wish
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import change, confirmed, state, taken
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.client import CheckedClient


def test_first_who_waits_is_offered_the_place(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event = make_event(seats=1, offer_hours=2)
    holder, first, second = confirmed(event), confirmed(event), confirmed(event)
    outbox.deliver()
    services.cancel(holder.id)
    first, second = refreshed(first), refreshed(second)
    assert (first.status, second.status) == ("offered", "waiting")
    assert first.offer_ends_at == clock.now() + dt.timedelta(hours=2)
    assert queries.event_places(event.id).free == 0, "a place that is kept is taken"
    mail = next(one for one in outbox.deliver() if one["To"] == first.email)
    assert "Miejsce czeka na ciebie" in str(mail["Subject"]) and "13:00" in outbox.text(mail)


def test_newcomer_gets_a_free_place_outright(app: Flask) -> None:
    event = make_event(seats=1, offer_hours=2)
    workshop = make_session(event, seats=1)
    assert confirmed(event, workshop).status == "confirmed"


def test_offer_is_taken_by_a_button_and_looking_changes_nothing(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    event = make_event(seats=1, offer_hours=2)
    workshop = make_session(event, seats=1)
    holder, waits = confirmed(event, workshop), confirmed(event, workshop)
    services.cancel(holder.id)
    address = f"/en/registration/{services.open_own(waits.id).token}"
    page = client.get(address)
    assert "A place at the event became free" in page.text and "13:00" in page.text
    client.get(address)
    assert refreshed(waits).status == "offered"
    done = client.follow(client.submit(page, action=f"{address}/accept"))
    assert "The place is yours." in done.text
    assert (refreshed(waits).status, state(waits, workshop)) == ("confirmed", "booked")
    again = client.follow(client.submit(page, action=f"{address}/accept"))
    assert "You have this place already." in again.text
    assert queries.event_places(event.id).taken == 1


def test_at_the_instant_of_its_end_it_is_too_late(app: Flask, client: CheckedClient, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1, offer_hours=2)
    holder, waits = confirmed(event), confirmed(event)
    services.cancel(holder.id)
    page = client.get(f"/en/registration/{services.open_own(waits.id).token}")
    frozen_clock.shift(hours=2)
    with pytest.raises(Conflict):
        services.accept(waits.id)
    late = client.follow(client.submit(page, action=f"{page.request.path}/accept"))
    assert "The time for this answer is over" in late.text
    assert refreshed(waits).status == "offered", "the job ends it, not somebody who looks"


def test_a_moment_before_its_end_it_is_taken(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1, offer_hours=2)
    holder, waits = confirmed(event), confirmed(event)
    services.cancel(holder.id)
    frozen_clock.shift(hours=2, microseconds=-1)
    assert services.accept(waits.id)


def test_lapsed_offer_takes_no_seat_before_anybody_notices(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1, offer_hours=2)
    workshop = make_session(event, seats=1)
    holder = confirmed(event, workshop)
    services.cancel(holder.id)
    holder = confirmed(event)
    services.cancel(confirmed(event).id)
    waits = confirmed(event)
    services.cancel(holder.id)
    assert refreshed(waits).status == "offered"
    assert queries.event_places(event.id).free == 0
    frozen_clock.shift(hours=2)
    assert queries.event_places(event.id).free == 1
    assert queries.event_places_of([event.id])[event.id].free == 1


def test_lapsed_offer_goes_to_the_next_and_its_person_is_told(
    app: Flask, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    event = make_event(seats=1, offer_hours=2)
    holder, first, second = confirmed(event), confirmed(event), confirmed(event)
    services.cancel(holder.id)
    frozen_clock.shift(hours=2)
    outbox.deliver()
    assert services.end_offers() == 1
    assert services.end_offers() == 0
    assert (refreshed(first).status, refreshed(second).status) == ("expired", "offered")
    told = {str(one["To"]): str(one["Subject"]) for one in outbox.deliver()}
    assert told[first.email].startswith("Czas na odpowiedź minął") and "czeka na ciebie" in told[second.email]
    assert refreshed(first).queue_at == first.queue_at


def test_whoever_comes_meanwhile_does_not_pass_who_waits(app: Flask, frozen_clock: FrozenClock) -> None:
    """The seat of a lapsed offer is free by the clock, but somebody waits for it."""
    event = make_event(seats=1, offer_hours=2)
    holder, first, second = confirmed(event), confirmed(event), confirmed(event)
    services.cancel(holder.id)
    frozen_clock.shift(hours=2)
    newcomer = confirmed(event)
    assert [refreshed(one).status for one in (first, second, newcomer)] == ["expired", "offered", "waiting"]


def test_declined_offer_goes_to_the_next_at_once(app: Flask, client: CheckedClient, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1, offer_hours=2)
    holder, first, second = confirmed(event), confirmed(event), confirmed(event)
    services.cancel(holder.id)
    address = f"/en/registration/{services.open_own(first.id).token}"
    client.submit(f"{address}/cancel")
    assert (refreshed(first).status, refreshed(second).status) == ("declined", "offered")
    assert "You have left the offered place to somebody else." in client.get(address).text


def test_place_in_a_workshop_is_offered_taken_and_left(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    event = make_event(offer_hours=2)
    workshop = make_session(event, seats=1)
    holder, first, second = (confirmed(event, workshop) for _ in range(3))
    outbox.deliver()
    services.leave(holder.id, session_id=workshop.id)
    assert [state(one, workshop) for one in (first, second)] == ["offered", "waiting"]
    assert taken(workshop) == 1
    assert [str(one["To"]) for one in outbox.deliver() if "czeka na ciebie" in str(one["Subject"])] == [first.email]
    services.leave(first.id, session_id=workshop.id)
    assert [state(one, workshop) for one in (first, second)] == ["released", "offered"]
    address = f"/en/registration/{services.open_own(second.id).token}"
    page = client.get(address)
    done = client.follow(client.submit(page, action=f"{address}/accept/{workshop.id}"))
    assert "The place is yours." in done.text and state(second, workshop) == "booked"


def test_lapsed_place_in_a_workshop_is_free_by_the_clock_and_goes_on(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(offer_hours=2)
    workshop = make_session(event, seats=1)
    holder, first, second = (confirmed(event, workshop) for _ in range(3))
    services.leave(holder.id, session_id=workshop.id)
    frozen_clock.shift(hours=2)
    (line,) = queries.workshops(event.id)
    assert (line.taken, queries.session_places_of(event.id)[workshop.id].taken) == (0, 0)
    with pytest.raises(Conflict):
        services.accept_place(first.id, session_id=workshop.id)
    assert services.end_offers() == 1
    assert [state(one, workshop) for one in (first, second)] == ["released", "offered"]
    assert refreshed(first).status == "confirmed", "everything else stays"


def test_nothing_is_changed_before_an_offer_is_answered(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(offer_hours=2)
    workshop = make_session(event, seats=1)
    holder, first = confirmed(event, workshop), confirmed(event, workshop)
    services.leave(holder.id, session_id=workshop.id)
    with pytest.raises(Conflict):
        change(first)
    assert state(first, workshop) == "offered"


def test_offer_never_puts_somebody_in_two_places(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(offer_hours=2)
    one, other = make_session(event, seats=1), make_session(event, seats=1)
    holder = confirmed(event, one)
    change(holder, Wish(one.id))
    waits = confirmed(event, one)
    change(waits, Wish(one.id, waits=True), Wish(other.id))
    services.leave(holder.id, session_id=one.id)
    assert (state(waits, one), state(waits, other), taken(one)) == ("waiting", "booked", 0)


def test_who_changes_their_own_choice_is_not_asked_back(app: Flask, frozen_clock: FrozenClock) -> None:
    """They have just said yes; an offer to themselves would be a riddle."""
    event = make_event(offer_hours=2)
    one, other = make_session(event, seats=1), make_session(event, seats=1)
    holder = confirmed(event, one)
    waits = confirmed(event, one)
    change(waits, Wish(one.id, waits=True), Wish(other.id))
    services.leave(holder.id, session_id=one.id)
    change(waits, Wish(one.id, waits=True))
    assert state(waits, one) == "booked"


def test_hours_to_answer_stay_while_somebody_is_asked(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1, offer_hours=2)
    holder, waits = confirmed(event), confirmed(event)
    services.cancel(holder.id)
    with pytest.raises(Refusal) as refused:
        _set_hours(event, None)
    assert refused.value.field == "offer_hours"
    services.accept(waits.id)
    _set_hours(event, None)
    assert refreshed(event).offer_hours is None


def test_near_the_start_a_place_is_given_at_once(app: Flask, frozen_clock: FrozenClock) -> None:
    """There is nobody to ask at an hour at which an offer has ended before it is read."""
    event = make_event(seats=1, offer_hours=2)
    holder, waits = confirmed(event), confirmed(event)
    frozen_clock.set(refreshed(event).starts_at + dt.timedelta(minutes=1))
    services.cancel(holder.id)
    assert refreshed(waits).status == "confirmed"


def _set_hours(event: Event, hours: int | None) -> None:
    event = refreshed(event)
    events.update_event(
        event, version=event.row_version, by=PORTAL, **{**EVENT.read(event, "pl", event.timezone), "offer_hours": hours}
    )


def test_what_has_ended_cannot_be_taken(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1, offer_hours=2)
    workshop = make_session(event, seats=1)
    holder, waits = confirmed(event, workshop), confirmed(event)
    services.cancel(holder.id)
    frozen_clock.shift(hours=2)
    services.end_offers()
    for ended in (holder, waits):
        with pytest.raises(Conflict):
            services.accept(ended.id)
        with pytest.raises(Conflict):
            services.accept_place(ended.id, session_id=workshop.id)


def test_place_that_is_taken_already_is_taken_once(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(offer_hours=2)
    workshop = make_session(event, seats=1)
    holder = confirmed(event, workshop)
    assert not services.accept_place(holder.id, session_id=workshop.id)
    assert taken(workshop) == 1


def test_sweeper_ends_what_has_lapsed_without_crying(app: Flask, frozen_clock: FrozenClock, caplog: object) -> None:
    event = make_event(seats=1, offer_hours=2)
    holder, first, second = confirmed(event), confirmed(event), confirmed(event)
    services.cancel(holder.id)
    frozen_clock.shift(hours=2)
    services.sweep()
    assert [refreshed(one).status for one in (first, second)] == ["expired", "offered"]
    assert "free seats beside waiting people" not in caplog.text

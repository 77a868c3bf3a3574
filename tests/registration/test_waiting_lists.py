"""Places and waiting lists: who gets a place, when, and in which order."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground import clock
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from portal.registration import queries, services
from portal.registration.models import Booking, Registration
from portal.registration.services import Wish
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import change, confirmed, state, submit, taken, wishes
from tests.fixtures.pages import FrozenClock


def queue_at(registration: Registration, session: object) -> dt.datetime | None:
    return db.session.scalar(
        sa.select(Booking.queue_at).where(
            Booking.registration_id == registration.id, Booking.session_id == session.id, Booking.status != "released"
        )
    )


def test_unconfirmed_registration_takes_no_seat(app: Flask) -> None:
    event = make_event(seats=5)
    workshop = make_session(event, seats=1)
    waiting = submit(event, workshop)
    assert (waiting.status, waiting.queue_at, waiting.person_id) == ("unverified", None, None)
    assert state(waiting, workshop) == "wished"
    assert taken(workshop) == 0
    assert queries.event_places(event.id).taken == 0


def test_confirming_books_and_sets_the_moment(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=5)
    workshop = make_session(event, seats=1)
    registration = submit(event, workshop)
    frozen_clock.shift(hours=3)
    services.confirm(registration.id)
    registration = refreshed(registration)
    assert (registration.status, registration.queue_at) == ("confirmed", clock.now())
    assert registration.person_id is not None
    assert (state(registration, workshop), queue_at(registration, workshop)) == ("booked", clock.now())
    assert taken(workshop) == 1
    assert queries.event_places(event.id).taken == 1


def test_confirming_twice_changes_nothing(app: Flask) -> None:
    event = make_event()
    workshop = make_session(event)
    registration = confirmed(event, workshop)
    before = registration.queue_at
    again = services.confirm(registration.id)
    assert (again.registration_id, again.is_known) == (registration.id, True)
    assert refreshed(registration).queue_at == before
    assert taken(workshop) == 1


def test_full_workshop_queues_in_order_of_confirming(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    early_form = submit(event, workshop)
    late_form = submit(event, workshop)
    frozen_clock.shift(minutes=1)
    holder = confirmed(event, workshop)
    frozen_clock.shift(minutes=1)
    services.confirm(late_form.id)
    frozen_clock.shift(minutes=1)
    services.confirm(early_form.id)
    assert {p.registration_id: p.position for p in queries.places([late_form.id, early_form.id])} == {
        late_form.id: 1, early_form.id: 2
    }  # fmt: skip
    services.cancel(holder.id)
    assert state(late_form, workshop) == "booked"
    assert state(early_form, workshop) == "waiting"
    assert taken(workshop) == 1


def test_equal_moments_are_told_apart_by_booking(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    holder, first, second = (confirmed(event, workshop) for _ in range(3))
    assert queue_at(first, workshop) == queue_at(second, workshop)
    services.cancel(holder.id)
    assert (state(first, workshop), state(second, workshop)) == ("booked", "waiting")


def test_waiting_person_who_is_busy_is_skipped_and_keeps_the_place(app: Flask, frozen_clock: FrozenClock) -> None:
    """Whoever stands at the head and cannot come must not block those behind (codebar 1313, CiviCRM)."""
    event = make_event()
    wanted = make_session(event, seats=1, hours=2)
    other = make_session(event, seats=5, hours=2.5)
    holder = confirmed(event, wanted)
    frozen_clock.shift(minutes=1)
    busy = confirmed(event, other)
    change(busy, Wish(other.id), Wish(wanted.id, waits=True))
    frozen_clock.shift(minutes=1)
    behind = confirmed(event, wanted)
    services.cancel(holder.id)
    assert (state(busy, wanted), state(busy, other)) == ("waiting", "booked")
    assert state(behind, wanted) == "booked"
    services.cancel(behind.id)
    assert state(busy, wanted) == "waiting"
    assert taken(wanted) == 0
    change(busy, Wish(wanted.id))  # gives the other one up: the place that was kept is worth a seat now
    assert (state(busy, wanted), state(busy, other)) == ("booked", "released")
    assert taken(wanted) == 1


def test_giving_up_a_booking_serves_the_queues_in_which_one_waits(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    wanted = make_session(event, seats=1, hours=2)
    other = make_session(event, seats=5, hours=2)
    holder, busy = confirmed(event, wanted), confirmed(event, other)
    change(busy, Wish(other.id), Wish(wanted.id, waits=True))
    services.cancel(holder.id)
    assert taken(wanted) == 0
    since = queue_at(busy, wanted)
    frozen_clock.shift(minutes=1)
    change(busy, Wish(wanted.id, waits=True))
    assert (state(busy, wanted), queue_at(busy, wanted)) == ("booked", since)


def test_newcomer_does_not_overtake_those_who_wait(app: Flask, frozen_clock: FrozenClock) -> None:
    """A free seat beside an eligible waiter belongs to the waiter, also when somebody else confirms first (pretix 1405)."""
    event = make_event()
    wanted = make_session(event, seats=1, hours=2)
    other = make_session(event, seats=5, hours=2)
    holder, busy = confirmed(event, wanted), confirmed(event, other)
    change(busy, Wish(other.id), Wish(wanted.id, waits=True))
    services.cancel(holder.id)
    frozen_clock.shift(minutes=1)
    newcomer = confirmed(event, wanted)  # the one who waits is busy, so the seat is free for others
    assert state(newcomer, wanted) == "booked"
    services.cancel(busy.id)
    services.cancel(newcomer.id)
    assert taken(wanted) == 0


def test_places_asked_for_must_not_overlap(app: Flask) -> None:
    event = make_event()
    one, other = make_session(event, hours=2), make_session(event, hours=3)
    with pytest.raises(Refusal) as refused:
        services.submit(
            event_id=event.id, name="Anna", email="a@example.org", locale="pl", affiliation="",
            wanted=wishes([one, other]), accepts_waiting=False,
        )  # fmt: skip
    assert refused.value.parts[0].field == f"at_{int(other.starts_at.timestamp())}"
    registration = confirmed(event, one)
    with pytest.raises(Refusal):
        change(registration, Wish(one.id), Wish(other.id))
    assert (state(registration, one), state(registration, other)) == ("booked", None)


def test_sessions_that_touch_do_not_overlap(app: Flask) -> None:
    event = make_event()
    one, next_one = make_session(event, hours=2, length=1), make_session(event, hours=3, length=1)
    registration = confirmed(event, one, next_one)
    assert (state(registration, one), state(registration, next_one)) == ("booked", "booked")


def test_switch_to_a_full_workshop_changes_nothing(app: Flask) -> None:
    event = make_event()
    mine, full = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=2)
    confirmed(event, full)
    registration, behind = confirmed(event, mine), confirmed(event, mine)
    with pytest.raises(Refusal) as refused:
        change(registration, Wish(full.id))
    assert refused.value.parts[0].field == f"at_{int(full.starts_at.timestamp())}"
    assert (state(registration, mine), state(registration, full)) == ("booked", None)
    assert state(behind, mine) == "waiting"
    assert (taken(mine), taken(full)) == (1, 1)


def test_switch_frees_the_old_seat_in_the_same_moment(app: Flask) -> None:
    event = make_event()
    mine, free = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=2)
    registration, behind = confirmed(event, mine), confirmed(event, mine)
    change(registration, Wish(free.id))
    assert (state(registration, mine), state(registration, free)) == ("released", "booked")
    assert state(behind, mine) == "booked"
    assert (taken(mine), taken(free)) == (1, 1)


def test_place_kept_in_a_change_keeps_its_moment_and_a_new_one_gets_its_own(
    app: Flask, frozen_clock: FrozenClock
) -> None:
    event = make_event()
    full, later = make_session(event, seats=0, hours=2), make_session(event, seats=0, hours=5)
    registration = confirmed(event, full)
    since = clock.now()
    frozen_clock.shift(minutes=5)
    change(registration, Wish(full.id, waits=True), Wish(later.id, waits=True))
    assert (queue_at(registration, full), queue_at(registration, later)) == (since, clock.now())
    change(registration, Wish(later.id, waits=True))
    frozen_clock.shift(minutes=5)
    change(registration, Wish(full.id, waits=True), Wish(later.id, waits=True))
    assert queue_at(registration, full) == clock.now()  # whoever comes back stands at the end


def test_moment_of_confirming_cannot_be_set_again(app: Flask) -> None:
    registration = confirmed(make_event())
    with pytest.raises(ValueError, match="once"):
        registration.queue_at = clock.now() + dt.timedelta(hours=1)


def test_full_event_has_a_waiting_list_of_its_own(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1)
    workshop = make_session(event, seats=5)
    holder = confirmed(event, workshop)
    frozen_clock.shift(minutes=1)
    first = confirmed(event, workshop)
    frozen_clock.shift(minutes=1)
    second = confirmed(event, workshop)
    assert (first.status, second.status) == ("waiting", "waiting")
    assert [queries.event_position(one) for one in (first, second)] == [1, 2]
    assert (state(first, workshop), taken(workshop)) == ("waiting", 1)
    services.cancel(holder.id)
    assert (refreshed(first).status, refreshed(second).status) == ("confirmed", "waiting")
    assert (state(first, workshop), state(second, workshop), taken(workshop)) == ("booked", "waiting", 1)


def test_no_change_since_somebody_joined_the_list_lets_others_overtake_them(
    app: Flask, frozen_clock: FrozenClock
) -> None:
    """Places freed after registration closed go to those who wait longest, one each, and never to the latest."""
    closes = clock.now() + dt.timedelta(hours=1)
    event = make_event(seats=2, registration_closes_at=closes)
    workshop = make_session(event, seats=2)
    holders = [confirmed(event, workshop) for _ in range(2)]
    waiting = []
    for _ in range(3):
        frozen_clock.shift(minutes=1)
        waiting.append(confirmed(event, workshop))
    latest = submit(event, workshop)
    frozen_clock.set(closes + dt.timedelta(days=1))
    services.confirm(latest.id)
    for holder in holders:
        services.cancel(holder.id)
    assert services.sweep() == 0
    queue = [*waiting, latest]
    assert [refreshed(one).status for one in queue] == ["confirmed", "confirmed", "waiting", "waiting"]
    assert [state(one, workshop) for one in queue] == ["booked", "booked", "waiting", "waiting"]
    assert (taken(workshop), queries.event_places(event.id).taken) == (2, 2)


def test_cancelling_twice_gives_back_one_seat(app: Flask) -> None:
    event = make_event(seats=3)
    workshop = make_session(event, seats=2)
    one, other = confirmed(event, workshop), confirmed(event, workshop)
    services.cancel(one.id)
    services.cancel(one.id)
    assert (taken(workshop), queries.event_places(event.id).taken) == (1, 1)
    assert state(other, workshop) == "booked"


def test_seats_gone_between_looking_and_sending_book_nothing(app: Flask) -> None:
    """Signed in, a place asked for is booked or nothing is (pretix 1163)."""
    event = make_event()
    full, free = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=5)
    confirmed(event, full)
    person = refreshed(confirmed(make_event())).person_id
    from portal.accounts.models import Person

    with pytest.raises(Refusal):
        services.register(
            event_id=event.id, email=db.session.get_one(Person, person).email, name="Anna", locale="pl", affiliation="",
            wanted=[Wish(full.id), Wish(free.id)], accepts_waiting=False,
        )  # fmt: skip
    assert taken(free) == 0
    assert queries.active_of_address(event.id, "", person) == []
    services.register(
        event_id=event.id, email=db.session.get_one(Person, person).email, name="Anna", locale="pl", affiliation="",
        wanted=[Wish(full.id, waits=True), Wish(free.id)], accepts_waiting=False,
    )  # fmt: skip
    assert taken(free) == 1


def test_closed_registration_is_refused_but_an_earlier_form_is_confirmed(app: Flask, frozen_clock: FrozenClock) -> None:
    closes = clock.now() + dt.timedelta(hours=1)
    event = make_event(registration_closes_at=closes)
    in_time = submit(event)
    frozen_clock.set(closes)
    with pytest.raises(Conflict):
        submit(event)
    assert services.confirm(in_time.id).registration_id == in_time.id

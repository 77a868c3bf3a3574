"""Whose turn it is: who waits and leaves frees nothing, who confirmed first comes first, what has begun stays as it is."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import ProgrammeSession
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.registration import queries, services
from portal.registration.models import Registration
from portal.registration.services import Wish, seats
from tests.factories.events import HOUR, make_event, make_session, refreshed
from tests.factories.registrations import change, confirmed, state, submit, taken
from tests.fixtures.pages import FrozenClock
from tests.support.processes import wait_until
from tests.support.queries import somebody_waits_for_a_lock


def test_who_waits_and_leaves_frees_no_place_of_the_event(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1)
    holder, first, second = (confirmed(event) for _ in range(3))
    services.cancel(first.id)
    assert [refreshed(one).status for one in (holder, first, second)] == ["confirmed", "cancelled", "waiting"]
    assert queries.event_places(event.id).taken == 1


def test_event_admits_who_confirmed_first_and_not_whose_form_came_first(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1)
    early_form, holder = submit(event), confirmed(event)
    frozen_clock.shift(minutes=1)
    first = confirmed(event)
    frozen_clock.shift(minutes=1)
    services.confirm(early_form.id)
    services.cancel(holder.id)
    assert [refreshed(one).status for one in (first, early_form)] == ["confirmed", "waiting"]


@pytest.fixture
def running(app: Flask, frozen_clock: FrozenClock) -> tuple[object, object, object]:
    """An event half an hour after its first workshop has begun; the second is still to come."""
    event = make_event()
    return event, make_session(event, seats=1, hours=2), make_session(event, seats=5, hours=6)


def begin(frozen_clock: FrozenClock, event: object) -> None:
    frozen_clock.set(refreshed(event).starts_at + 2.5 * HOUR)


def test_change_leaves_the_place_in_what_has_begun(running, frozen_clock: FrozenClock) -> None:
    event, begun, later = running
    registration, waits = confirmed(event, begun), confirmed(event, begun)
    begin(frozen_clock, event)
    change(registration, Wish(later.id))
    assert (state(registration, begun), state(registration, later)) == ("booked", "booked")
    change(registration)
    assert (state(registration, begun), state(registration, later)) == ("booked", "released")
    services.leave(registration.id, session_id=begun.id)
    assert (state(registration, begun), state(waits, begun), taken(begun)) == ("booked", "waiting", 1)


def test_nobody_is_given_a_place_in_what_has_begun(running, frozen_clock: FrozenClock) -> None:
    event, begun, _later = running
    holder, waits = confirmed(event, begun), confirmed(event, begun)
    begin(frozen_clock, event)
    services.cancel(holder.id)
    assert services.sweep() == 0
    assert (state(waits, begun), taken(begun)) == ("waiting", 0)


def test_session_begins_at_its_very_moment(running, frozen_clock: FrozenClock) -> None:
    """The deadline is exclusive: at the moment of its beginning a workshop has begun."""
    event, begun, _later = running
    holder, waits = confirmed(event, begun), confirmed(event, begun)
    frozen_clock.set(refreshed(begun).starts_at)
    services.leave(holder.id, session_id=begun.id)
    services.cancel(holder.id)
    assert (state(waits, begun), begun.id in [one.id for one in queries.workshops(event.id)]) == ("waiting", False)


def test_event_that_is_over_admits_and_changes_nobody(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1)
    holder, waits = confirmed(event), confirmed(event)
    frozen_clock.set(refreshed(event).ends_at)
    with pytest.raises(Conflict):
        change(waits)
    services.cancel(holder.id)
    assert refreshed(waits).status == "waiting"
    assert clock.now() == refreshed(event).ends_at


def test_workshop_of_another_event_cannot_be_chosen(app: Flask) -> None:
    event, foreign = make_event(), make_session(make_event())
    with pytest.raises(Refusal):
        submit(event, foreign)
    registration = confirmed(event)
    with pytest.raises(Refusal):
        change(registration, Wish(foreign.id))
    assert taken(foreign) == 0


@pytest.mark.unsound("somebody has cancelled a session by hand")
def test_nobody_is_given_a_place_in_a_cancelled_session_even_if_its_queue_was_forgotten(app: Flask) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    holder, waits = confirmed(event, workshop), confirmed(event, workshop)
    with transaction() as session:
        session.execute(
            sa.update(ProgrammeSession).where(ProgrammeSession.id == workshop.id).values(status="cancelled")
        )
    services.cancel(holder.id)
    assert (state(waits, workshop), taken(workshop)) == ("waiting", 0)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_decisions_about_the_seats_of_an_event_are_single_file(app: Flask) -> None:
    """Also of people who want different workshops: places of the event itself are at stake, and nobody is overtaken."""
    event = make_event()
    number = submit(event).id
    event_id = event.id

    def confirm() -> None:
        with app.app_context():
            services.confirm(number)

    with ThreadPoolExecutor(1) as pool:
        with transaction() as session:
            seats.lock_event(session, event_id)
            confirming = pool.submit(confirm)
            wait_until(somebody_waits_for_a_lock, "the confirmation, for the lock of the event", seconds=2)
        confirming.result()
    assert refreshed(db.session.get_one(Registration, number)).status == "confirmed"

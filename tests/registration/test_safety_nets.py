"""What stands behind the use-cases: the sweeper, the counter of the database, the end of old forms."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.registration import services
from portal.registration.models import Registration, SessionSeats
from portal.registration.services import seats
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import confirmed, state, submit, taken
from tests.fixtures.pages import FrozenClock


def test_sweeper_finds_nothing(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=3)
    workshop = make_session(event, seats=1)
    people = [confirmed(event, workshop) for _ in range(5)]
    services.cancel(people[0].id)
    assert services.sweep() == 0
    db.session.rollback()
    assert taken(workshop) == 1


def test_counter_refuses_one_seat_too_many_even_if_everybody_forgot_to_look(app: Flask) -> None:
    """The second and the third line: a conditional UPDATE that hits no row, and a CHECK of the database."""
    event = make_event()
    full = make_session(event, seats=1)
    confirmed(event, full)
    with pytest.raises(RuntimeError, match="0 rows"), transaction() as session:
        seats.count_places(session, {full.id: 1}, 1)
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(sa.update(SessionSeats).where(SessionSeats.session_id == full.id).values(taken=2))
    assert taken(full) == 1


def test_unconfirmed_forms_end_after_two_days_and_are_forgotten_after_a_month(
    app: Flask, frozen_clock: FrozenClock
) -> None:
    event = make_event(starts_at=clock.now() + dt.timedelta(days=400))
    workshop = make_session(event)
    forgotten, kept = submit(event, workshop), confirmed(event, workshop)
    number = forgotten.id
    frozen_clock.shift(hours=47)
    assert services.expire() == 0
    frozen_clock.shift(hours=2)
    assert services.expire() == 1
    assert (refreshed(forgotten).status, state(forgotten, workshop)) == ("expired", "released")
    with pytest.raises(Conflict):
        services.confirm(number)
    frozen_clock.shift(days=31)
    assert services.remove_old() == 1
    assert db.session.get(Registration, number) is None
    assert refreshed(kept).status == "confirmed"
    assert services.purge() == 0
    frozen_clock.set(refreshed(event).ends_at + services.DETAILS_KEPT)
    assert services.purge() == 0
    frozen_clock.shift(seconds=1)
    assert services.purge() == 1
    assert (refreshed(kept).name, refreshed(kept).email) == ("", "")

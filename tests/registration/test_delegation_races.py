"""The last seats of an event, and the last seat without a name, asked for by many at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.registration import services
from portal.registration.models import Registration
from tests.factories.delegations import delegates as people_of
from tests.factories.delegations import delegation, seats, unconfirmed
from tests.factories.registrations import submit
from tests.fixtures.pages import FrozenClock
from tests.registration.test_delegations import NOW, counter, event_of


@pytest.fixture(autouse=True)
def _clock(frozen_clock: FrozenClock) -> None:
    frozen_clock.set(NOW)


@pytest.mark.both_engines
def test_last_seats_asked_for_by_delegations_and_single_people_at_once(app: Flask) -> None:
    """Eight delegations of three and eight people at the last ten seats: never eleven, and no half of whoever comes whole."""
    event = event_of(10)
    made = [unconfirmed(event, 3, whole=number % 2 == 0) for number in range(8)]
    alone = [submit(event).id for _number in range(8)]
    numbers = [one.id for one in made]

    def act(number: int) -> None:
        with app.app_context():
            services.confirm(alone[number // 2]) if number % 2 else services.confirm_delegation(numbers[number // 2])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(16)))
    found = [seats(one) for one in made]
    held = sum(one.count("held") for one in found)
    db.session.rollback()
    single = sum(db.session.get_one(Registration, one).status == "confirmed" for one in alone)
    assert held + single == counter(event) == 10
    assert all(len(set(one)) == 1 for number, one in enumerate(found) if number % 2 == 0)


@pytest.mark.both_engines
def test_last_unnamed_seat_in_two_browsers_has_one_name(app: Flask) -> None:
    event = event_of()
    number = delegation(event, 2, "Anna Lipa").id

    def name(who: str) -> bool:
        with app.app_context():
            try:
                services.name_people(number, people_of(who), language="pl")
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(name, ["Ewa Buk", "Ola Buk"])) == [False, True]
    with transaction():
        assert counter(event) == 2

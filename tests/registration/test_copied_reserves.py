"""Kept places go along into the copies of an event: for the same people, never more than there are, opened as long before."""

import datetime as dt
import random
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event, ProgrammeSession
from portal.events.services import cancel_session, copy_event, publish_event
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.registration import queries, services
from portal.registration.models import EventSeats, SessionSeats
from portal.registration.models.reserves import SeatReserve
from tests.factories.events import make_coordinator, make_network, make_session, refreshed
from tests.factories.organisations import make_organisation
from tests.factories.registrations import confirmed, keep
from tests.fixtures.pages import FrozenClock
from tests.registration.test_reserves import LOCAL, NGO, congress, statuses

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
ZONE = "Europe/Warsaw"
SECTORS = (LOCAL, NGO, "media", "business")


def copied(event: Event, days: int = 30) -> Event:
    (made,) = copy_event(refreshed(event), days=[event.first_day + days * DAY], by=PORTAL)
    return made


def before_start(event: Event, moment: dt.datetime | None) -> dt.timedelta | None:
    """By the clocks on the wall there."""
    return None if moment is None else clock.to_wall(event.starts_at, ZONE) - clock.to_wall(moment, ZONE)


def shape(event: Event) -> list[Any]:
    """What an event keeps, and where, without its numbers and its day; with what its counters say of it."""
    db.session.rollback()
    event = refreshed(event)
    titles = dict(
        db.session.execute(
            sa.select(ProgrammeSession.id, ProgrammeSession.title).where(ProgrammeSession.event_id == event.id)
        ).all()
    )
    kept = [
        (
            titles[row.session_id].source if row.session_id else None, row.name, row.seats, row.sectors, tuple(those),
            before_start(event, row.release_at),
        )
        for row, those in queries.reserve_rows(event.id)
    ]  # fmt: skip
    counted = [
        db.session.execute(
            sa.select(EventSeats.seats, EventSeats.reserved).where(EventSeats.event_id == event.id)
        ).all(),
        db.session.execute(
            sa.select(SessionSeats.seats, SessionSeats.reserved)
            .where(SessionSeats.session_id.in_(titles))
            .order_by(SessionSeats.session_id)
        ).all(),
    ]
    return [kept, counted, event.max_per_organisation]


def sums_fit(event: Event) -> bool:
    """Are no more places kept anywhere than there are, and do the counters know how many?"""
    db.session.rollback()
    sums: dict[int | None, int] = {}
    for row, _organisations in queries.reserve_rows(event.id):
        sums[row.session_id] = sums.get(row.session_id, 0) + row.seats
    for session_id, number in sums.items():
        model, key = (SessionSeats, session_id) if session_id else (EventSeats, event.id)
        counter = db.session.get_one(model, key, populate_existing=True)
        if counter.reserved != number or number > counter.seats:
            return False
    return True


def some_congress(chance: random.Random) -> Event:
    """An event with some reserves of its own and of its sessions, in no particular order."""
    event = congress(chance.choice([None, 0, 4, 30]), max_per_organisation=None)
    sessions = [make_session(event, seats=chance.choice([None, 3, 12]), hours=2 + n) for n in range(3)]
    for _one in range(chance.randint(0, 8)):
        where = chance.choice([None, *sessions])
        seats = event.seats if where is None else where.seats
        kept = queries.reserve_rows(event.id)
        left = (seats or 0) - sum(row.seats for row, _those in kept if row.session_id == (where.id if where else None))
        if left > 0:
            release = chance.choice([None, clock.now() + chance.randint(1, 5 * 24) * HOUR])
            sectors = chance.sample(SECTORS, chance.randint(1, 3))
            keep(refreshed(event), chance.randint(1, left), *sectors, session=where, release_at=wall(release))
    return event


def wall(moment: dt.datetime | None) -> dt.datetime | None:
    return None if moment is None else clock.to_wall(moment, ZONE).replace(second=0, microsecond=0)


@pytest.mark.both_engines
@pytest.mark.parametrize("seed", range(8))
def test_copy_of_a_copy_keeps_what_the_event_keeps_and_never_more_than_there_is(app: Flask, seed: int) -> None:
    chance = random.Random(seed)
    event = some_congress(chance)
    once = copied(event, chance.randint(1, 300))
    twice = copied(once, chance.randint(1, 300))
    assert shape(once) == shape(event) and shape(twice) == shape(event)
    assert sums_fit(event) and sums_fit(once) and sums_fit(twice)


@pytest.mark.both_engines
def test_people_of_the_copy_are_seated_by_its_reserves_and_those_of_the_event_do_not_feel_it(app: Flask) -> None:
    event = congress(3)
    workshop = make_session(event, seats=2)
    keep(refreshed(event), 2, LOCAL)
    keep(refreshed(event), 1, NGO, session=workshop)
    first = [confirmed(event, sector=NGO), confirmed(event, sector=NGO)]
    made = copied(event)
    publish_event(made, by=PORTAL)
    there = [confirmed(made, sector=NGO), confirmed(made, sector=NGO), confirmed(made, sector=LOCAL)]
    assert statuses(*first, *there) == ["confirmed", "waiting", "confirmed", "waiting", "confirmed"]
    assert services.sweep() == 0


def test_sessions_that_do_not_take_place_leave_their_reserves_behind_and_the_organisations_go_along(app: Flask) -> None:
    event = congress(5)
    stays, gone = make_session(event, seats=4, hours=2), make_session(event, seats=4, hours=5)
    friend = make_organisation()
    keep(refreshed(event), 2, session=stays, organisations=[friend.name.source])
    keep(refreshed(event), 3, LOCAL, session=gone)
    cancel_session(refreshed(gone), reason="Choroba", by=PORTAL)
    made = copied(event)
    ((row, organisations),) = queries.reserve_rows(made.id)
    copies = db.session.scalars(sa.select(ProgrammeSession).where(ProgrammeSession.event_id == made.id)).all()
    assert ([one.id for one in copies], organisations, row.seats) == ([row.session_id], [friend.id], 2)
    assert sums_fit(made) and sums_fit(event)


def test_kept_places_of_the_copy_open_as_many_days_before_and_again_where_they_are_open_here(
    app: Flask, frozen_clock: FrozenClock
) -> None:
    """All times are those on the wall, also when the clocks have changed in between."""
    starts = clock.from_wall(dt.datetime(2027, 3, 20, 9), ZONE)
    event = congress(2, starts_at=starts, ends_at=starts + DAY)
    make_session(event)
    keep(refreshed(event), 1, LOCAL, release_at=dt.datetime(2027, 3, 10, 12))
    frozen_clock.set(starts - DAY)
    assert services.release_due() == 1
    made = copied(event, 14)
    ((row, _those),) = queries.reserve_rows(made.id)
    assert clock.to_wall(row.release_at, ZONE) == dt.datetime(2027, 3, 24, 12) and row.released_at is None
    publish_event(made, by=PORTAL)
    open_seat, waits = confirmed(made, sector=NGO), confirmed(made, sector=NGO)
    assert statuses(open_seat, waits) == ["confirmed", "waiting"]
    frozen_clock.set(row.release_at)
    assert services.release_due() == 1 and statuses(waits) == ["confirmed"]


def test_release_at_an_hour_that_does_not_exist_then_is_refused_with_its_day_and_nothing_is_made(app: Flask) -> None:
    starts = clock.from_wall(dt.datetime(2027, 2, 25, 9), ZONE)
    event = congress(2, starts_at=starts, ends_at=starts + DAY)
    keep(event, 1, LOCAL, release_at=dt.datetime(2027, 2, 21, 2, 30))
    with pytest.raises(Refusal) as refused:
        copied(event, 35)  # it would be opened on 28 March at 2:30
    assert "1 April 2027" in str(refused.value.reason) and refused.value.field == "days"
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SeatReserve)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Event)) == 1


def test_page_of_the_copy_says_that_reserves_go_along(app: Flask, as_person: Any) -> None:
    network = make_network()
    event = congress(5, network=network)
    browser = as_person(make_coordinator(network))
    address = f"/en/events/{event.slug}/copy"
    assert "reserve" not in browser.get(address).text
    gone = make_session(event, seats=4)
    keep(refreshed(event), 2, LOCAL)
    keep(refreshed(event), 1, LOCAL, session=gone)
    assert "2 reserves of places are copied" in browser.get(address).text
    cancel_session(refreshed(gone), reason="Choroba", by=PORTAL)
    said = browser.get(address).text
    assert "1 reserve of places is copied" in said and "as many days before as here" in said

"""Seats that are kept for sectors and organisations: who gets one, who waits, and what changes of reserves do at once."""

import concurrent.futures
import contextlib
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.errors import Busy, Refusal
from portal.registration import queries, services
from portal.registration.models import Registration
from portal.registration.services import MustWait, Wish
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import confirmed, keep, state, submit, taken
from tests.fixtures.pages import FrozenClock, Outbox

LOCAL, NGO = "local-government", "ngo"


def congress(seats: int | None, **values: Any) -> Event:
    return make_event(seats=seats, asks_organisation=True, **values)


@contextlib.contextmanager
def refused(words: str, kind: type[Refusal] = Refusal) -> Iterator[None]:
    """What is done inside is refused with these words."""
    with pytest.raises(kind) as caught:
        yield
    assert words in " ".join(str(one.reason) for one in caught.value.parts)
    db.session.rollback()


def statuses(*registrations: Registration) -> list[str]:
    return [refreshed(one).status for one in registrations]


def test_last_open_seat_is_for_all_and_kept_ones_for_their_sector(app: Flask) -> None:
    event = congress(3)
    keep(event, 2, LOCAL)
    first, second = confirmed(event, sector=NGO), confirmed(event, sector=NGO)
    local, other, late = (confirmed(event, sector=LOCAL) for _ in range(3))
    assert statuses(first, second, local, other, late) == ["confirmed", "waiting", "confirmed", "confirmed", "waiting"]
    assert services.sweep() == 0


def test_nobody_is_held_up_by_somebody_who_cannot_be_seated(app: Flask) -> None:
    """Who waits for another kind of seat is not passed by anybody who takes one of theirs."""
    event = congress(2)
    keep(event, 1, LOCAL)
    confirmed(event, sector=NGO)
    waits, local = confirmed(event, sector=NGO), confirmed(event, sector=LOCAL)
    assert statuses(waits, local) == ["waiting", "confirmed"]
    services.cancel(local.id)
    assert statuses(waits) == ["waiting"], "the seat that became free is kept"


def test_seat_freed_by_one_sector_admits_another_by_moving_people_over(app: Flask) -> None:
    """intercode#11154: the local government sits in an open seat; when the other reserve frees, somebody moves over."""
    event = congress(2)
    keep(event, 1, LOCAL, NGO)
    ngo, local = confirmed(event, sector=NGO), confirmed(event, sector=LOCAL)
    waits = confirmed(event, sector="media")
    assert statuses(ngo, local, waits) == ["confirmed", "confirmed", "waiting"]
    services.cancel(ngo.id)
    assert statuses(local, waits) == ["confirmed", "confirmed"], "whoever is left moves into the reserve"


def test_reserve_opens_at_its_instant_by_the_clock(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event = congress(2)
    moment = clock.to_wall(clock.now() + dt.timedelta(days=1), event.timezone).replace(second=0, microsecond=0)
    keep(event, 2, LOCAL, release_at=moment)
    early = confirmed(event, sector=NGO)
    opens = queries.kept_of_event(event.id)[0].until
    frozen_clock.set(opens - dt.timedelta(seconds=1))
    assert (services.release_due(), services.sweep()) == (0, 0)
    assert queries.event_places(event.id).free == 0
    frozen_clock.set(opens)
    assert queries.event_places(event.id).free == 2, "free by the clock, whether or not anybody has noticed"
    newcomer = confirmed(event, sector=NGO)
    assert statuses(early, newcomer) == ["confirmed", "confirmed"], "who came first has been served first"
    assert (services.release_due(), services.release_due(), services.sweep()) == (1, 0, 0)


def test_release_serves_whoever_waited_and_tells_them(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event = congress(1)
    moment = clock.to_wall(clock.now() + dt.timedelta(days=1), event.timezone).replace(second=0, microsecond=0)
    keep(event, 1, LOCAL, release_at=moment)
    waits = confirmed(event, sector=NGO)
    outbox.deliver()
    frozen_clock.shift(days=2)
    assert services.release_due() == 1
    assert statuses(waits) == ["confirmed"]
    assert [str(one["To"]) for one in outbox.deliver()] == [waits.email]


def test_places_just_released_are_promised_to_nobody_who_comes_after_those_who_wait(
    app: Flask, frozen_clock: FrozenClock
) -> None:
    event = congress(1)
    moment = clock.to_wall(clock.now() + dt.timedelta(days=1), event.timezone).replace(second=0, microsecond=0)
    keep(event, 1, LOCAL, release_at=moment)
    waits = confirmed(event, sector=NGO)
    frozen_clock.shift(days=2)
    form = {
        "event_id": event.id,
        "locale": "pl",
        "affiliation": "",
        "wanted": [],
        "name": "Ola",
        "email": "ola@example.org",
    }
    with refused("waiting list", MustWait):
        services.register(**form, accepts_waiting=False)
    assert services.register(**form, accepts_waiting=True).status == "waiting"
    assert statuses(waits) == ["confirmed"]


def test_changed_and_removed_reserve_is_served_at_once_and_takes_no_seat_from_anybody(app: Flask) -> None:
    event = congress(4)
    keep(event, 3, LOCAL)
    seated, waits, later = (confirmed(event, sector=NGO) for _ in range(3))
    kept = queries.reserve_of(event.slug, queries.kept_of_event(event.id)[0].rule.id)
    values = {"name_pl": "Samorządy", "name_bg": "", "name_en": "", "sectors": (LOCAL,), "release_at": None}
    services.change_reserve(kept, version=kept.row.row_version, by=PORTAL, seats=2, **values)
    assert statuses(seated, waits, later) == ["confirmed", "confirmed", "waiting"]
    kept = queries.reserve_of(event.slug, kept.id)
    services.change_reserve(kept, version=kept.row.row_version, by=PORTAL, seats=4, **values)
    assert statuses(seated, waits) == ["confirmed", "confirmed"], (
        "a reserve larger than what is left takes nobody's seat"
    )
    assert queries.event_places(event.id).free == 0
    assert statuses(confirmed(event, sector=LOCAL)) == ["confirmed"]
    kept = queries.reserve_of(event.slug, kept.id)
    assert services.remove_reserve(kept, by=PORTAL)
    assert not services.remove_reserve(kept, by=PORTAL)
    assert statuses(later) == ["confirmed"]


def test_reserve_of_a_session_is_for_its_seats_alone(app: Flask) -> None:
    event = congress(None)
    workshop = make_session(event, seats=2)
    keep(event, 1, LOCAL, session=workshop)
    first, waits, local = (confirmed(event, workshop, sector=one) for one in (NGO, NGO, LOCAL))
    assert [state(one, workshop) for one in (first, waits, local)] == ["booked", "waiting", "booked"]
    services.leave(first.id, session_id=workshop.id)
    assert state(waits, workshop) == "booked"
    assert taken(workshop) == 2


def test_waiting_place_beside_a_kept_seat_does_not_end(app: Flask) -> None:
    """Nothing of their own keeps them out, so they go on waiting."""
    event = congress(None)
    workshop = make_session(event, seats=1)
    keep(event, 1, LOCAL, session=workshop)
    waits = confirmed(event, workshop, sector=NGO)
    assert state(waits, workshop) == "waiting"
    services.cancel(confirmed(event, workshop, sector=LOCAL).id)
    assert state(waits, workshop) == "waiting"


def test_workshop_with_kept_seats_only_is_waited_for_and_booked_by_whoever_belongs(app: Flask) -> None:
    event = congress(None)
    workshop = make_session(event, seats=1)
    keep(event, 1, LOCAL, session=workshop)
    common = {
        "event_id": event.id,
        "locale": "pl",
        "affiliation": "",
        "accepts_waiting": False,
        "wanted": [Wish(workshop.id)],
    }
    with pytest.raises(Refusal) as refused:
        services.register(**common, name="Ola", email="ola@example.org", sector=NGO)
    assert "kept for others" in str(refused.value.parts[0].reason)
    done = services.register(**common, name="Jan", email="jan@example.org", sector=LOCAL)
    assert state(db.session.get_one(Registration, done.registration_id), workshop) == "booked"


def test_holder_of_a_kept_seat_cannot_make_it_an_open_one(app: Flask) -> None:
    event = congress(2)
    keep(event, 1, LOCAL)
    confirmed(event, sector=NGO)
    local = confirmed(event, sector=LOCAL)

    def becomes(sector: str) -> None:
        version = refreshed(local).row_version
        services.change(local.id, version=version, name="Anna Nowak", affiliation="", wanted=[], sector=sector)

    with refused("kept for"):
        becomes(NGO)
    assert refreshed(local).sector == LOCAL


def test_change_of_sector_frees_an_open_seat_for_the_queue(app: Flask) -> None:
    event = congress(2)
    keep(event, 1, LOCAL)
    seated, waits = confirmed(event, sector=NGO), confirmed(event, sector=NGO)
    version = refreshed(seated).row_version
    services.change(seated.id, version=version, name="Anna Nowak", affiliation="", wanted=[], sector=LOCAL)
    assert statuses(seated, waits) == ["confirmed", "confirmed"]


def test_successor_keeps_the_kept_seat_and_its_bookings(app: Flask) -> None:
    """They come from where the giver came from; what they say afterwards is checked like every change."""
    event = congress(2)
    workshop = make_session(event, seats=1)
    keep(event, 1, LOCAL)
    keep(event, 1, LOCAL, session=workshop)
    old = confirmed(event, workshop, sector=LOCAL)
    new = services.hand_over(old.id, name="Ewa Nowa", email="ewa@example.org")
    assert (new.sector, state(new, workshop)) == (LOCAL, "booked")
    version = refreshed(new).row_version
    with refused("kept for"):
        services.change(
            new.id, version=version, name="Ewa Nowa", affiliation="", wanted=[Wish(workshop.id)], sector=NGO
        )


def test_who_cancelled_comes_back_while_a_seat_for_them_is_there(app: Flask) -> None:
    event = congress(2)
    keep(event, 1, LOCAL)
    ngo, local = confirmed(event, sector=NGO), confirmed(event, sector=LOCAL)
    waits = confirmed(event, sector=NGO)
    services.cancel(local.id)
    assert queries.can_resume(queries.with_event(local.id))
    assert services.resume(local.id)
    services.cancel(ngo.id)
    assert statuses(local, waits) == ["confirmed", "confirmed"]
    assert not queries.can_resume(queries.with_event(ngo.id))


def test_place_is_kept_for_a_request_only_where_it_may_have_one(app: Flask) -> None:
    event = congress(1, approval=True, requests_hold=True)
    keep(event, 1, LOCAL)
    ngo, local = confirmed(event, sector=NGO), confirmed(event, sector=LOCAL)
    assert [refreshed(one).holds_seat for one in (ngo, local)] == [False, True]
    services.approve(event, [ngo.id, local.id], by=PORTAL)
    assert statuses(ngo, local) == ["waiting", "confirmed"]


def test_offer_goes_past_whoever_cannot_have_the_seat(app: Flask, frozen_clock: FrozenClock) -> None:
    event = congress(1, offer_hours=24)
    keep(event, 1, LOCAL)
    local, ngo, next_local = (confirmed(event, sector=one) for one in (LOCAL, NGO, LOCAL))
    services.cancel(local.id)
    assert statuses(ngo, next_local) == ["waiting", "offered"]


def test_event_without_reserves_asks_nothing_more(app: Flask, count_queries: Any) -> None:
    with_none, with_some = make_event(seats=5).id, congress(5)
    keep(with_some, 2, LOCAL)
    numbers = []
    for number in (with_none, with_some.id):
        db.session.rollback()
        with count_queries() as seen:
            queries.event_places(number)
        numbers.append(len(seen))
    assert numbers == [1, 3]


@pytest.mark.prove
def test_last_kept_seats_go_to_their_sectors_whoever_is_faster(app: Flask) -> None:
    event = congress(10)
    keep(event, 4, LOCAL)
    keep(event, 3, NGO)
    forms = [submit(event, sector=one).id for one in (LOCAL, NGO, "media") for _ in range(10)]

    def confirm(number: int) -> None:
        with app.app_context():
            while True:
                try:
                    services.confirm(number)
                    return
                except Busy:
                    continue

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        list(pool.map(confirm, forms))
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Registration.sector, sa.func.count())
        .where(Registration.status == "confirmed")
        .group_by(Registration.sector)
    )
    seated = {row[0]: row[1] for row in rows}
    assert sum(seated.values()) == 10
    assert seated.get(LOCAL, 0) >= 4 and seated.get(NGO, 0) >= 3 and seated.get("media", 0) <= 3
    assert services.sweep() == 0

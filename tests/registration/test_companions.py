"""Companions: whoever registers brings others along where the event allows it, and all of them have seats or nobody has."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.registration import queries, services
from portal.registration.models import EventSeats
from portal.registration.passing import KEPT_FOR
from portal.registration.services import MustWait
from tests.factories.delegations import delegation
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import change, confirmed, keep, state, submit, taken
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_following import event_becomes
from tests.registration.test_reserves import LOCAL, NGO, refused, statuses
from tests.support.client import CheckedClient


def meeting(seats: int | None = 5, **more: Any) -> Event:
    return make_event(seats=seats, **{"max_companions": 3, **more})


def counted(event: Event) -> tuple[int, int]:
    """What the counter says, and what is counted one by one."""
    db.session.rollback()
    row = db.session.execute(sa.select(EventSeats.taken).where(EventSeats.event_id == event.id)).scalar_one()
    return row, queries.event_taken(event.id)


@pytest.mark.both_engines
def test_everybody_takes_a_seat_of_the_event_and_one_of_the_workshop(app: Flask) -> None:
    event = meeting()
    workshop = make_session(event, seats=3)
    first = confirmed(event, workshop, companions=2)
    assert (counted(event), taken(workshop), state(first, workshop)) == ((3, 3), 1, "booked")
    assert queries.event_places(event.id).free == 2
    services.cancel(first.id)
    assert (counted(event), taken(workshop)) == ((0, 0), 0)
    services.resume(first.id)
    assert counted(event) == (3, 3)


@pytest.mark.both_engines
def test_all_of_them_get_seats_or_nobody_and_smaller_parties_pass_twice(app: Flask, frozen_clock: FrozenClock) -> None:
    event = meeting(3)
    holders = [confirmed(event) for _ in range(3)]
    group = confirmed(event, companions=1)
    alone = [confirmed(event) for _ in range(4)]
    assert queries.event_position(refreshed(group)) == 1 and queries.event_position(refreshed(alone[0])) == 3
    for holder, gets in zip(holders[:2], alone[:2], strict=True):
        services.cancel(holder.id)
        assert statuses(group, gets) == ["waiting", "confirmed"]
    services.cancel(holders[2].id)
    assert statuses(group, *alone) == ["waiting", "confirmed", "confirmed", "waiting", "waiting"], (
        "a seat is kept for both"
    )
    with refused("kept for those who wait", MustWait):
        services.register(
            event_id=event.id, email="nowa@example.org", name="Ola Nowa", locale="pl", affiliation="", wanted=[],
            accepts_waiting=False,
        )  # fmt: skip
    services.cancel(alone[0].id)
    assert statuses(group) == ["confirmed"] and counted(event) == (3, 3)
    assert services.sweep() == 0
    other = confirmed(event, companions=1)
    for one in (alone[1], alone[2]):
        services.cancel(one.id)
    assert statuses(other, alone[3]) == ["waiting", "confirmed"]


@pytest.mark.both_engines
def test_others_go_on_when_the_time_for_which_seats_are_kept_is_over(app: Flask, frozen_clock: FrozenClock) -> None:
    event = meeting(3)
    holders = [confirmed(event) for _ in range(3)]
    group = confirmed(event, companions=2)
    alone = [confirmed(event) for _ in range(3)]
    for holder in holders:
        services.cancel(holder.id)
    assert statuses(group, *alone) == ["waiting", "confirmed", "confirmed", "waiting"]
    frozen_clock.set(frozen_clock.moment + KEPT_FOR)
    services.sweep()
    assert statuses(group, *alone) == ["waiting", "confirmed", "confirmed", "confirmed"]


def test_whoever_would_wait_with_others_is_asked_first(app: Flask) -> None:
    event = meeting(2)
    confirmed(event)
    form = {
        "event_id": event.id, "email": "nowa@example.org", "name": "Ola Nowa", "locale": "pl", "affiliation": "",
        "wanted": [], "companions": 1,
    }  # fmt: skip
    with refused("no place for all of you", MustWait):
        services.register(**form, accepts_waiting=False)
    with refused("no place for all of you", MustWait):
        services.submit(**form, accepts_waiting=False)
    assert services.register(**form, accepts_waiting=True).status == "waiting"
    with refused("At most 3 people"):
        services.register(**{**form, "name": "Jan Nowy", "companions": 4}, accepts_waiting=True)


@pytest.mark.both_engines
def test_number_becomes_smaller_at_any_time_and_larger_where_there_are_seats(app: Flask) -> None:
    event = meeting(4)
    first, waits = confirmed(event, companions=1), confirmed(event, companions=2)
    alone = confirmed(event)
    assert statuses(first, waits, alone) == ["confirmed", "waiting", "confirmed"]
    with refused("not enough free places"):
        change(refreshed(first), companions=2)
    with refused("only become smaller"):
        change(refreshed(waits), companions=3)
    assert counted(event) == (3, 3)
    change(refreshed(first), companions=0)
    assert (statuses(waits), counted(event)) == (["waiting"], (2, 2))
    change(refreshed(waits), companions=1)
    assert (statuses(waits), counted(event)) == (["confirmed"], (4, 4))
    services.cancel(alone.id)
    change(refreshed(waits), companions=2)
    assert (refreshed(waits).companions, counted(event)) == (2, (4, 4))
    change(refreshed(waits))
    assert refreshed(waits).companions == 2, "who is not asked has said nothing"


def test_nobody_takes_more_seats_by_a_change_while_others_wait(app: Flask) -> None:
    event = meeting(3)
    first, group = confirmed(event, companions=0), confirmed(event, companions=2)
    assert statuses(group) == ["waiting"] and queries.event_places(event.id).free == 2
    other = confirmed(event, companions=2)
    with refused("not enough free places"):
        change(refreshed(first), companions=3)
    assert statuses(group, other) == ["waiting", "waiting"]


@pytest.mark.both_engines
def test_an_offer_is_of_all_seats_and_ends_with_all_of_them(app: Flask, frozen_clock: FrozenClock) -> None:
    event = meeting(3, offer_hours=24)
    holder = confirmed(event, companions=2)
    group = confirmed(event, companions=1)
    services.cancel(holder.id)
    assert (statuses(group), counted(event)) == (["offered"], (2, 2))
    frozen_clock.set(refreshed(group).offer_ends_at)
    assert queries.event_places(event.id).free == 3, "by the clock, before anybody notices"
    services.end_offers()
    assert (statuses(group), counted(event)) == (["expired"], (0, 0))
    again = confirmed(event, companions=2)
    assert (statuses(again), counted(event)) == (["confirmed"], (3, 3))


@pytest.mark.both_engines
def test_a_request_keeps_all_seats_or_none(app: Flask) -> None:
    event = meeting(3, approval=True, requests_hold=True)
    first, second = confirmed(event, companions=1), confirmed(event, companions=1)
    assert [refreshed(one).holds_seat for one in (first, second)] == [True, False] and counted(event) == (2, 2)
    services.reject(event, [first.id], reason="Za mało miejsc", by=PORTAL)
    assert counted(event) == (0, 0)
    services.approve(event, [second.id], by=PORTAL)
    assert (statuses(second), counted(event)) == (["confirmed"], (2, 2))


@pytest.mark.both_engines
def test_reserves_and_the_limit_of_an_organisation_count_everybody(app: Flask) -> None:
    event = meeting(6, asks_organisation=True, max_per_organisation=3)
    keep(refreshed(event), 3, LOCAL)
    first = confirmed(event, companions=2, sector=NGO, affiliation="Fundacja Lipa")
    assert statuses(first, confirmed(event, sector=NGO)) == ["confirmed", "waiting"], "the others are kept"
    assert statuses(confirmed(event, sector=LOCAL, affiliation="fundacja lipa")) == ["waiting"], "three are the limit"
    local = confirmed(event, companions=2, sector=LOCAL, affiliation="Gmina")
    assert (statuses(local), counted(event)) == (["confirmed"], (6, 6))


def test_place_is_handed_over_with_those_who_come_along(app: Flask) -> None:
    event = meeting(3)
    old = confirmed(event, companions=2)
    new = services.hand_over(old.id, name="Iga Nowak", email="iga@example.org")
    assert (new.companions, counted(event)) == (2, (3, 3))


def test_event_allows_no_fewer_than_somebody_brings(app: Flask) -> None:
    event = meeting(5)
    one = confirmed(event, companions=2)
    with refused("Enter at least as many"):
        event_becomes(event, max_companions=1)
    services.cancel(one.id)
    event_becomes(event, max_companions=None)
    services.resume(one.id)
    assert (refreshed(one).companions, counted(event)) == (0, (1, 1))


def test_form_confirmed_after_the_event_allows_fewer_is_refused(app: Flask) -> None:
    event = meeting(5)
    form = submit(event, companions=2)
    with transaction() as session:
        session.execute(sa.update(Event).values(max_companions=1))
    with pytest.raises(Refusal):
        services.confirm(form.id)
    db.session.rollback()
    assert refreshed(form).status == "unverified"


def test_whoever_waits_with_others_and_is_named_by_a_delegation_has_the_one_seat(app: Flask, outbox: Outbox) -> None:
    event = meeting(2, takes_delegations=True)
    holder = confirmed(event)
    group = confirmed(event, companions=2, email="anna@example.org", name="Anna Lipa", locale="en")
    outbox.deliver()
    delegation(event, 2, "Anna Lipa <anna@example.org>", "Jan Lipa")
    assert (statuses(holder, group), refreshed(group).companions, counted(event)) == (["confirmed"] * 2, 0, (2, 2))
    told = [outbox.text(one) for one in outbox.deliver() if one["To"] == "anna@example.org"]
    assert any("waiting together with others" in words for words in told)


def test_people_bring_others_by_the_form_and_read_it_everywhere(client: CheckedClient, outbox: Outbox) -> None:
    event = meeting(5)
    assert "How many people come along" not in client.get(f"/en/events/{make_event().slug}/register").text
    page = client.get(f"/en/events/{event.slug}/register")
    assert "Workshops are for one person" in page.text
    assert client.submit(page, {"name": "Ola Lipa", "email": "ola@example.org", "companions": "2"}).status_code == 303
    (mail,) = outbox.deliver()
    assert "with those who come along: 3" in outbox.text(mail)
    confirm = client.get(next(path for path in outbox.paths(mail) if "/confirm/" in path))
    assert "How many people come along" in confirm.text
    own = client.follow(client.submit(confirm))
    assert counted(event) == (3, 3) and "How many people come along" in own.text
    (mail,) = outbox.deliver()
    assert "with those who come along: 3" in outbox.text(mail)
    change_page = str(own.request.path) + "/change"
    refused_page = client.submit(change_page, {"companions": "3"})
    assert counted(event) == (4, 4) and refused_page.status_code == 303
    assert "with those who come along: 4" in outbox.text(outbox.deliver()[0])
    form = client.get(f"/en/events/{event.slug}/register")
    full = client.submit(form, {"name": "Jan Buk", "email": "jan@example.org", "companions": "1"})
    assert full.status_code == 422 and "Join the waiting list" in full.text and "no place for all of you" in full.text
    assert client.submit(full).status_code == 303

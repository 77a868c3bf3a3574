"""Where the team decides: a request has no place before its yes, and the time at which it came counts."""

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.errors import Conflict, Refusal
from portal.registration import queries, services
from tests.factories.events import make_event, make_session, make_team_member, refreshed
from tests.factories.networks import make_network
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, state, taken
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.client import CheckedClient
from tests.support.people import sign_in


def test_request_takes_no_place_and_says_so(app: Flask, client: CheckedClient, outbox: Outbox) -> None:
    event = make_event(seats=5, approval=True)
    workshop = make_session(event, seats=1)
    asked = confirmed(event, workshop)
    assert (asked.status, asked.queue_at, state(asked, workshop)) == ("pending", asked.confirmed_at, "wished")
    assert (queries.event_places(event.id).taken, taken(workshop)) == (0, 0)
    page = client.get(f"/en/registration/{services.open_own(asked.id).token}").text
    assert "Nobody has a place before that." in page and "awaiting approval" in page
    assert workshop.title.shown_in("en").text in page
    assert str(outbox.deliver()[-1]["Subject"]).startswith("Prośba przyjęta do rozpatrzenia")


def test_accepted_gets_the_places_that_were_wished_for(app: Flask, outbox: Outbox) -> None:
    event = make_event(seats=5, approval=True)
    workshop = make_session(event, seats=1)
    asked = confirmed(event, workshop)
    assert services.approve(event, [asked.id], by=PORTAL) == services.Decided(1, 0, 0)
    assert (refreshed(asked).status, state(asked, workshop), taken(workshop)) == ("confirmed", "booked", 1)
    assert str(outbox.deliver()[-1]["Subject"]).startswith("Udział potwierdzony")


def test_who_asked_first_stands_first_whenever_they_are_accepted(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(seats=1, approval=True)
    holder, early, late = (confirmed(event, name=name) for name in ("Ewa A", "Jan B", "Iga C"))
    services.approve(event, [holder.id], by=PORTAL)
    frozen_clock.shift(hours=1)
    services.approve(event, [late.id], by=PORTAL)
    frozen_clock.shift(hours=1)
    services.approve(event, [early.id], by=PORTAL)
    assert [queries.event_position(refreshed(one)) for one in (early, late)] == [1, 2]
    services.cancel(holder.id)
    assert [refreshed(one).status for one in (early, late)] == ["confirmed", "waiting"]


def test_several_are_accepted_in_the_order_in_which_they_asked(app: Flask) -> None:
    event = make_event(seats=1, approval=True)
    early, late = confirmed(event), confirmed(event)
    services.approve(event, [late.id, early.id], by=PORTAL)
    assert [refreshed(one).status for one in (early, late)] == ["confirmed", "waiting"]


def test_request_keeps_a_place_where_the_event_says_so(app: Flask) -> None:
    event = make_event(seats=1, approval=True, requests_hold=True)
    first, second = confirmed(event), confirmed(event)
    assert [one.holds_seat for one in (first, second)] == [True, False]
    assert queries.event_places(event.id).taken == 1
    services.approve(event, [second.id], by=PORTAL)
    assert refreshed(second).status == "waiting", "the place is kept for the request that came first"
    services.reject(event, [first.id], reason="Brak miejsc dla firm", by=PORTAL)
    assert (refreshed(first).holds_seat, refreshed(second).status) == (False, "confirmed")
    assert queries.event_places(event.id).taken == 1


def test_withdrawn_request_frees_what_was_kept_for_it(app: Flask) -> None:
    event = make_event(seats=1, approval=True, requests_hold=True)
    asked, beside = confirmed(event), confirmed(event)
    services.approve(event, [beside.id], by=PORTAL)
    services.cancel(asked.id)
    assert (refreshed(asked).status, refreshed(beside).status) == ("cancelled", "confirmed")


def test_accepting_with_a_kept_place_counts_it_once(app: Flask) -> None:
    event = make_event(seats=1, approval=True, requests_hold=True)
    asked = confirmed(event)
    services.approve(event, [asked.id], by=PORTAL)
    assert (refreshed(asked).status, queries.event_places(event.id).taken) == ("confirmed", 1)


def test_person_reads_why_they_were_not_accepted(app: Flask, client: CheckedClient, outbox: Outbox) -> None:
    event = make_event(approval=True)
    workshop = make_session(event, seats=1)
    asked = confirmed(event, workshop)
    services.reject(event, [asked.id], reason="Szkolenie jest dla samorządów.", by=PORTAL)
    assert (refreshed(asked).status, state(asked, workshop)) == ("rejected", "released")
    assert "Szkolenie jest dla samorządów." in outbox.text(outbox.deliver()[-1])
    page = client.get(f"/pl/registration/{services.open_own(asked.id).token}").text
    assert "Szkolenie jest dla samorządów." in page and "Zgłoś się ponownie" not in page


def test_nobody_is_refused_without_a_reason(app: Flask) -> None:
    event = make_event(approval=True)
    asked = confirmed(event)
    with pytest.raises(Refusal) as refused:
        services.reject(event, [asked.id], reason="  ", by=PORTAL)
    assert (refused.value.field, refreshed(asked).status) == ("reason", "pending")


def test_what_was_answered_meanwhile_is_left_alone_and_counted(app: Flask) -> None:
    event, other = make_event(approval=True), make_event(approval=True)
    one, two, elsewhere = confirmed(event), confirmed(event), confirmed(other)
    services.reject(event, [one.id], reason="Za późno", by=PORTAL)
    assert services.approve(event, [one.id, two.id, elsewhere.id], by=PORTAL) == services.Decided(1, 1, 0)
    assert [refreshed(row).status for row in (one, two, elsewhere)] == ["rejected", "confirmed", "pending"]


def test_nobody_is_accepted_for_what_is_over(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(approval=True)
    asked = confirmed(event)
    frozen_clock.shift(days=20)
    with pytest.raises(Conflict):
        services.approve(event, [asked.id], by=PORTAL)


def test_desk_does_not_decide(app: Flask) -> None:
    event = make_event(approval=True)
    asked, desk = confirmed(event), make_team_member(event, "desk")
    decided = services.approve(event, [asked.id], by=desk)
    assert (decided.done, refreshed(asked).status) == (0, "pending")


def test_request_cannot_be_changed_before_the_answer(app: Flask) -> None:
    event = make_event(approval=True)
    workshop = make_session(event, seats=1)
    asked = confirmed(event, workshop)
    with pytest.raises(Conflict):
        services.change(asked.id, version=asked.row_version, name="Anna Nowak", affiliation="", wanted=[])
    assert state(asked, workshop) == "wished"


def test_same_person_asks_once(app: Flask) -> None:
    event = make_event(approval=True)
    asked = confirmed(event, email="raz@example.org")
    again = confirmed(event, email="raz@example.org")
    assert again.id == asked.id


def test_team_answers_on_one_page(app: Flask, client: CheckedClient) -> None:
    coordinator = make_person()
    event = make_event(make_network(coordinators=(coordinator,)), approval=True, seats=1)
    one, two, three = (confirmed(event, name=name) for name in ("Ala Bąk", "Iga Cis", "Ewa Dąb"))
    sign_in(client, coordinator)
    url, accept, refuse = f"/en/events/{event.slug}/requests", "Accept the ticked people", "Do not accept them"
    page = client.get(url)
    assert "3 requests wait for an answer" in page.text
    untouched = client.submit(page, {}, button=accept)
    assert untouched.status_code == 422 and "Tick at least one request." in untouched.text
    silent = client.submit(page, {"people": [str(three.id)]}, button=refuse)
    assert silent.status_code == 422 and "Say why" in silent.text
    ticked = silent.text.partition(f'value="{three.id}"')[2].partition(">")[0]
    assert "checked" in ticked, "what was ticked is still ticked"
    client.submit(page, {"people": [str(one.id), str(two.id)]}, button=accept)
    client.submit(silent, {"people": [str(three.id)], "reason": "Only for members."}, button=refuse)
    assert [refreshed(row).status for row in (one, two, three)] == ["confirmed", "waiting", "rejected"]
    assert "No request waits for an answer." in client.get(url).text
    late = client.follow(client.submit(page, {"people": [str(three.id)]}, button=accept))
    assert "1 request was answered or withdrawn before." in late.text
    assert refreshed(three).status == "rejected"


def test_everybody_on_the_page_is_everybody_who_was_shown(app: Flask, client: CheckedClient) -> None:
    coordinator = make_person()
    event = make_event(make_network(coordinators=(coordinator,)), approval=True)
    shown = [confirmed(event) for _ in range(3)]
    sign_in(client, coordinator)
    page = client.get(f"/en/events/{event.slug}/requests")
    late = confirmed(event)
    client.submit(page, {"everybody": "y"}, button="Accept the ticked people")
    assert {refreshed(one).status for one in shown} == {"confirmed"}
    assert refreshed(late).status == "pending", "nobody is accepted who was not seen"


def test_overview_tells_how_many_wait_for_an_answer(app: Flask, client: CheckedClient) -> None:
    coordinator = make_person()
    event = make_event(make_network(coordinators=(coordinator,)), approval=True)
    for _ in range(3):
        confirmed(event)
    sign_in(client, coordinator)
    told = client.get(f"/en/events/{event.slug}/manage").text.partition('id="people"')[2].partition("</section>")[0]
    assert "3 requests wait for an answer" in told and f"/en/events/{event.slug}/requests" in told


def test_who_asked_first_stands_first_in_a_workshop_too(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(approval=True)
    full = make_session(event, seats=0)
    early = confirmed(event, full)
    frozen_clock.shift(hours=1)
    late = confirmed(event, full)
    frozen_clock.shift(hours=1)
    for one in (late, early):
        services.approve(event, [one.id], by=PORTAL)
        frozen_clock.shift(hours=1)
    assert [queries.places([one.id])[0].position for one in (early, late)] == [1, 2]

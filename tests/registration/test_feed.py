"""The calendar that somebody subscribes to: what moves in it, and that nothing in it moves by itself."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from portal.accounts.facts import PeopleJoined
from portal.events import services as events
from portal.events.fields import SESSION
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.facts import announce
from portal.registration import services
from tests.factories.events import HOUR, make_event, make_network, make_session, refreshed
from tests.factories.feeds import feed, fetched, subscribe
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, state, tell_changes
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_calendars import attached
from tests.support.calendars import entries
from tests.support.client import CheckedClient

pytestmark = [pytest.mark.both_engines, pytest.mark.usefixtures("frozen_clock")]
BOX = "anna@example.org"


def move(session: Any, hours: int) -> None:
    row = refreshed(session)
    values = SESSION.read(row, row.title.original, "Europe/Warsaw")
    later = {name: values[name] + hours * HOUR for name in ("starts_at", "ends_at")}
    events.update_session(row, version=row.row_version, by=PORTAL, agreed="tell", **{**values, **later})


def said(entry: Any) -> tuple[str, int, str]:
    return str(entry["UID"]), int(entry["SEQUENCE"]), str(entry["STATUS"])


def test_entry_is_made_moved_and_struck_at_one_place(
    app: Flask, client: CheckedClient, outbox: Outbox, frozen_clock: FrozenClock
) -> None:
    """C3: one UID in feed, mail and download; SEQUENCE rises with each step, the same in all three."""
    event = make_event()
    workshop = make_session(event)
    uid = f"{workshop.guid}@127.0.0.1"
    path = subscribe(make_person(email=BOX))
    registration = confirmed(event, workshop, email=BOX)
    token = services.open_own(registration.id).token
    steps: list[Any] = []
    for step in (lambda: None, lambda: move(workshop, 3), lambda: services.cancel(registration.id)):
        frozen_clock.shift(hours=1)
        step()
        tell_changes()
        in_feed = feed(client, path)
        mailed, loaded = (
            attached(outbox.deliver()[-1]),
            entries(client.get(f"/pl/registration/{token}/calendar.ics").data),
        )
        for other in (mailed, loaded):
            assert [said(other[one]) for one in sorted(other)] == [said(in_feed[one]) for one in sorted(in_feed)]
            assert [other[one].start for one in other] == [in_feed[one].start for one in other]
        steps.append(in_feed)
    assert [set(one) for one in steps] == [{uid, f"event-{event.id}@127.0.0.1"}] * 3
    assert [str(one[uid]["STATUS"]) for one in steps] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert steps[1][uid].start - steps[0][uid].start == dt.timedelta(hours=3)
    sequences = [int(one[uid]["SEQUENCE"]) for one in steps]
    assert sequences == sorted(set(sequences))


def test_nothing_changes_between_two_fetches_of_the_same(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    """C3: byte for byte, DTSTAMP too; whoever has it is told so, also when it came compressed. A change is another file."""
    event = make_event()
    workshop = make_session(event)
    path = subscribe(make_person(email=BOX))
    confirmed(event, workshop, email=BOX)
    for coding in ("identity", "gzip"):
        first = client.get(path, headers={"Accept-Encoding": coding})
        frozen_clock.shift(minutes=17)
        known = {"Accept-Encoding": coding, "If-None-Match": first.headers["ETag"]}
        again = client.get(path, headers=known)
        assert (again.status_code, again.data) == (304, b"")
        assert client.get(path, headers={"Accept-Encoding": coding}).data == first.data
        assert first.headers["Cache-Control"] == "private, no-cache"
        assert first.headers["X-Robots-Tag"] == "noindex"
        assert first.headers["Referrer-Policy"] == "no-referrer"
        before = entries(fetched(client, path).data)
        move(workshop, 1)
        after = client.get(path, headers=known)
        assert after.status_code == 200 and after.headers["ETag"] != first.headers["ETag"]
        changed = entries(fetched(client, path).data)
        uid = f"{workshop.guid}@127.0.0.1"
        assert changed[uid]["DTSTAMP"].dt > before[uid]["DTSTAMP"].dt
        assert changed[uid]["LAST-MODIFIED"].dt > before[uid]["LAST-MODIFIED"].dt


def test_who_registers_again_has_one_entry_that_is_newer(app: Flask, client: CheckedClient) -> None:
    """C3: the registration that was cancelled before does not stand beside it or hide it."""
    event = make_event()
    first, second = make_session(event), make_session(event, hours=6)
    path = subscribe(make_person(email=BOX))
    services.cancel(confirmed(event, first, email=BOX).id)
    before = feed(client, path)
    assert {str(entry["STATUS"]) for entry in before.values()} == {"CANCELLED"}
    confirmed(event, second, email=BOX)
    after = feed(client, path)
    assert {uid: str(entry["STATUS"]) for uid, entry in after.items()} == {
        f"event-{event.id}@127.0.0.1": "CONFIRMED", f"{second.guid}@127.0.0.1": "CONFIRMED",
        f"{first.guid}@127.0.0.1": "CANCELLED",
    }  # fmt: skip
    assert all(int(after[uid]["SEQUENCE"]) >= int(before[uid]["SEQUENCE"]) for uid in before)
    whole = f"event-{event.id}@127.0.0.1"
    assert int(after[whole]["SEQUENCE"]) > int(before[whole]["SEQUENCE"])


def test_two_people_who_turn_out_to_be_one_keep_the_place(app: Flask, client: CheckedClient) -> None:
    """C3: what one of them had given up, whatever its SEQUENCE, does not strike out what the other has."""
    event = make_event()
    owner, earlier = make_person(email=BOX), make_person(email="stara@example.org", account=False)
    given_up = confirmed(event, email=BOX)
    for _ in range(3):
        services.cancel(given_up.id)
        given_up = confirmed(event, email=BOX)
    services.cancel(given_up.id)
    kept = confirmed(event, email="stara@example.org")
    path = subscribe(owner)
    before = feed(client, path)
    with transaction():
        announce(PeopleJoined(gone_id=earlier.id, kept_id=owner.id))
    ((uid, entry),) = feed(client, path).items()
    assert (str(entry["STATUS"]), refreshed(kept).person_id) == ("CONFIRMED", owner.id)
    assert int(entry["SEQUENCE"]) > int(before[uid]["SEQUENCE"])


def test_what_is_cancelled_stays_struck_for_a_month_after_the_event(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    """C3: so that a program that was off strikes it out, too. What took place stays."""
    network = make_network()
    kept, off, left = make_event(network), make_event(network), make_event(network)
    workshop, dropped = make_session(kept), make_session(kept, hours=6)
    path = subscribe(make_person(email=BOX))
    confirmed(kept, workshop, dropped, email=BOX)
    confirmed(off, email=BOX)
    services.cancel(confirmed(left, email=BOX).id)
    events.cancel_session(dropped, reason="Chora prowadząca.", by=PORTAL)
    events.cancel_event(off, reason="Powódź.", by=PORTAL)
    on = {f"event-{kept.id}@127.0.0.1", f"{workshop.guid}@127.0.0.1"}
    struck = {f"event-{off.id}@127.0.0.1", f"event-{left.id}@127.0.0.1", f"{dropped.guid}@127.0.0.1"}
    frozen_clock.set(kept.ends_at + dt.timedelta(days=29))
    there = {uid: str(entry["STATUS"]) for uid, entry in feed(client, path).items()}
    assert there == {**dict.fromkeys(on, "CONFIRMED"), **dict.fromkeys(struck, "CANCELLED")}
    frozen_clock.set(kept.ends_at + dt.timedelta(days=31))
    assert set(feed(client, path)) == on


def test_who_waits_has_nothing_in_the_calendar_until_there_is_a_place(app: Flask, client: CheckedClient) -> None:
    event = make_event(seats=1)
    workshop = make_session(event, seats=1)
    first = confirmed(event, workshop, email="first@example.org")
    path = subscribe(make_person(email=BOX))
    waiting = confirmed(event, workshop, email=BOX)
    assert feed(client, path) == {}
    services.cancel(first.id)
    assert (refreshed(waiting).status, state(waiting, workshop)) == ("confirmed", "booked")
    assert {str(entry["STATUS"]) for entry in feed(client, path).values()} == {"CONFIRMED"}
    assert len(feed(client, path)) == 2


def test_one_registration_has_a_calendar_of_its_own_without_an_account(app: Flask, client: CheckedClient) -> None:
    """C3: with the same entries; on the page of the registration, also for somebody who shares a mailbox."""
    event = make_event()
    workshop = make_session(event)
    confirmed(event, email=BOX, name="Anna Lipa")
    jan = confirmed(event, workshop, email=BOX, name="Jan Lipa")
    path = subscribe(jan)
    token = services.open_own(jan.id).token
    loaded = entries(client.get(f"/pl/registration/{token}/calendar.ics").data)
    assert [said(one) for one in feed(client, path).values()] == [said(one) for one in loaded.values()]
    services.cancel(jan.id)
    assert {str(entry["STATUS"]) for entry in feed(client, path).values()} == {"CANCELLED"}


def test_fifty_registrations_cost_no_more_statements_than_one(
    app: Flask, client: CheckedClient, count_queries: Any
) -> None:
    network = make_network()
    path = subscribe(make_person(email=BOX))
    for number in range(50):
        event = make_event(network)
        confirmed(event, make_session(event), email=BOX)
        if number == 0:
            with count_queries() as of_one:
                feed(client, path)
    with count_queries() as of_all:
        assert len(feed(client, path)) == 100
    assert len(of_one) == len(of_all) == 4, of_all

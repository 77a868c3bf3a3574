"""Do you come? Asked by a published rule: a yes, a no, and a place that goes on without an answer, never unasked."""

import datetime as dt
import re
from typing import Any

import pytest
from flask import Flask

from portal.events import services as events
from portal.events.fields import EVENT
from portal.events.models import Event
from portal.events.reminding import days_before
from portal.ground import clock, links
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.registration import queries, services
from portal.registration.calendars import calendar_of
from portal.registration.jobs import notices
from portal.registration.models import Registration, SessionSeats
from portal.registration.reminder_mails import COMING
from tests.factories.events import make_event, make_network, make_session, make_team_member, refreshed
from tests.factories.registrations import confirmed, state, taken
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.client import CheckedClient

DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


def asking(**values: object) -> Event:
    """An event in ten days that asks a week before, and gives on the places of those who do not answer."""
    starts = clock.now() + 10 * DAY
    usual = {"starts_at": starts, "ends_at": starts + DAY, "reconfirm_days": 7, "reconfirm_releases": True}
    return make_event(**{**usual, **values})


def asked(event: Event, frozen_clock: FrozenClock) -> None:
    frozen_clock.set(days_before(event, 7))
    notices()


def silent_to_the_end(event: Event, frozen_clock: FrozenClock) -> None:
    """As a worker does it that is always there."""
    asked(event, frozen_clock)
    for days in (3, 2):
        frozen_clock.set(days_before(event, days))
        notices()


def link_to(registration: Registration) -> str:
    with transaction():
        token = links.issue(COMING, f"registration:{registration.id}", 8 * DAY)
    return f"/en/registration/coming/{token}"


def test_silent_place_goes_to_the_list_at_the_stored_instant(
    app: Flask, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    event = asking(seats=1)
    workshop = make_session(event, seats=1)
    silent, waits = confirmed(event, workshop, locale="en"), confirmed(event, workshop)
    asked(event, frozen_clock)
    assert refreshed(silent).release_at == days_before(event, 2)
    frozen_clock.set(days_before(event, 2) - SECOND)
    notices()
    assert refreshed(silent).status == "confirmed"
    outbox.deliver()
    frozen_clock.shift(seconds=1)
    assert notices() == 1
    assert (refreshed(silent).status, refreshed(waits).status) == ("expired", "confirmed")
    assert [state(one, workshop) for one in (silent, waits)] == ["released", "booked"]
    assert (taken(workshop), queries.event_places(event.id).taken) == (1, 1)
    told = {str(one["To"]): one.get_body(("plain",)).get_content() for one in outbox.deliver()}
    assert "there was no answer" in told[silent.email] and "register again" in told[silent.email]
    assert calendar_of(queries.with_event(silent.id)).count(b"STATUS:CANCELLED") == 2
    assert notices() == 0
    again = confirmed(event, email=silent.email)
    assert again.status == "waiting"


def test_asked_once_and_once_again(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event = asking(seats=3)
    silent, comes = confirmed(event, locale="en"), confirmed(event)
    outbox.deliver()
    asked(event, frozen_clock)
    notices()
    frozen_clock.shift(hours=-1)
    notices()
    assert sorted(str(one["To"]) for one in outbox.deliver()) == sorted([silent.email, comes.email])
    services.come(comes.id)
    frozen_clock.set(days_before(event, 3))
    notices()
    notices()
    (mail,) = outbox.deliver()
    text = mail.get_body(("plain",)).get_content()
    assert str(mail["To"]) == silent.email and "There is no answer yet." in text and "Answer by:" in text
    frozen_clock.set(days_before(event, 2))
    notices()
    assert (refreshed(silent).status, refreshed(comes).status) == ("expired", "confirmed")


def test_place_stays_where_the_rule_says_so(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event = asking(seats=1, reconfirm_releases=False)
    silent = confirmed(event, locale="en")
    outbox.deliver()
    silent_to_the_end(event, frozen_clock)
    assert (refreshed(silent).status, refreshed(silent).release_at) == ("confirmed", None)
    assert all("the place stays yours" in one.get_body(("plain",)).get_content() for one in outbox.deliver())


def test_needs_and_other_roles_keep_their_places(app: Flask, frozen_clock: FrozenClock) -> None:
    event = asking(participant_roles="participant,speaker")
    early, late, speaker = (confirmed(event, role=role) for role in ("participant", "participant", "speaker"))
    make_team_member(event, "access")
    services.ask(early.id, kinds=["captions"], note="", agrees=True)
    asked(event, frozen_clock)
    assert [refreshed(one).release_at is None for one in (early, late, speaker)] == [True, False, True]
    frozen_clock.set(days_before(event, 2) - SECOND)
    services.ask(late.id, kinds=["captions"], note="", agrees=True)
    frozen_clock.shift(seconds=1)
    notices()
    assert [refreshed(one).status for one in (early, late, speaker)] == ["confirmed"] * 3


def test_nobody_loses_a_place_who_was_asked_too_late(app: Flask, frozen_clock: FrozenClock) -> None:
    """No worker ran for days: people are asked, and keep their places."""
    event = asking()
    person = confirmed(event)
    frozen_clock.set(days_before(event, 2) - 23 * dt.timedelta(hours=1))
    notices()
    assert refreshed(person).reconfirm_asked_at is not None
    frozen_clock.set(days_before(event, 2))
    notices()
    assert refreshed(person).status == "confirmed"


def test_who_registers_after_the_asking_is_not_asked(app: Flask, frozen_clock: FrozenClock) -> None:
    event = asking()
    frozen_clock.set(days_before(event, 7) + SECOND)
    person = confirmed(event)
    notices()
    assert refreshed(person).reconfirm_asked_at is None


def test_team_that_changes_its_mind_keeps_every_place(app: Flask, frozen_clock: FrozenClock) -> None:
    event = asking()
    person = confirmed(event)
    asked(event, frozen_clock)
    with transaction() as session:
        session.get_one(Event, event.id).reconfirm_releases = False
    frozen_clock.set(days_before(event, 2))
    notices()
    assert (refreshed(person).status, refreshed(person).release_at) == ("confirmed", None)


def test_opening_the_link_changes_nothing_and_the_last_word_counts(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    event = asking(seats=1)
    person = confirmed(event)
    asked(event, frozen_clock)
    address = link_to(person)
    before = refreshed(person).row_version
    page = client.get(address)
    assert client.get(f"{address}?act=not-come").status_code == 200 and refreshed(person).row_version == before
    assert "Answer by:" in page.text
    page = client.follow(client.submit(page, {"act": "come"}))
    assert "You have said that you come." in page.text and refreshed(person).reconfirmed_at is not None
    page = client.follow(client.submit(page, {"act": "not-come"}))
    assert refreshed(person).status == "cancelled" and "You have said that you do not come." in page.text
    page = client.follow(client.submit(page, {"act": "come"}))
    assert refreshed(person).status == "confirmed" and refreshed(person).reconfirmed_at is not None
    frozen_clock.set(days_before(event, 2))
    notices()
    assert refreshed(person).status == "confirmed"


def test_no_serves_the_waiting_list_and_is_not_taken_back_then(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    event = asking(seats=1)
    person, waits = confirmed(event), confirmed(event)
    asked(event, frozen_clock)
    page = client.get(link_to(person))
    done = client.follow(client.submit(page, {"act": "not-come"}))
    assert refreshed(waits).status == "confirmed"
    assert 'value="come"' not in done.text and "Register again" in done.text
    replayed = client.submit(page, {"act": "come"})
    assert replayed.status_code == 409 and "has been given to somebody else" in replayed.text


def test_released_expired_and_foreign_links_say_whom_to_ask(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    event = asking(network=make_network(contact_email="biuro@example.org"))
    person = confirmed(event)
    asked(event, frozen_clock)
    address = link_to(person)
    page = client.get(address)
    silent_to_the_end(event, frozen_clock)
    gone = client.get(address)
    assert "There was no answer in time" in gone.text and "biuro@example.org" in gone.text
    late = client.submit(page, {"act": "come"})
    assert late.status_code == 409 and "the place has gone on" in late.text
    with pytest.raises(Conflict):
        services.come(person.id)
    frozen_clock.shift(days=6)
    ended = client.get(address)
    assert ended.status_code == 404 and "biuro@example.org" in ended.text and "Congress of the Network" in ended.text
    foreign = client.get(f"/en/registration/coming/{services.open_own(person.id).token}")
    assert foreign.status_code == 404 and "Congress of the Network" not in foreign.text


def test_moved_to_another_day_people_are_asked_again(app: Flask, frozen_clock: FrozenClock) -> None:
    event = asking()
    person = confirmed(event)
    asked(event, frozen_clock)
    services.come(person.id)
    for hours, is_kept in ((1, True), (72, False)):
        row = refreshed(event)
        values = EVENT.read(row, "pl", row.timezone)
        later = {name: values[name] + dt.timedelta(hours=hours) for name in ("starts_at", "ends_at")}
        events.update_event(row, version=row.row_version, by=PORTAL, agreed="tell", **{**values, **later})
        assert (refreshed(person).reconfirmed_at is not None) is is_kept
    asked(refreshed(event), frozen_clock)
    assert refreshed(person).release_at == days_before(refreshed(event), 2)


def test_rule_stands_on_the_page_and_in_the_form_and_the_team_counts(
    app: Flask, client: CheckedClient, as_person: Any, frozen_clock: FrozenClock
) -> None:
    event = asking(seats=5)
    rule = "Without an answer the place goes to the waiting list:"
    for path in (f"/en/events/{event.slug}", f"/en/events/{event.slug}/register"):
        assert rule in client.get(path).text
    comes, silent = confirmed(event, name="Anna Tak"), confirmed(event, name="Jan Cichy")
    own = f"/en/registration/{services.open_own(comes.id).token}"
    assert rule in client.get(own).text
    asked(event, frozen_clock)
    assert rule not in client.get(f"/en/events/{event.slug}/register").text
    page = client.get(own)
    assert "Answer by:" in page.text
    client.submit(page, action=f"{own}/come")
    assert "You have said that you come." in client.get(own).text
    browser = as_person(make_team_member(event, "desk"))
    counted = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", browser.get(f"/en/events/{event.slug}/reminders").text))
    assert "They come: 1" in counted and "No answer yet: 1" in counted
    people = browser.get(f"/en/events/{event.slug}/participants?coming=silent").text
    assert silent.name in people and comes.name not in people


def test_one_bad_registration_stops_nobody_else(app: Flask, frozen_clock: FrozenClock) -> None:
    """The seats of one workshop were counted wrongly: whoever has a place in it cannot be released, the others are."""
    event = asking()
    workshop = make_session(event, seats=1)
    number = workshop.id
    bad, good = confirmed(event, workshop), confirmed(event)
    asked(event, frozen_clock)
    with transaction() as session:
        session.get_one(SessionSeats, number).taken = 0
    frozen_clock.set(days_before(event, 2))
    assert notices() == 1
    db.session.rollback()
    assert [refreshed(one).status for one in (bad, good)] == ["confirmed", "expired"]
    with transaction() as session:
        session.get_one(SessionSeats, number).taken = 1
    assert notices() == 1
    assert refreshed(bad).status == "expired"

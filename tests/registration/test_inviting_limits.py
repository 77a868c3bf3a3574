"""Inviting has its limits, its end, and a time after which nothing of it is known."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.facts import AddressChanged
from portal.events.models import Event
from portal.events.services import cancel_event
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, TooMany
from portal.ground.facts import announce
from portal.mail import STRANGERS_KEPT
from portal.mail import remove_old as remove_old_mails
from portal.membership.models import Network
from portal.registration import services
from portal.registration.models import Invitation
from portal.registration.services import inviting
from tests.factories.events import make_coordinator, make_event
from tests.factories.invitations import asked, invite, queued
from tests.factories.people import make_person

LOOK, SEND = "act=look", "act=send"


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def staff(event: Event):
    return make_coordinator(db.session.get_one(Network, event.network_id))


@pytest.fixture
def browser(staff, as_person):
    return as_person(staff)


def path(event: Event, language: str = "en") -> str:
    return f"/{language}/events/{event.slug}/invite"


def test_no_more_than_the_limit_in_a_day_for_one_event(frozen_clock, event, staff, browser, monkeypatch) -> None:
    monkeypatch.setattr(inviting, "MANY", 2)
    assert invite(event, staff, "a@x.pl") == 1
    with pytest.raises(Refusal) as few:
        invite(event, staff, "b@x.pl c@x.pl")
    assert str(few.value.reason).startswith("Only 1 more person can be invited today.")
    assert asked(event) == {"a@x.pl"}
    shown = browser.submit(path(event), {"people": "b@x.pl\nc@x.pl"}, button=LOOK)
    refused = browser.submit(shown, button=SEND)
    assert refused.status_code == 422 and "c@x.pl" in refused.text
    assert invite(event, staff, "b@x.pl") == 1
    with pytest.raises(TooMany):
        invite(event, staff, "c@x.pl")
    frozen_clock.shift(days=1, minutes=1)
    assert invite(event, staff, "c@x.pl") == 1


def test_no_more_than_twice_the_limit_by_one_person_for_all_events(event, staff, monkeypatch) -> None:
    monkeypatch.setattr(inviting, "MANY", 1)
    others = [make_event(db.session.get_one(Network, event.network_id)) for _ in range(2)]
    assert invite(event, staff, "a@x.pl") == invite(others[0], staff, "b@x.pl") == 1
    with pytest.raises(TooMany):
        invite(others[1], staff, "c@x.pl")


def test_mailbox_that_many_have_invited_gets_no_more_for_a_while(frozen_clock, event, staff, browser) -> None:
    network = db.session.get_one(Network, event.network_id)
    for _ in range(inviting.OFTEN):
        assert invite(make_event(network), staff, "cel@x.pl") == 1
    assert invite(event, staff, "CEL@x.pl") == 0
    assert "many invitations" in browser.submit(path(event), {"people": "cel@x.pl"}, button=LOOK).text
    frozen_clock.shift(days=9)
    assert invite(event, staff, "cel@x.pl") == 0


@pytest.mark.parametrize("moment", ["before", "after"])
def test_to_a_closed_form_nobody_is_invited(app, as_person, moment: str) -> None:
    day = dt.timedelta(days=1)
    times = (
        {"registration_opens_at": clock.now() + day}
        if moment == "before"
        else {"registration_closes_at": clock.now() - day}
    )
    event = make_event(**times)
    person = make_coordinator(db.session.get_one(Network, event.network_id))
    assert "Nobody can be invited now" in as_person(person).get(path(event)).text
    with pytest.raises(Conflict):
        invite(event, person, "a@x.pl")


def test_form_that_closes_meanwhile_keeps_the_list(event, browser) -> None:
    shown = browser.submit(path(event), {"people": "a@x.pl"}, button=LOOK)
    with transaction() as session:
        session.merge(event).registration_closes_at = clock.now()
    answer = browser.submit(shown, button=SEND)
    assert answer.status_code == 409
    assert "a@x.pl" in answer.text
    assert asked(event) == set()


def test_stopped_in_the_middle_the_same_list_goes_on(event, staff, monkeypatch) -> None:
    monkeypatch.setattr(inviting, "BATCH", 2)
    text = "\n".join(f"osoba{number}@x.pl" for number in range(5))
    begun = []

    def dies(_mapper: object, _connection: object, invitation: Invitation) -> None:
        begun.append(invitation.email)
        if len(begun) == 4:
            raise KeyboardInterrupt

    sa.event.listen(Invitation, "before_insert", dies)
    with pytest.raises(KeyboardInterrupt):
        invite(event, staff, text)
    sa.event.remove(Invitation, "before_insert", dies)
    assert len(asked(event)) == 2
    assert invite(event, staff, text) == 3
    assert sorted(queued()) == sorted(asked(event)) == text.split("\n")


def test_message_that_waits_is_withdrawn_when_the_event_is_cancelled(event, staff) -> None:
    invite(event, staff, "a@x.pl")
    cancel_event(event, reason="Powódź", by=staff)
    assert queued() == []


def test_nothing_is_kept_after_the_event_nor_of_the_message(frozen_clock, event, staff, outbox) -> None:
    invite(event, staff, "a@x.pl")
    outbox.deliver()
    frozen_clock.set(event.ends_at + dt.timedelta(days=30))
    assert services.purge() == 0
    frozen_clock.shift(minutes=1)
    assert services.purge() == 1
    assert dt.timedelta(days=30) >= STRANGERS_KEPT
    with transaction():
        remove_old_mails()
    assert queued() == []


def test_another_address_of_the_account_is_known_as_invited(event, staff) -> None:
    person = make_person(email="stary@x.pl")
    invite(event, staff, "stary@x.pl")
    with transaction():
        announce(AddressChanged(person_id=person.id, old="stary@x.pl", new="Nowy@x.pl"))
    assert asked(event) == {"nowy@x.pl"}
    assert invite(event, staff, "nowy@x.pl") == 0

"""What a service looks at again behind its view: an old page, a second tab or another caller does not pass."""

import datetime as dt

import pytest
from flask import Flask

from portal.events import services as events
from portal.ground import clock, links
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.registration import mails, services
from portal.registration.models import Registration
from tests.factories.events import make_event, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import change, confirmed, submit
from tests.fixtures.pages import FrozenClock


def register(event_id: int, email: str) -> None:
    services.register(
        event_id=event_id, email=email, name="Anna Nowak", locale="pl", affiliation="", wanted=[], accepts_waiting=True
    )


def test_nobody_registers_from_the_deadline_on(app: Flask, frozen_clock: FrozenClock) -> None:
    """Neither with an account, whose form books at once, nor with a form that is confirmed later."""
    closes = clock.now() + dt.timedelta(hours=1)
    event = make_event(registration_closes_at=closes)
    person = make_person()
    frozen_clock.set(closes)
    with pytest.raises(Conflict):
        register(event.id, str(person.email))
    with pytest.raises(Conflict):
        submit(event)
    assert db.session.query(Registration).filter_by(event_id=event.id).count() == 0


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_account_registers_until_the_deadline(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event(registration_closes_at=clock.now() + dt.timedelta(seconds=1))
    register(event.id, str(make_person().email))
    assert db.session.query(Registration).filter_by(event_id=event.id).one().status == "confirmed"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_registration_for_a_cancelled_event_is_not_changed(app: Flask) -> None:
    event = make_event()
    registration = confirmed(event)
    events.cancel_event(event, reason="Powódź", by=PORTAL)
    with pytest.raises(Conflict):
        change(registration, name="Inne Imię")
    assert refreshed(registration).name == "Anna Nowak"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("place", ["", "/change", "/cancel", "/calendar.ics"])
def test_link_to_a_registration_opens_nothing_before_it_is_confirmed(app: Flask, client, place: str) -> None:
    event = make_event()
    registration = submit(event)
    with transaction():
        token = links.issue(mails.MANAGE, f"registration:{registration.id}", dt.timedelta(days=1))
    assert client.get(f"/en/registration/{token}{place}").status_code == 404
    services.confirm(registration.id)
    assert client.get(f"/en/registration/{token}{place}").status_code == 200


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_form_that_nobody_confirmed_is_neither_changed_nor_left(app: Flask) -> None:
    registration = submit(make_event())
    with pytest.raises(Conflict):
        change(registration)
    with pytest.raises(Conflict):
        services.leave(registration.id, session_id=1)
    services.cancel(registration.id)
    assert refreshed(registration).status == "unverified"

"""B4: a button that is pressed twice, in two tabs or on two devices, at one moment: done once, and each gets the answer."""

import concurrent.futures
import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.db import db
from portal.ground.errors import Busy, Conflict, Stale
from portal.mail import Mail
from portal.registration import services
from portal.registration.models import Booking, Registration
from portal.registration.services import Wish
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import confirmed, submit, taken
from tests.fixtures.proof import Proof


def at_once(app: Flask, number: int, act: Callable[[], Any]) -> list[Any]:
    """What each of so many got who did the same at one moment: what it returns, or the Conflict that it says."""
    start = threading.Barrier(number)

    def do(_: int) -> Any:
        with app.app_context():
            start.wait()
            while True:
                try:
                    return act()
                except Busy:
                    continue
                except Conflict as refused:
                    return refused

    with concurrent.futures.ThreadPoolExecutor(number) as pool:
        found = list(pool.map(do, range(number)))
    db.session.rollback()  # what is looked at now is from after all of them
    return found


def counted(model: Any, *conditions: Any) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions)) or 0


@pytest.mark.prove
def test_form_of_somebody_known_is_sent_twice(app: Flask, proof: Proof) -> None:
    """B4: one registration with one place and one mail; all are led to it."""
    event = make_event()
    workshop = make_session(event, seats=5)
    form = {
        "event_id": event.id, "email": "ada@example.org", "name": "Ada Nowak", "locale": "pl", "affiliation": "",
        "wanted": [Wish(workshop.id)], "accepts_waiting": False,
    }  # fmt: skip
    found = at_once(app, proof.count(4, 32), lambda: services.register(**form).registration_id)
    assert len(set(found)) == 1 and taken(workshop) == 1
    assert counted(Registration) == 1 and counted(Mail) == 1


@pytest.mark.prove
def test_link_of_the_mail_is_confirmed_on_two_devices(app: Flask, proof: Proof) -> None:
    """B4: one place, one mail about it."""
    event = make_event()
    workshop = make_session(event, seats=5)
    number = submit(event, workshop).id
    before = counted(Mail)
    found = at_once(app, proof.count(4, 32), lambda: services.confirm(number).registration_id)
    assert set(found) == {number} and taken(workshop) == 1
    assert counted(Mail) == before + 1


@pytest.mark.prove
def test_place_is_cancelled_in_two_tabs(app: Flask, proof: Proof) -> None:
    """B4: given back once, and one person moves up."""
    event = make_event()
    workshop = make_session(event, seats=1)
    holder, *_waiting = (confirmed(event, workshop) for _ in range(4))
    found = at_once(app, proof.count(4, 32), lambda: services.cancel(holder.id))
    assert found.count(True) == 1 and taken(workshop) == 1
    assert counted(Booking, Booking.status == "waiting") == 2


@pytest.mark.prove
def test_change_is_sent_from_two_tabs(app: Flask, proof: Proof) -> None:
    """B4: the first one counts; the others are told that the registration has changed, and nothing is done twice."""
    event = make_event()
    first, second = make_session(event, seats=5), make_session(event, seats=5, hours=6)
    registration = confirmed(event, first)
    number, version = registration.id, refreshed(registration).row_version
    form = {"version": version, "name": "Anna Nowak", "affiliation": "", "wanted": [Wish(second.id)]}
    found = at_once(app, proof.count(4, 32), lambda: services.change(number, **form))
    assert found.count(True) == 1 and all(isinstance(one, Stale) for one in found if one is not True)
    assert (taken(first), taken(second)) == (0, 1)
    assert counted(Booking) == 2

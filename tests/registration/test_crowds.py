"""Many at one desk, many in one list, and a clock that goes back under those who wait."""

import pytest
from flask import Flask

from portal.events.models import Event
from portal.ground import limits
from portal.ground.db import db
from portal.ground.errors import Conflict, TooMany
from portal.membership.models import Network
from portal.registration import services
from tests.factories.events import make_coordinator, make_event, make_session, make_team_member, refreshed
from tests.factories.invitations import asked
from tests.factories.registrations import confirmed, state, taken
from tests.fixtures.pages import FrozenClock

HERE = "127.0.0.1"


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


def test_desk_is_not_held_up_by_how_many_came_from_its_place(event, as_person, frozen_clock: FrozenClock) -> None:
    """Everybody in the hall has the address of the hall: the limit that keeps strangers from mailing is not for the team."""
    browser = as_person(make_team_member(event, "desk"))
    for _ in range(limits.LIMITS["mail"].per_ip):
        limits.check("mail", ip=HERE)
    with pytest.raises(TooMany):
        limits.check("mail", ip=HERE)
    page = f"/pl/events/{event.slug}/participants/new"
    for number in range(3):
        answer = browser.submit(
            page, {"name": f"Osoba {number}", "email": f"osoba{number}@example.org", "locale": "pl"}
        )
        assert answer.status_code == 303


def test_two_hundred_pasted_rows_with_doubles_are_a_hundred_people(event, as_person) -> None:
    """As a spreadsheet gives them: other letters, another name and spaces are the same mailbox."""
    staff = make_coordinator(db.session.get_one(Network, event.network_id))
    rows = [f"Osoba {number}\tosoba{number}@example.org" for number in range(100)]
    doubles = [f" Pani {number}\t OSOBA{number}@EXAMPLE.ORG " for number in range(100)]
    browser, path = as_person(staff), f"/en/events/{event.slug}/invite"
    shown = browser.submit(path, {"people": "\n".join(rows + doubles), "language": "pl"}, button="act=look")
    assert shown.status_code == 422 and "100 people get an invitation." in shown.text
    sent = browser.submit(shown, button="act=send")
    assert "100 invitations are on their way." in browser.follow(sent).text
    assert asked(event) == {f"osoba{number}@example.org" for number in range(100)}


def test_clock_that_goes_back_an_hour_gives_no_lapsed_offer_twice(app: Flask, frozen_clock: FrozenClock) -> None:
    """What had lapsed by the clock and was given on stays with whoever got it; its person is not let in again."""
    event = make_event(offer_hours=1)
    workshop = make_session(event, seats=1)
    holder, first = confirmed(event, workshop), confirmed(event, workshop)
    frozen_clock.shift(minutes=1)
    second = confirmed(event, workshop)
    services.cancel(holder.id)
    assert (state(first, workshop), state(second, workshop)) == ("offered", "waiting")
    frozen_clock.shift(hours=24)
    services.end_offers()
    assert (state(first, workshop), state(second, workshop)) == ("released", "offered")
    frozen_clock.shift(hours=-25)
    with pytest.raises(Conflict):
        services.accept_place(first.id, session_id=workshop.id)
    assert services.sweep() == 0 and services.end_offers() == 0
    assert services.accept_place(second.id, session_id=workshop.id)
    assert (taken(workshop), refreshed(first).status) == (1, "confirmed")

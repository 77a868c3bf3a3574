"""Two workshops at one hour after a change of the programme: marked wherever somebody could mend it."""

import pytest
from flask import Flask

from portal.events.models import Event, ProgrammeSession
from portal.ground.db import db
from portal.membership.models import Network
from portal.registration import services
from portal.registration.models import Registration
from portal.registration.services import Wish
from tests.factories.events import make_coordinator, make_event, make_session, refreshed
from tests.factories.registrations import change, confirmed
from tests.registration.test_following import becomes
from tests.support.client import CheckedClient


@pytest.fixture
def moved(app: Flask) -> tuple[Event, Registration, ProgrammeSession, ProgrammeSession]:
    """Two workshops of one person that share half an hour since one of them moved; they are in no common slot."""
    event = make_event()
    one, other = make_session(event, hours=2), make_session(event, hours=6)
    registration = confirmed(event, one, other)
    confirmed(event, one)
    row = refreshed(one)
    becomes(other, starts_at=row.ends_at - (row.ends_at - row.starts_at) / 3, ends_at=row.ends_at.replace(minute=59))
    return event, registration, one, other


def test_own_page_and_change_form_name_the_other_workshop(client: CheckedClient, moved) -> None:
    _event, registration, one, other = moved
    address = f"/en/registration/{services.open_own(registration.id).token}"
    own, form = client.get(address).text, client.get(f"{address}/change").text
    assert "Two workshops at the same time" in own
    for page in (own, form):
        for title in (one.title.source, other.title.source):
            assert page.count(f'You also have a place in: <span lang="pl">{title}</span>') == 1
    change(registration, Wish(one.id))
    assert "at the same time" not in client.get(address).text.lower()


def test_list_of_the_coordinator_marks_who_has_two_at_once(as_person, moved) -> None:
    event, registration, _one, other = moved
    browser = as_person(make_coordinator(db.session.get_one(Network, event.network_id)))
    page = browser.get(f"/en/events/{event.slug}/participants").text
    assert "1 person has two workshops at the same time" in page
    assert page.count("two at the same time") == 1
    services.leave(registration.id, session_id=other.id)
    assert "at the same time" not in browser.get(f"/en/events/{event.slug}/participants").text


def test_waiting_place_says_which_place_keeps_it_back(client: CheckedClient, app: Flask) -> None:
    event = make_event()
    mine, full = make_session(event), make_session(event, seats=0)
    registration = confirmed(event, mine)
    change(registration, Wish(mine.id), Wish(full.id, waits=True))
    page = client.get(f"/en/registration/{services.open_own(registration.id).token}").text
    assert page.count("You also have a place in:") == 1
    assert "Two workshops at the same time" not in page

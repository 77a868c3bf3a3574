"""One person's file: what they have, whether mails arrived, what was done; for those who run the event alone."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.ground.db import db, transaction
from portal.mail import Mail, MailState, Reason
from portal.membership.models import Network
from portal.registration import mails, services
from portal.registration.models import Registration
from portal.registration.services import Wish
from tests.factories.events import make_coordinator, make_event, make_room, make_session, make_team_member
from tests.factories.people import make_person
from tests.factories.registrations import change, confirmed

TEMPLATES = Path(mails.__file__).parents[1] / "templates" / "registration" / "mail"


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def browser(event: Event, as_person: Any) -> Any:
    return as_person(make_coordinator(db.session.get_one(Network, event.network_id)))


def path(event: Event, registration: Registration, language: str = "en") -> str:
    return f"/{language}/events/{event.slug}/participants/{registration.id}"


def test_name_in_the_list_leads_to_the_file(browser: Any, event: Event) -> None:
    one = confirmed(event, name="Łucja Żółć")
    page = browser.get(f"/en/events/{event.slug}/participants").text
    assert f'<a href="{path(event, one)}">Łucja Żółć</a>' in page


def test_file_says_what_somebody_has_with_hours_rooms_and_turns(browser: Any, event: Event) -> None:
    room = make_room(event)
    mine, full = make_session(event, room_id=room.id), make_session(event, hours=5, seats=0)
    one = confirmed(event, mine, full, name="Łucja Żółć", email="lucja@example.org", affiliation="Koło Wierzbica")
    page = browser.get(path(event, one)).text
    for words in ("Łucja Żółć", 'href="mailto:lucja@example.org"', "Koło Wierzbica", mine.title.source, full.title.source,
                  room.name.source, "Position on the waiting list: 1", str(one.id)):  # fmt: skip
        assert words in page
    assert "confirmed" in page


def test_file_of_another_event_is_not_there(browser: Any, event: Event, as_person: Any) -> None:
    other = make_event()
    foreign = confirmed(other, name="Ktoś Inny")
    assert browser.get(path(event, foreign)).status_code == 404
    assert browser.get(path(other, foreign)).status_code == 404  # nor may this coordination know of it there
    theirs = as_person(make_coordinator(db.session.get_one(Network, other.network_id)))
    assert theirs.get(path(other, foreign)).status_code == 200
    assert theirs.get(path(event, foreign)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("organiser", 200), ("desk", 200), ("programme", 404), ("door", 404), ("access", 404)]
)
def test_file_is_for_organisers_and_the_desk(event: Event, as_person: Any, role: str, status: int) -> None:
    one = confirmed(event)
    assert as_person(make_team_member(event, role)).get(path(event, one)).status_code == status


def test_visitor_is_asked_to_sign_in_and_others_find_nothing(event: Event, client: Any, as_person: Any) -> None:
    one = confirmed(event)
    assert client.get(path(event, one)).status_code == 303
    assert as_person(make_person()).get(path(event, one)).status_code == 404


def state_of(key: str, **values: Any) -> int:
    """Give a mail of the outbox a state, as the worker would; returns its number."""
    with transaction():
        row = db.session.scalars(sa.select(Mail).where(Mail.dedupe_key == key)).one()
        for name, value in values.items():
            setattr(row, name, value)
        return row.id


def test_file_says_of_each_mail_what_became_of_it_and_sends_again_what_failed(
    browser: Any, event: Event, outbox: Any
) -> None:
    one = confirmed(event, email="lucja@example.org", locale="en")
    assert browser.get(path(event, one)).text.count("to be sent") == 2  # to confirm, and what was confirmed
    outbox.deliver()
    page = browser.get(path(event, one)).text
    assert "Place confirmed" in page and "to be sent" not in page
    key = f"registration.placed:{one.id}"
    number = state_of(key, state=MailState.FAILED, payload=json.dumps({}), refusal=Reason.MAILBOX_FULL)
    page = browser.get(path(event, one))
    assert "the mailbox is full" in page.text
    assert "Messages do not arrive at this address" in page.text
    assert browser.submit(page, {"again": str(number)}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Mail, number).state == MailState.QUEUED


def test_mails_to_somebody_else_of_a_shared_mailbox_stand_in_their_own_file(
    browser: Any, event: Event, outbox: Any
) -> None:
    ola = confirmed(event, name="Ola Lipa", email="lipa@example.org", locale="en")
    jan = confirmed(event, name="Jan Lipa", email="lipa@example.org", locale="en")
    services.send_link(event_id=event.id, email="lipa@example.org")
    services.cancel(jan.id)
    outbox.deliver()
    of_ola, of_jan = browser.get(path(event, ola)).text, browser.get(path(event, jan)).text
    assert "Place confirmed" in of_ola and "Place confirmed" in of_jan
    assert "Registration cancelled" not in of_ola and "Registration cancelled" in of_jan
    assert "Link to your registration" in of_ola and "Link to your registration" in of_jan  # of the mailbox


def test_mails_of_others_and_of_other_events_are_not_there(browser: Any, event: Event, outbox: Any) -> None:
    one = confirmed(event, email="lucja@example.org", locale="en")
    with transaction():  # whose number begins with this one's
        db.session.execute(
            sa.update(Mail).where(Mail.dedupe_key == f"registration.confirm:{one.id}").values(
                dedupe_key=f"registration.confirm:{one.id}0", to="ktos@example.org")
        )  # fmt: skip
    confirmed(make_event(), email="lucja@example.org", locale="en")
    outbox.deliver()
    page = browser.get(path(event, one)).text
    assert page.count("Place confirmed") == 1
    assert "ktos@example.org" not in page


def test_every_mail_to_one_person_is_known_as_such() -> None:
    names = {file.stem for file in TEMPLATES.glob("[a-z]*.txt")}
    assert set(mails.OF_ONE) == names - {
        "known", "invited", "need_asked", "confirm_together", "delegation", "delegation_confirm",
    }  # fmt: skip


def test_history_says_who_did_what(browser: Any, event: Event, as_person: Any) -> None:
    first, second = make_session(event), make_session(event, hours=5)
    one = confirmed(event, first)
    change(one, Wish(second.id))
    services.cancel(one.id)
    page = browser.get(path(event, one)).text
    for words in ("Registration sent", "Registration confirmed", "Registration changed", "Registration cancelled"):
        assert words in page
    assert "by this person, with the link of a message" in page
    assert first.title.source in page.partition("Given up:")[2]
    assert second.title.source in page.partition("Chosen:")[2]


def test_file_asks_little_whatever_it_holds(browser: Any, event: Event, count_queries: Any) -> None:
    one = confirmed(event)
    browser.get(path(event, one))
    with count_queries() as few:
        browser.get(path(event, one))
    sessions = [make_session(event, hours=hours) for hours in (2, 4, 6, 8)]
    change(one, *(Wish(session.id) for session in sessions))
    with count_queries() as many:
        browser.get(path(event, one))
    assert len(many) <= len(few) + 1 <= 13

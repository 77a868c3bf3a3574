"""What a team does with people whom it has ticked in the list: write, answer, send the link once more, take a file along."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.declaration import sender_kind
from portal.events import queries as events
from portal.events.models import Event
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.errors import Refusals
from portal.membership.models import Network
from portal.messages import queries as messages
from portal.messages.models import Message
from portal.messages.queries import Place
from portal.messages.services import create
from portal.registration import queries, services
from tests.factories.events import make_coordinator, make_event, make_team_member, refreshed
from tests.factories.registrations import confirmed, submit
from tests.fixtures.pages import Outbox


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(seats=9, approval=True)


@pytest.fixture
def browser(event: Event, as_person: Any) -> Any:
    return as_person(make_coordinator(db.session.get_one(Network, event.network_id)))


def tick(browser: Any, event: Event, act: str, *people: Any, query: str = "", **fields: Any) -> Any:
    ticked = {"people": [str(one.id) for one in people]} if people else {}
    return browser.submit(f"/en/events/{event.slug}/participants{query}", {"act": act, **ticked, **fields})


def ticks(page: str) -> int:
    return len(re.findall(r'name="people"[^>]* checked', page))


def goes_to(answer: Any) -> tuple[str, dict[str, str]]:
    assert answer.status_code == 303, answer.text
    address = urlsplit(answer.location)
    return address.path, {name: values[0] for name, values in parse_qs(address.query).items()}


def test_message_goes_to_those_who_were_ticked_and_to_nobody_else(event: Event, browser: Any, outbox: Outbox) -> None:
    one, two, other = (confirmed(event, email=f"{name}@example.net") for name in "abc")
    services.approve(event, [one.id, other.id], by=PORTAL)
    path, chosen = goes_to(tick(browser, event, "write", one, two))
    assert chosen == {"audience": "registered", "people": f"{one.id},{two.id}"}
    form = browser.get(f"{path}?audience=registered&people={chosen['people']}").text
    assert "2 people ticked in the list" in form
    answer = browser.submit(
        f"{path}?audience=registered&people={chosen['people']}",
        {"language": "en", "subject": "Lunch", "body": "At one."},
    )
    shown = browser.get(answer.location).text
    assert "2 people ticked in the list" in shown
    message = db.session.scalars(sa.select(Message)).one()
    kind = sender_kind("event")
    audience = messages.audience_of(message)
    assert kind is not None and audience is not None
    assert messages.reach(message, kind.mail, audience).people == 2


def test_people_of_another_event_are_reached_by_no_message(event: Event, browser: Any) -> None:
    """Neither by an address that somebody made, nor by a draft."""
    elsewhere = confirmed(make_event())
    kind = sender_kind("event")
    assert kind is not None
    place = Place(kind, events.by_slug(event.slug))
    with pytest.raises(Refusals):
        create(
            place, audience="registered", narrowed={"people": str(elsewhere.id)}, language="en", subject="Hi", body="Hi",
            by=PORTAL,
        )  # fmt: skip
    page = browser.get(f"/en/messages/event/{event.slug}/new?people={elsewhere.id}").text
    assert "ticked in the list" not in page
    people = db.session.scalars(queries.of_ticked(event.id, [elsewhere.id])).all()
    assert people == []


def test_requests_of_ticked_people_are_shown_ticked_and_no_others(event: Event, browser: Any) -> None:
    one, two = confirmed(event, name="Ala Pierwsza"), confirmed(event, name="Ola Druga")
    path, chosen = goes_to(tick(browser, event, "accept", two))
    page = browser.get(f"{path}?people={chosen['people']}").text
    assert "Ola Druga" in page and "Ala Pierwsza" not in page and ticks(page) == 1
    browser.submit(f"{path}?people={chosen['people']}", {"reason": ""}, button="approve")
    assert (refreshed(one).status, refreshed(two).status) == ("pending", "confirmed")
    assert "None of the ticked people waits for an answer." in browser.get(f"{path}?people={two.id}").text


def test_file_has_the_ticked_people_whatever_their_state(event: Event, browser: Any) -> None:
    one, gone, _other = confirmed(event, name="Ala"), confirmed(event, name="Ola"), confirmed(event, name="Ula")
    services.cancel(gone.id)
    path, chosen = goes_to(tick(browser, event, "download", one, gone, query="?state=all"))
    address = f"{path}?people={chosen['people']}&state={chosen['state']}"
    assert "The file has 2 people." in browser.get(address).text
    answer = browser.submit(address, {"columns": ["name"]}, button="csv")
    file = answer.data.decode("utf-8-sig")
    assert "Ala" in file and "Ola" in file and "Ula" not in file


def test_everybody_on_the_page_are_those_whom_it_showed(event: Event, browser: Any) -> None:
    one, two = confirmed(event), confirmed(event)
    path = f"/en/events/{event.slug}/participants"
    page = browser.get(path)
    confirmed(event)
    answer = browser.submit(page, {"act": "write", "everybody": "y"})
    assert goes_to(answer)[1]["people"] == f"{one.id},{two.id}"


def test_link_goes_to_each_who_can_use_one(event: Event, browser: Any, outbox: Outbox) -> None:
    """One whose registration has ended, and one who had several mails lately, stop nobody."""
    asks, gone = confirmed(event, email="asks@example.net"), confirmed(event, email="gone@example.net")
    unverified = submit(event, name="Dora", email="dora@example.net")
    often = confirmed(event, email="often@example.net")
    services.cancel(gone.id)
    outbox.deliver()
    by = make_team_member(event, "desk")
    for _ in range(5):
        services.send_links(event, [often.id], by=by)
    outbox.deliver()
    linked = services.send_links(event, [often.id, gone.id, asks.id, unverified.id, 999_999], by=by)
    assert (linked.done, linked.ended, linked.lately, linked.failed) == (2, 1, 1, 0)
    assert {str(mail["To"]) for mail in outbox.deliver()} == {"asks@example.net", "dora@example.net"}


def test_links_of_another_event_are_not_sent(event: Event, outbox: Outbox) -> None:
    elsewhere = confirmed(make_event())
    outbox.deliver()
    linked = services.send_links(event, [elsewhere.id], by=make_team_member(event, "desk"))
    assert (linked, outbox.deliver()) == (services.Linked(), [])


def test_nobody_ticked_and_no_act_are_both_said_at_once(event: Event, browser: Any) -> None:
    one = confirmed(event)
    answer = tick(browser, event, "write")
    assert answer.status_code == 422 and "Tick at least one person." in answer.text
    answer = tick(browser, event, "", one)
    assert answer.status_code == 422 and "Choose what to do." in answer.text and ticks(answer.text) == 1


def test_desk_is_offered_no_answer_to_requests(event: Event, as_person: Any) -> None:
    one = confirmed(event)
    desk = as_person(make_team_member(event, "desk"))
    assert "Answer their requests" not in desk.get(f"/en/events/{event.slug}/participants").text
    assert tick(desk, event, "accept", one).status_code == 422


def test_no_more_people_are_ticked_than_one_act_is_done_with() -> None:
    assert queries.ticked("7,7,x,-1,8") == (7, 8)
    assert len(queries.ticked(",".join(map(str, range(1000))))) == queries.MOST_TICKED

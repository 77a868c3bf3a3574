"""People without an e-mail address take part like everybody: the team tells them what a mail would have said, and does what
they say on the telephone."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events import services as events
from portal.events.models import Event
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from portal.mail import Mail, MailState
from portal.registration import queries, services
from portal.registration.models import Delegation, Registration
from portal.registration.services import Wish
from tests.factories.delegations import delegation
from tests.factories.events import HOUR, make_event, make_session, make_team_member, refreshed
from tests.factories.registrations import confirmed, state, tell_changes
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_following import becomes

PHONE = "+48 601 202 303"


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(seats=2)


@pytest.fixture
def desk(event: Event) -> Any:
    return make_team_member(event, "desk")


def called(event: Event, desk: Any, *sessions: Any, name: str = "Janina Bez Poczty", **values: Any) -> Registration:
    """Somebody without a mailbox, added by the desk."""
    given = {"email": "", "phone": PHONE, "locale": "pl", "affiliation": "", **values}
    wanted = [Wish(one.id, waits=True) for one in sessions]
    done = services.add(event, by=desk, name=name, wanted=wanted, accepts_waiting=True, **given)
    return db.session.get_one(Registration, done.registration_id, populate_existing=True)


def states(registration: Registration) -> list[str]:
    rows = sa.select(Mail.state).where(Mail.dedupe_key.like(f"registration.%:{registration.id}%")).order_by(Mail.id)
    return list(db.session.scalars(rows))


def test_caller_without_a_mailbox_is_added_from_the_form(
    event: Event, desk: Any, as_person: Any, outbox: Outbox
) -> None:
    browser = as_person(desk)
    typed = {"name": "Janina Bez Poczty", "email": "", "phone": PHONE, "locale": "pl"}
    page = browser.follow(browser.submit(f"/en/events/{event.slug}/participants/new", typed)).text
    assert "There is no e-mail address." in page and PHONE in page and 'href="tel:+48601202303"' in page
    one = db.session.scalars(sa.select(Registration)).one()
    assert (one.status, one.person_id, one.email, one.phone) == ("confirmed", None, "", PHONE)
    assert (states(one), outbox.deliver()) == (["untold"], [])


def test_there_has_to_be_a_way_to_the_person(event: Event, desk: Any, as_person: Any) -> None:
    browser = as_person(desk)
    path = f"/en/events/{event.slug}/participants/new"
    answer = browser.submit(path, {"name": "Janina", "locale": "pl"})
    assert answer.status_code == 422 and "the person has to hear of changes." in answer.text and "Janina" in answer.text
    answer = browser.submit(path, {"name": "Janina", "locale": "pl", "phone": "zero"})
    assert answer.status_code == 422 and "This does not look like a telephone number." in answer.text
    with pytest.raises(Refusal):
        called(event, desk, phone="")


def test_two_people_of_one_telephone_are_two_and_one_person_is_one(event: Event, desk: Any) -> None:
    one, other = called(event, desk), called(event, desk, name="Marian Bez Poczty")
    again = called(event, desk, name="janina  bez poczty")
    assert again.id == one.id != other.id
    assert called(event, desk, phone="22 111 22 33").id not in (one.id, other.id)


def test_whoever_waits_without_a_mailbox_keeps_their_turn(event: Event, desk: Any, outbox: Outbox) -> None:
    holder, _second = confirmed(event), confirmed(event)
    first = called(event, desk)
    later = confirmed(event)
    services.cancel(holder.id)
    assert (refreshed(first).status, refreshed(later).status) == ("confirmed", "waiting")
    assert states(first) == ["untold", "untold"]


def test_list_says_what_each_mail_would_have_said(event: Event, desk: Any, as_person: Any, outbox: Outbox) -> None:
    """In the language of the person, without links, and the changes of the programme too."""
    workshop = make_session(event, seats=2)
    one = called(event, desk, workshop, locale="bg", name="Донка Без Поща")
    browser = as_person(desk)
    path = f"/en/events/{event.slug}/calls"
    page = browser.get(path).text
    assert "Донка Без Поща" in page and PHONE in page and "Потвърдено участие" in page
    assert "/registration/" not in page.partition("<main")[2]
    browser.submit(browser.get(path), {}, button="told")
    assert "Nobody has to be called now." in browser.get(path).text
    row = refreshed(workshop)
    becomes(workshop, starts_at=row.starts_at + HOUR, ends_at=row.ends_at + HOUR)
    tell_changes()
    assert "се премести" in browser.get(path).text or "преместена" in browser.get(path).text
    assert (states(one), outbox.deliver()) == (["told", "untold"], [])


def test_what_came_after_the_page_was_made_is_still_to_be_told(event: Event, desk: Any) -> None:
    one = called(event, desk)
    (call,) = queries.calls(event.id)
    services.cancel_for(one.id, by=desk)
    assert services.tell(event, one.id, until=call.until, by=desk) == 1
    assert services.tell(event, one.id, until=call.until, by=desk) == 0
    assert states(one) == ["told", "untold"]


def test_people_are_told_of_an_event_that_does_not_take_place(event: Event, desk: Any) -> None:
    one = called(event, desk)
    events.cancel_event(db.session.get_one(Event, event.id), reason="Powódź.", by=PORTAL)
    services.tell(event, one.id, until=queries.calls(event.id)[0].until, by=desk)
    assert set(states(one)) == {"told"}


def test_place_that_is_kept_is_called_first_and_taken_on_the_telephone(
    app: Flask, as_person: Any, frozen_clock: FrozenClock
) -> None:
    event = make_event(seats=1, offer_hours=24)
    desk = make_team_member(event, "desk")
    holder = confirmed(event)
    waits = called(event, desk)
    services.cancel(holder.id)
    beside = called(event, desk, name="Ala Bez Poczty")
    assert [call.registration.id for call in queries.calls(event.id)] == [waits.id, beside.id]
    browser = as_person(desk)
    assert "a place is kept, with an end" in browser.get(f"/en/events/{event.slug}/calls").text
    file = f"/en/events/{event.slug}/participants/{waits.id}"
    answer = browser.submit(file, {}, button="Take the place for them", action=f"{file}/accept")
    assert "The place is theirs." in browser.follow(answer).text
    assert refreshed(waits).status == "confirmed"


def test_workshop_that_is_kept_is_taken_on_the_telephone(app: Flask, as_person: Any) -> None:
    event = make_event(offer_hours=24)
    workshop, desk = make_session(event, seats=1), make_team_member(event, "desk")
    holder = confirmed(event, workshop)
    waits = called(event, desk, workshop)
    services.cancel(holder.id)
    assert state(waits, workshop) == "offered"
    browser, file = as_person(desk), f"/en/events/{event.slug}/participants/{waits.id}"
    answer = browser.submit(file, {}, button=f"session={workshop.id}", action=f"{file}/accept")
    assert "The place is theirs." in browser.follow(answer).text
    assert state(waits, workshop) == "booked"


def test_workshops_are_changed_on_the_telephone_and_the_history_says_by_whom(
    event: Event, desk: Any, as_person: Any
) -> None:
    first, second = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=4)
    one = called(event, desk, first)
    browser = as_person(desk)
    path = f"/en/events/{event.slug}/participants/{one.id}/change"
    page = browser.get(path).text
    names = list(dict.fromkeys(re.findall(r'name="(at_[^"]+)"', page)))
    changed = dict(zip(names, ["none", str(second.id)], strict=True))
    assert "Changes saved." in browser.follow(browser.submit(path, changed)).text
    assert (state(one, first), state(one, second)) == ("released", "booked")
    acts = queries.acts_of(refreshed(one))
    assert (acts[0].verb, acts[0].hand, acts[0].name) == ("registration.changed", "other", desk.name)


def test_only_the_team_does_what_people_say_on_the_telephone(event: Event, desk: Any) -> None:
    one, stranger = called(event, desk), make_team_member(make_event(), "desk")
    for act in (
        lambda: services.tell(event, one.id, until=10**6, by=stranger),
        lambda: services.act_for(one.id, lambda: services.cancel(one.id), by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (states(one), refreshed(one).status) == (["untold"], "confirmed")


def test_nobody_without_a_mailbox_loses_a_place_by_silence(
    app: Flask, as_person: Any, frozen_clock: FrozenClock
) -> None:
    event = make_event(reconfirm_days=7, reconfirm_releases=True)
    desk = make_team_member(event, "desk")
    silent, called_one = confirmed(event), called(event, desk)
    frozen_clock.set(refreshed(event).reconfirm_at)
    services.reconfirm()
    file = f"/en/events/{event.slug}/participants/{called_one.id}"
    browser = as_person(desk)
    comes = called(event, desk, name="Ala Bez Poczty")
    assert "They come" in browser.get(file).text
    other = f"/en/events/{event.slug}/participants/{comes.id}"
    frozen_clock.shift(minutes=1)
    services.reconfirm()
    said = browser.follow(browser.submit(other, {}, button="They come", action=f"{other}/come")).text
    assert "Noted: this person comes." in said and refreshed(comes).reconfirmed_at is not None
    frozen_clock.set(refreshed(event).reconfirm_ends_at)
    services.reconfirm()
    assert (refreshed(silent).status, refreshed(called_one).status) == ("expired", "confirmed")


def test_address_that_somebody_gets_later_brings_what_was_to_be_told(event: Event, desk: Any, outbox: Outbox) -> None:
    one = called(event, desk)
    version = refreshed(one).row_version
    services.correct_address(one.id, version=version, email="janina@example.org", by=desk)
    assert [str(mail["To"]) for mail in outbox.deliver()] == ["janina@example.org"] * 2
    assert (queries.calls(event.id), refreshed(one).person_id is not None) == ([], True)


def test_no_link_is_sent_where_there_is_no_mailbox(event: Event, desk: Any, outbox: Outbox) -> None:
    one = called(event, desk)
    with pytest.raises(Conflict):
        services.send_link_to(one.id, by=desk)
    assert services.send_links(event, [one.id], by=desk) == services.Linked(unreached=1)


def test_who_was_named_without_any_address_is_reached_through_their_delegation(app: Flask, as_person: Any) -> None:
    event = make_event(takes_delegations=True)
    number = delegation(event, 2, "Ola Klon").id
    one = db.session.scalars(sa.select(Registration).where(Registration.name == "Ola Klon")).one()
    services.cancel(one.id)
    page = as_person(make_team_member(event, "desk")).get(f"/en/events/{event.slug}/calls").text
    coordinator = db.session.get_one(Delegation, number).address
    assert "Ola Klon" in page and f"the delegation: Zofia Wierzba, {coordinator}" in page


def test_they_are_found_in_the_list(event: Event, desk: Any, as_person: Any) -> None:
    called(event, desk)
    confirmed(event, name="Zosia Z Pocztą")
    page = as_person(desk).get(f"/en/events/{event.slug}/participants?reached=phone").text
    assert "Janina Bez Poczty" in page and "Zosia Z Pocztą" not in page and "1 message to tell by telephone" in page


def test_message_of_the_team_says_whom_it_does_not_reach(event: Event, desk: Any, as_person: Any) -> None:
    confirmed(event)
    browser = as_person(desk)
    words = {"language": "en", "subject": "Lunch", "body": "At one."}
    path = f"/en/messages/event/{event.slug}/new"
    page = browser.follow(browser.submit(path, words)).text
    assert "1 person will get it today." in page and "no e-mail address" not in page
    called(event, desk)
    page = browser.follow(browser.submit(path, words)).text
    assert "1 person will get it today." in page and "1 person has no e-mail address." in page
    assert f'href="/en/events/{event.slug}/participants?reached=phone"' in page


def test_their_numbers_stand_in_the_file_of_the_list(event: Event, desk: Any, as_person: Any) -> None:
    """A column more only where somebody has one: a list of addresses stays as it was."""
    confirmed(event)
    browser = as_person(desk)
    path = f"/en/events/{event.slug}/participants/export"
    assert b"Telephone number" not in browser.submit(path, button="csv").data
    called(event, desk)
    file = browser.submit(f"{path}?reached=phone", button="csv").data
    assert b"Telephone number" in file and PHONE.encode() in file


def test_what_is_kept_of_them_goes_with_everybody_else(event: Event, desk: Any, frozen_clock: FrozenClock) -> None:
    """Their name and number, and what they were to be told; nobody else's before its time."""
    one, other = called(event, desk), make_event()
    beside = called(other, make_team_member(other, "desk"))
    frozen_clock.set(refreshed(event).ends_at)
    frozen_clock.shift(days=400)
    services.purge()
    gone = refreshed(one)
    assert (gone.name, gone.phone, states(one)) == ("", "", [])
    assert refreshed(beside).phone in ("", PHONE)
    assert (
        MailState.UNTOLD
        not in db.session.scalars(sa.select(Mail.state).where(Mail.concerns == f"event:{event.id}")).all()
    )

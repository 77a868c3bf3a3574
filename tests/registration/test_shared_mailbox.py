"""People who share a mailbox: each has a registration, a link and mails of their own, and nobody is turned away in silence."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from portal.events.models import Event
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.registration import queries, services
from portal.registration.models import Registration
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import change, confirmed, state, submit, taken
from tests.fixtures.pages import Outbox
from tests.registration.test_calendars import file_of
from tests.support.client import CheckedClient

BOX = "dom@example.org"


@pytest.fixture
def couple(app: Flask) -> tuple[Event, object, Registration, Registration]:
    event = make_event()
    workshop = make_session(event, seats=5)
    anna = confirmed(event, workshop, email=BOX, name="Anna Lipa")
    return event, workshop, anna, confirmed(event, workshop, email=BOX, name="Jan Lipa")


def test_second_person_of_a_mailbox_takes_part_too(couple, outbox: Outbox) -> None:
    event, workshop, anna, jan = couple
    assert [refreshed(one).status for one in (anna, jan)] == ["confirmed", "confirmed"]
    assert (state(anna, workshop), state(jan, workshop), taken(workshop)) == ("booked", "booked", 2)
    assert [one.name for one in queries.people(event).rows()] == ["Anna Lipa", "Jan Lipa"]
    services.cancel(anna.id)
    assert (refreshed(jan).status, state(jan, workshop), taken(workshop)) == ("confirmed", "booked", 1)


def test_page_does_not_reveal_that_an_address_is_registered(couple, client: CheckedClient, outbox: Outbox) -> None:
    """The same person, another person and an unknown address read the same words; the mail tells."""
    event, *_rest = couple
    outbox.deliver()
    forms = [("Anna Lipa", BOX), ("Ola Lipa", BOX), ("Ola Lipa", "new@example.org")]
    answers = [
        client.submit(f"/en/events/{event.slug}/register", {"name": name, "email": email}) for name, email in forms
    ]
    assert len({(one.status_code, one.location) for one in answers}) == 1
    assert len({client.follow(one).text for one in answers}) == 1
    assert len(outbox.deliver()) == 3


def test_mail_to_a_known_mailbox_names_who_is_registered_with_it(couple, client: CheckedClient, outbox: Outbox) -> None:
    event, *_rest = couple
    outbox.deliver()
    client.submit(f"/en/events/{event.slug}/register", {"name": "Ola Lipa", "email": BOX})
    (message,) = outbox.deliver()
    text = outbox.text(message)
    assert all(
        words in text for words in ("Registered already: Anna Lipa", "Registered already: Jan Lipa", "New: Ola Lipa")
    )
    path = next(path for path in outbox.paths(message) if "/confirm/" in path)
    page = client.get(path)
    assert "registered already: Anna Lipa, Jan Lipa." in page.text
    assert client.submit(page).status_code == 303
    assert len(queries.active_of_address(event.id, BOX)) == 3


@pytest.mark.parametrize("name", ["Anna Lipa", "LIPA Anna", "anna  lipa"])
def test_same_person_pressing_twice_has_one_registration(couple, outbox: Outbox, name: str) -> None:
    event, workshop, anna, _jan = couple
    outbox.deliver()
    submit(event, workshop, email=BOX, name=name)
    (message,) = outbox.deliver()
    assert "Anna Lipa" in outbox.text(message) and "Jan Lipa" not in outbox.text(message)
    assert len(queries.active_of_address(event.id, BOX)) == 2
    assert refreshed(anna).status == "confirmed"


def test_link_sent_again_brings_one_for_each(couple, client: CheckedClient, outbox: Outbox) -> None:
    event, *_rest = couple
    outbox.deliver()
    client.submit(f"/en/events/{event.slug}/register/link", {"email": BOX})
    (message,) = outbox.deliver()
    pages = [client.get(path).text for path in outbox.paths(message)]
    assert [re.search(r"(Anna|Jan) Lipa", page).group(1) for page in pages] == ["Anna", "Jan"]


def test_each_has_mails_and_a_link_of_their_own(couple, client: CheckedClient, outbox: Outbox) -> None:
    _event, _workshop, _anna, _jan = couple
    placed = [one for one in outbox.deliver() if outbox.paths(one) and "/confirm/" not in outbox.paths(one)[-1]]
    assert [str(one["To"]) for one in placed] == [BOX, BOX]
    names = [re.search(r"(Anna|Jan) Lipa", client.get(outbox.paths(one)[-1]).text).group() for one in placed]
    assert names == ["Anna Lipa", "Jan Lipa"]


def test_what_one_gives_up_takes_nothing_out_of_the_calendar_of_the_other(couple) -> None:
    _event, workshop, anna, jan = couple
    assert not set(file_of(anna)) & set(file_of(jan))
    assert f"{workshop.guid}@127.0.0.1" in file_of(anna)
    services.cancel(jan.id)
    assert {str(entry["STATUS"]) for entry in file_of(refreshed(jan)).values()} == {"CANCELLED"}
    assert {str(entry["STATUS"]) for entry in file_of(refreshed(anna)).values()} == {"CONFIRMED"}


def test_account_of_the_address_lists_all_and_acts_for_each(app: Flask, as_person) -> None:
    event = make_event()
    person = make_person("Anna Lipa", email=BOX)
    confirmed(event, email=BOX, name="Anna Lipa")
    jan = confirmed(event, email=BOX, name="Jan Lipa")
    stranger = confirmed(event, email="other@example.org", name="Ola Lipa")
    browser = as_person(person)
    mine = browser.get("/en/account/registrations")
    assert "Jan Lipa" in mine.text and "Ola Lipa" not in mine.text
    own = browser.follow(browser.submit(mine, {}, action=f"/en/account/registrations/{jan.id}"))
    assert "Jan Lipa" in own.text and own.status_code == 200
    services.cancel(jan.id)
    ended = browser.follow(browser.submit(mine, {}, action=f"/en/account/registrations/{jan.id}"))
    assert "Nothing has changed" in ended.text and "Jan Lipa" not in ended.text
    assert stranger.id not in [one.id for one in queries.of_account(person)]


def test_account_registers_another_person_at_once(app: Flask, as_person) -> None:
    event = make_event()
    person = make_person("Anna Lipa", email=BOX)
    browser = as_person(person)
    address = f"/en/events/{event.slug}/register"
    browser.submit(address)
    known = browser.get(address)
    assert "Register another person" in known.text
    form = browser.get(f"{address}?another=1")
    assert re.search(r'name="name"[^>]*value=""', form.text) or 'value="Anna Lipa"' not in form.text
    assert "Jan Lipa" in browser.follow(browser.submit(form, {"name": "Jan Lipa"})).text
    assert [one.name for one in queries.of_account(person)] == ["Anna Lipa", "Jan Lipa"]
    twice = browser.follow(browser.submit(form, {"name": "jan lipa"}))
    assert "This person is registered with this address already" in twice.text
    assert len(queries.of_account(person)) == 2


def test_nobody_takes_the_name_of_the_other_one(couple) -> None:
    _event, _workshop, anna, jan = couple
    with pytest.raises(Refusal) as refused:
        change(jan, name="anna LIPA")
    assert (refused.value.field, refreshed(jan).name) == ("name", "Jan Lipa")
    change(jan, name="Jan Lipa-Sosna")
    assert (refreshed(jan).name, refreshed(anna).name) == ("Jan Lipa-Sosna", "Anna Lipa")


def test_second_person_is_written_to_in_their_own_language(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    make_person("Anna Lipa", email=BOX, locale="pl")
    confirmed(event, email=BOX, name="Anna Lipa")
    outbox.deliver()
    mira = submit(event, email=BOX, name="Мира Лозева", locale="bg")
    services.confirm(mira.id)
    assert outbox.deliver()[-1]["Content-Language"] == "bg"


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
def test_two_forms_of_one_second_person_confirmed_at_once_are_one_registration(app: Flask) -> None:
    event = make_event()
    confirmed(event, email=BOX, name="Anna Lipa")
    forms = [submit(event, email=BOX, name="Jan Lipa").id for _ in range(2)]
    event_id = event.id
    db.session.remove()

    def confirm(number: int) -> int:
        with app.app_context():
            return services.confirm(number).registration_id

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(confirm, forms))) == 1
    assert len(queries.active_of_address(event_id, BOX)) == 2


def test_mailbox_is_the_same_one_however_its_domain_is_folded(app: Flask) -> None:
    """`faß.example` is not `fass.example`: whoever shares the first is known there, also to the account of it."""
    event, box = make_event(), "dom@faß.example"
    confirmed(event, email=box, name="Jan Lipa")
    anna = confirmed(event, email=box, name="Anna Lipa")
    again = services.register(
        event_id=event.id, name="Anna Lipa", email=box, locale="pl", affiliation="", wanted=[], accepts_waiting=False
    )
    assert (again.is_known, again.registration_id) == (True, anna.id)
    assert len(queries.people(event).rows()) == 2

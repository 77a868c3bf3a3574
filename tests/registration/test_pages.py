"""The pages of registration, as somebody walks through them without JavaScript."""

import re

import pytest
from flask import Flask

from portal.ground.db import db
from portal.registration import queries, services
from portal.registration.models import Registration
from tests.factories.events import make_event, make_room, make_session, make_slot, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, state, submit, taken
from tests.fixtures.pages import Outbox
from tests.support.client import CheckedClient


def latest(email: str) -> Registration:
    return db.session.query(Registration).filter_by(email=email).order_by(Registration.id.desc()).first()


@pytest.mark.parametrize("lang", ["pl", "bg", "en"])
def test_whole_way_from_form_to_cancelling(app: Flask, client: CheckedClient, outbox: Outbox, lang: str) -> None:
    event = make_event(seats=30)
    slot, later = make_slot(event, 2), make_slot(event, 5)
    one, other = (
        make_session(
            event, slot=slot, seats=20, room_id=make_room(event).id, speakers="Tomasz Bielik", languages="pl,bg"
        ),
        make_session(event, slot=later, seats=1),
    )
    confirmed(event, other)
    outbox.deliver()
    address = f"/{lang}/events/{event.slug}/register"
    sent = client.submit(address, {
        "name": "Stanisława Brzęczyszczykiewicz-Wąs", "email": "Stanislawa@Example.org",
        f"slot_{slot.id}": f"{one.id}", f"slot_{later.id}": f"{other.id}w",
    })  # fmt: skip
    assert client.follow(sent).status_code == 200
    assert taken(one) == 0
    (message,) = outbox.deliver()
    assert message["Content-Language"] == lang
    (path,) = outbox.paths(message)
    assert client.get(path).status_code == 200
    assert taken(one) == 0  # looking writes nothing
    opened = client.submit(path)
    assert (taken(one), state(latest("stanislawa@example.org"), other)) == (1, "waiting")
    assert client.follow(opened).status_code == 200
    (message,) = outbox.deliver()
    manage = outbox.paths(message)[-1]
    calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert b"BEGIN:VTIMEZONE" in calendar.get_payload(decode=True)
    assert client.get(manage).status_code == 200
    assert client.get(f"{manage}/calendar.ics").mimetype == "text/calendar"
    changed = client.submit(f"{manage}/change", {f"slot_{slot.id}": "none", "affiliation": "Koło Gospodyń"})
    assert changed.status_code == 303
    assert taken(one) == 0
    assert refreshed(latest("stanislawa@example.org")).affiliation == "Koło Gospodyń"
    steps = [client.submit(f"{manage}/{step}").status_code for step in (f"leave/{other.id}", "cancel")]
    assert (*steps, client.get(manage).status_code) == (303, 303, 200)
    assert queries.event_places(event.id).taken == 1
    assert len(outbox.deliver()) == 3
    assert client.get(f"{manage}/change").status_code == 303


def test_all_errors_come_at_once_and_nothing_typed_is_lost(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    full = make_session(event, slot=slot, seats=1)
    confirmed(event, full)
    page = client.submit(
        f"/pl/events/{event.slug}/register",
        {"name": "", "email": "anna.example.org", "affiliation": "Koło „Wrzos”", f"slot_{slot.id}": "4711"},
    )
    assert page.status_code == 422
    assert page.text.count('class="error"') == 3
    assert "Koło „Wrzos”" in page.text
    assert "anna.example.org" in page.text


def test_seats_gone_between_looking_and_sending_show_what_is_free_now(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    last, free = make_session(event, slot=slot, seats=1), make_session(event, slot=slot, seats=5)
    page = client.get(f"/en/events/{event.slug}/register")
    confirmed(event, last)
    answer = client.submit(page, {"name": "Anna", "email": "anna@example.org", f"slot_{slot.id}": str(last.id)})
    assert answer.status_code == 422
    assert "The last place has just been taken" in answer.text
    assert f'value="{last.id}w"' in answer.text
    assert f'value="{free.id}"' in answer.text
    assert client.submit(answer, {f"slot_{slot.id}": f"{last.id}w"}).status_code == 303


def test_event_full_between_looking_and_sending_asks_before_queueing(app: Flask, client: CheckedClient) -> None:
    event = make_event(seats=1)
    page = client.get(f"/en/events/{event.slug}/register")
    confirmed(event)
    answer = client.submit(page, {"name": "Anna", "email": "anna@example.org"})
    assert answer.status_code == 422
    assert "The last place at this event has just been taken" in answer.text
    assert client.submit(answer, {}).status_code == 303


def test_second_form_of_a_known_address_answers_the_same_and_mails_the_link(
    app: Flask, client: CheckedClient, outbox: Outbox
) -> None:
    event = make_event()
    confirmed(event, email="anna@example.org")
    outbox.deliver()
    fields = {"name": "Nowak  anna", "affiliation": ""}
    known = client.submit(f"/en/events/{event.slug}/register", {**fields, "email": "ANNA@example.org"})
    unknown = client.submit(f"/en/events/{event.slug}/register", {**fields, "email": "other@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert client.follow(known).text == client.follow(unknown).text
    mails = outbox.deliver()
    assert {str(one["To"]) for one in mails} == {"anna@example.org", "other@example.org"}
    (to_known,) = [one for one in mails if "anna" in one["To"]]
    assert client.get(outbox.paths(to_known)[0]).status_code == 200
    assert db.session.query(Registration).filter_by(event_id=event.id, email="anna@example.org").count() == 1


def test_workshop_that_filled_before_confirming_becomes_a_waiting_place(
    app: Flask, client: CheckedClient, outbox: Outbox
) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    registration = submit(event, workshop)
    path = outbox.paths(outbox.deliver()[0])[0]
    confirmed(event, workshop)
    outbox.deliver()
    assert "lista oczekujących" in client.get(path).text or "listę oczekujących" in client.get(path).text
    page = client.follow(client.submit(path))
    assert state(registration, workshop) == "waiting"
    assert page.status_code == 200
    (message,) = outbox.deliver()
    assert re.search(r"oczekujących: 1\b", outbox.text(message))


def test_confirming_by_the_button_twice_leads_to_the_same_registration(
    app: Flask, client: CheckedClient, outbox: Outbox
) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    submit(event, workshop)
    path = outbox.paths(outbox.deliver()[0])[0]
    page = client.get(path)
    assert client.submit(page).status_code == 303
    assert client.submit(page).status_code == 303
    assert client.get(path).status_code == 200
    assert taken(workshop) == 1
    assert len(outbox.deliver()) == 1


def test_second_unconfirmed_form_of_one_person_leads_to_the_first(
    app: Flask, client: CheckedClient, outbox: Outbox
) -> None:
    event = make_event()
    workshop = make_session(event, seats=5)
    first, second = submit(event, workshop, email="a@example.org"), submit(event, workshop, email="a@example.org")
    paths = [outbox.paths(one)[0] for one in outbox.deliver()]
    client.submit(paths[0])
    client.submit(paths[1])
    assert (refreshed(first).status, refreshed(second).status) == ("confirmed", "expired")
    assert taken(workshop) == 1


def test_signed_in_person_books_at_once(app: Flask, as_person, outbox: Outbox) -> None:
    person = make_person(email="ewa@example.org", name="Ewa")
    event = make_event()
    workshop = make_session(event, seats=1, slot=make_slot(event))
    browser = as_person(person)
    answer = browser.submit(f"/pl/events/{event.slug}/register", {f"slot_{workshop.slot_id}": str(workshop.id)})
    assert taken(workshop) == 1
    assert browser.follow(answer).status_code == 200
    assert [one.status for one in queries.of_account(person)] == ["confirmed"]
    assert browser.get(f"/pl/events/{event.slug}/register").status_code == 200
    mine = browser.get("/pl/account/registrations")
    (registration,) = queries.of_account(person)
    opened = browser.submit(mine, {}, action=f"/pl/account/registrations/{registration.id}")
    assert browser.follow(opened).status_code == 200
    browser.submit(f"/pl/events/{event.slug}/register/link", {"email": "ewa@example.org"})
    assert len(outbox.deliver()) == 2


def test_signed_in_person_loses_nothing_when_a_seat_is_gone(app: Flask, as_person) -> None:
    event = make_event()
    slot = make_slot(event)
    last = make_session(event, seats=1, slot=slot)
    person = make_person()
    browser = as_person(person)
    page = browser.get(f"/en/events/{event.slug}/register")
    confirmed(event, last)
    answer = browser.submit(page, {"affiliation": "Chitalishte", f"slot_{slot.id}": str(last.id)})
    assert answer.status_code == 422
    assert "Chitalishte" in answer.text
    assert queries.of_account(person) == []


def test_unknown_and_revoked_links_say_so(app: Flask, client: CheckedClient) -> None:
    for path in ("/pl/registration/confirm/nonsense", "/bg/registration/nonsense", "/en/registration/nonsense/cancel"):
        page = client.get(path)
        assert page.status_code in (404, 410)


def test_closed_registration_says_why(app: Flask, client: CheckedClient) -> None:
    from portal.ground import clock

    event = make_event(registration_closes_at=clock.now())
    assert client.get(f"/bg/events/{event.slug}/register").status_code == 200
    assert client.get("/bg/events/nie-ma/register").status_code == 404


def test_mail_forms_are_limited_per_address(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    answers = [
        client.submit(f"/en/events/{event.slug}/register/link", {"email": "a@example.org"}).status_code
        for _ in range(6)
    ]
    assert answers == [303] * 5 + [429]


def test_form_asks_few_questions_of_the_database(app: Flask, client: CheckedClient, count_queries) -> None:
    event = make_event(seats=5)
    slot = make_slot(event)
    make_session(event, slot=slot)
    address = f"/en/events/{event.slug}/register"
    client.get(address)
    with count_queries() as seen:
        client.get(address)
    assert len(seen) == 3, seen
    for _ in range(3):
        make_session(event, slot=slot)
    with count_queries() as seen:
        client.get(address)
    assert len(seen) == 3, seen


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_busy_database_keeps_the_page_and_says_when_to_try_again(
    app: Flask, client: CheckedClient, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else holds the write lock for longer than anybody waits."""
    import fcntl

    from portal.ground import db as core_db

    event = make_event()
    workshop = make_session(event)
    registration = confirmed(event, workshop)
    token = services.open_own(registration.id).token
    outbox.deliver()
    submit(event, workshop)
    asked = outbox.paths(outbox.deliver()[0])[0]
    pages = [client.get(asked), client.get(f"/pl/registration/{token}/cancel")]
    monkeypatch.setattr(core_db, "LOCK_WAIT", 0.05)
    with open(f"{app.extensions['portal.config'].sqlite_path}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for page in pages:
            answer = client.submit(page)
            assert answer.status_code == 503
            assert answer.headers["Retry-After"]
    assert client.submit(pages[0]).status_code == 303

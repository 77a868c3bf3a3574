"""Inviting people to an event: shown before it is sent, one message to each, nothing lost on the way."""

import io

import pytest
from flask import Flask

from portal.events.models import Event
from portal.ground.authz import NotAllowed
from portal.ground.db import db, transaction
from portal.membership.models import Network
from portal.registration import queries
from tests.factories.events import make_coordinator, make_event
from tests.factories.invitations import asked, invite, queued
from tests.factories.people import make_person
from tests.factories.registrations import confirmed
from tests.support.workbooks import bomb, far_cells, workbook

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


def test_list_is_shown_then_sent_and_each_gets_one_message(event, browser, outbox) -> None:
    shown = browser.submit(path(event), {"people": "Ala <a@x.pl>; b@x.pl\nc@x.pl\tbg", "language": "pl"}, button=LOOK)
    assert shown.status_code == 422
    assert "3 people get an invitation." in shown.text
    assert asked(event) == set()
    sent = browser.submit(shown, button=SEND)
    assert "3 invitations are on their way." in browser.follow(sent).text
    assert asked(event) == {"a@x.pl", "b@x.pl", "c@x.pl"}
    mails = outbox.deliver()
    assert [(mail["To"], mail["Content-Language"]) for mail in mails] == [
        ("a@x.pl", "pl"),
        ("b@x.pl", "pl"),
        ("c@x.pl", "bg"),
    ]


def test_message_says_what_when_until_when_who_and_that_no_other_follows(event, staff, outbox, client) -> None:
    invite(event, staff, "a@x.pl", "en")
    (mail,) = outbox.deliver()
    words = outbox.text(mail)
    assert mail["Subject"] == "Invitation: Congress of the Network"
    for part in (
        "Kora Koordynacka",
        "Sieć Sąsiedzka",
        "Registration is open until",
        "Dom Tkacza, Łódź",
        "do not write about",
    ):
        assert part in words
    address, _to_choose_mails = outbox.paths(mail)
    assert address.startswith("/en/registration/invited/")
    assert "Congress of the Network" in client.get(address).text


def test_whoever_needs_none_gets_none_and_the_page_says_why(event, staff, browser) -> None:
    confirmed(event, email="idzie@x.pl")
    invite(event, staff, "byl@x.pl")
    text = "nowa@x.pl\nNOWA@x.pl\nidzie@x.pl\nbyl@x.pl\nJan Bez\nzly@@x.pl"
    shown = browser.submit(path(event), {"people": text}, button=LOOK)
    assert "1 person gets an invitation." in shown.text
    assert "5 lines get none." in shown.text
    for words in (
        "stands on line 1 already",
        "has a place or waits",
        "was sent before",
        "no e-mail address",
        "does not look like",
    ):
        assert words in shown.text
    left = browser.submit(shown, button=SEND)
    assert left.status_code == 422
    assert "choose that they are left out" in left.text
    assert asked(event) == {"byl@x.pl"}
    assert text in left.text.replace("\r\n", "\n")
    browser.follow(browser.submit(left, {"leave_out": "y"}, button=SEND))
    assert asked(event) == {"byl@x.pl", "nowa@x.pl"}


def test_person_who_registered_with_another_address_is_known_by_both(event, staff) -> None:
    person = make_person(email="konto@x.pl")
    registration = confirmed(event, email="inny@x.pl")
    with transaction() as session:
        session.merge(registration).person_id = person.id
    assert invite(event, staff, "konto@x.pl\ninny@x.pl") == 0


def test_list_that_was_changed_after_it_was_shown_is_shown_again(event, browser) -> None:
    shown = browser.submit(path(event), {"people": "a@x.pl"}, button=LOOK)
    changed = browser.submit(shown, {"people": "a@x.pl\nb@x.pl"}, button=SEND)
    assert changed.status_code == 422
    assert "Look at it again" in changed.text
    assert asked(event) == set()
    browser.follow(browser.submit(changed, button=SEND))
    assert asked(event) == {"a@x.pl", "b@x.pl"}


def test_sent_twice_and_by_two_people_it_is_one_message(event, staff, browser) -> None:
    shown = browser.submit(path(event), {"people": "a@x.pl"}, button=LOOK)
    invite(event, staff, "A@x.pl")
    again = browser.submit(shown, button=SEND)
    assert "needs an invitation" in again.text
    assert queued() == ["a@x.pl"]


def test_file_is_looked_at_without_what_nobody_needs(event, browser) -> None:
    data = workbook([["Imię", "E-mail", "Uwagi"], ["Ala", "a@x.pl", "tajne"], ["Jan", "b@x.pl", ""]])
    shown = browser.submit(
        path(event, "pl"), {"file": (io.BytesIO(data), "goście.xlsx"), "language": "bg"}, button=LOOK
    )
    assert "tajne" not in shown.text
    browser.follow(browser.submit(shown, button=SEND))
    assert asked(event) == {"a@x.pl", "b@x.pl"}


@pytest.mark.parametrize("page", ["utf-8", "utf-16", "cp1250"])
def test_csv_of_excel_in_any_letters(event, browser, page: str) -> None:
    data = "Imię i nazwisko;Adres e-mail\r\nŁucja Żółć;a@x.pl\r\n".encode(page)
    shown = browser.submit(path(event), {"file": (io.BytesIO(data), "lista.csv")}, button=LOOK)
    assert "Łucja Żółć" in shown.text


BAD = {
    "nothing": ({"people": " \n "}, "Paste the addresses or choose a file."),
    "both": ({"people": "a@x.pl", "file": (b"b@x.pl", "b.csv")}, "not both"),
    "no table": ({"file": (b"\x89PNG\r\n\x1a\n\0\0", "lista.xlsx")}, "not a table"),
    "cells far apart": ({"file": (far_cells(), "lista.xlsx")}, "cannot read this workbook"),
    "bomb": ({"file": (bomb(21), "lista.xlsx")}, "larger than"),
    "large": ({"file": (b"a" * 5_000_001, "lista.csv")}, "limit is"),
    "too many rows": ({"file": (b"a@x.pl\n" * 100_000, "lista.csv")}, "1,000 rows"),
    "too many lines": ({"people": "a@x.pl\n" * 1001}, "1,000 rows"),
    "one long line": ({"people": "a" * 500_000}, "Line 1 has a cell"),
    "ten thousand columns": ({"file": (b";".join([b"a@x.pl"] * 10_000), "lista.csv")}, "50 columns"),
}


@pytest.mark.parametrize(("fields", "words"), BAD.values(), ids=BAD)
def test_what_is_no_list_is_refused_with_a_sentence_and_what_was_typed_stays(
    event, browser, fields, words: str
) -> None:
    fields = {name: (io.BytesIO(value[0]), value[1]) if name == "file" else value for name, value in fields.items()}
    answer = browser.submit(path(event), {"people": "", **fields}, button=LOOK)
    assert answer.status_code == 422
    assert words in answer.text
    assert str(fields.get("people", "")).strip()[:2000] in answer.text
    assert asked(event) == set()


def test_formula_in_a_list_is_a_text(event, browser) -> None:
    answer = browser.submit(path(event), {"people": '=HYPERLINK("x")\ta@x.pl'}, button=LOOK)
    assert "1 person gets an invitation." in answer.text


def test_whoever_lost_the_right_meanwhile_invites_nobody(event, staff) -> None:
    with pytest.raises(NotAllowed):
        invite(event, make_person(), "a@x.pl")
    assert asked(event) == set()


def test_list_of_those_invited_says_who_has_registered(event, staff, browser, count_queries) -> None:
    invite(event, staff, "a@x.pl b@x.pl")
    confirmed(event, email="b@x.pl")
    assert [(one.address, one.has_registered) for one in queries.invited(event.id)] == [
        ("b@x.pl", True),
        ("a@x.pl", False),
    ]
    shown = browser.get(path(event)).text
    assert shown.index("b@x.pl") < shown.index("a@x.pl")
    with count_queries() as few:
        browser.get(path(event))
    invite(event, staff, " ".join(f"c{number}@x.pl" for number in range(9)))
    with count_queries() as many:
        browser.get(path(event))
    assert len(few) == len(many) <= 7


def test_whoever_registered_as_another_address_of_their_account_is_known_in_the_list(event, staff) -> None:
    person = make_person(email="konto@x.pl")
    invite(event, staff, "konto@x.pl a@x.pl")
    registration = confirmed(event, email="inny@x.pl")
    with transaction() as session:
        session.merge(registration).person_id = person.id
    assert {one.address: one.has_registered for one in queries.invited(event.id)} == {
        "konto@x.pl": True,
        "a@x.pl": False,
    }


def test_known_person_gets_it_in_their_own_language(event, staff, outbox) -> None:
    make_person(email="znany@x.pl", locale="bg")
    invite(event, staff, "znany@x.pl", "en")
    (mail,) = outbox.deliver()
    assert mail["Content-Language"] == "bg"

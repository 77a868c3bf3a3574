"""Inviting people to an event: shown before it is sent, one message to each, nothing lost on the way."""

import datetime as dt
import io

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.facts import AddressChanged
from portal.events.models import Event
from portal.events.services import cancel_event
from portal.ground import clock
from portal.ground.authz import NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, TooMany
from portal.ground.facts import announce
from portal.mail import STRANGERS_KEPT, Mail
from portal.mail import remove_old as remove_old_mails
from portal.membership.models import Network
from portal.registration import services
from portal.registration.invitees import named
from portal.registration.models import Invitation
from portal.registration.services import inviting
from tests.factories.events import make_coordinator, make_event
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


def invite(event: Event, by, text: str, language: str = "pl") -> int:
    return services.invite(event, by=by, invitees=named(text), language=language)


def asked(event: Event) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(sa.select(Invitation.email).where(Invitation.event_id == event.id)))


def queued() -> list[str]:
    return list(
        db.session.scalars(sa.select(Mail.to).where(Mail.template == "registration/mail/invited").order_by(Mail.id))
    )


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
    (address,) = outbox.paths(mail)
    assert address == f"/en/events/{event.slug}/register"
    assert client.get(address).status_code == 200


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


def test_no_more_than_the_limit_in_a_day_for_one_event(frozen_clock, event, staff, browser, monkeypatch) -> None:
    monkeypatch.setattr(inviting, "MANY", 2)
    assert invite(event, staff, "a@x.pl") == 1
    with pytest.raises(Refusal) as few:
        invite(event, staff, "b@x.pl c@x.pl")
    assert str(few.value.reason).startswith("Only 1 more person can be invited today.")
    assert asked(event) == {"a@x.pl"}
    shown = browser.submit(path(event), {"people": "b@x.pl\nc@x.pl"}, button=LOOK)
    refused = browser.submit(shown, button=SEND)
    assert refused.status_code == 422 and "c@x.pl" in refused.text
    assert invite(event, staff, "b@x.pl") == 1
    with pytest.raises(TooMany):
        invite(event, staff, "c@x.pl")
    frozen_clock.shift(days=1, minutes=1)
    assert invite(event, staff, "c@x.pl") == 1


def test_no_more_than_twice_the_limit_by_one_person_for_all_events(event, staff, monkeypatch) -> None:
    monkeypatch.setattr(inviting, "MANY", 1)
    others = [make_event(db.session.get_one(Network, event.network_id)) for _ in range(2)]
    assert invite(event, staff, "a@x.pl") == invite(others[0], staff, "b@x.pl") == 1
    with pytest.raises(TooMany):
        invite(others[1], staff, "c@x.pl")


def test_mailbox_that_many_have_invited_gets_no_more_for_a_while(frozen_clock, event, staff, browser) -> None:
    network = db.session.get_one(Network, event.network_id)
    for _ in range(inviting.OFTEN):
        assert invite(make_event(network), staff, "cel@x.pl") == 1
    assert invite(event, staff, "CEL@x.pl") == 0
    assert "many invitations" in browser.submit(path(event), {"people": "cel@x.pl"}, button=LOOK).text
    frozen_clock.shift(days=9)
    assert invite(event, staff, "cel@x.pl") == 0


@pytest.mark.parametrize("moment", ["before", "after"])
def test_to_a_closed_form_nobody_is_invited(app, as_person, moment: str) -> None:
    day = dt.timedelta(days=1)
    times = (
        {"registration_opens_at": clock.now() + day}
        if moment == "before"
        else {"registration_closes_at": clock.now() - day}
    )
    event = make_event(**times)
    person = make_coordinator(db.session.get_one(Network, event.network_id))
    assert "Nobody can be invited now" in as_person(person).get(path(event)).text
    with pytest.raises(Conflict):
        invite(event, person, "a@x.pl")


def test_form_that_closes_meanwhile_keeps_the_list(event, browser) -> None:
    shown = browser.submit(path(event), {"people": "a@x.pl"}, button=LOOK)
    with transaction() as session:
        session.merge(event).registration_closes_at = clock.now()
    answer = browser.submit(shown, button=SEND)
    assert answer.status_code == 409
    assert "a@x.pl" in answer.text
    assert asked(event) == set()


def test_whoever_lost_the_right_meanwhile_invites_nobody(event, staff) -> None:
    with pytest.raises(NotAllowed):
        invite(event, make_person(), "a@x.pl")
    assert asked(event) == set()


def test_stopped_in_the_middle_the_same_list_goes_on(event, staff, monkeypatch) -> None:
    monkeypatch.setattr(inviting, "BATCH", 2)
    text = "\n".join(f"osoba{number}@x.pl" for number in range(5))
    queue, calls = inviting.mail.queue, []

    def dies(message) -> None:
        calls.append(message.to)
        if len(calls) == 4:
            raise KeyboardInterrupt
        queue(message)

    monkeypatch.setattr(inviting.mail, "queue", dies)
    with pytest.raises(KeyboardInterrupt):
        invite(event, staff, text)
    assert len(asked(event)) == 2
    assert invite(event, staff, text) == 3
    assert sorted(queued()) == sorted(asked(event)) == text.split("\n")


def test_list_of_those_invited_says_who_has_registered(event, staff, browser, count_queries) -> None:
    invite(event, staff, "a@x.pl b@x.pl")
    confirmed(event, email="b@x.pl")
    rows = browser.get(path(event)).text
    assert rows.index("b@x.pl") < rows.index("registered") < rows.index("a@x.pl")
    with count_queries() as few:
        browser.get(path(event))
    invite(event, staff, " ".join(f"c{number}@x.pl" for number in range(9)))
    with count_queries() as many:
        browser.get(path(event))
    assert len(few) == len(many) <= 7


def test_message_that_waits_is_withdrawn_when_the_event_is_cancelled(event, staff) -> None:
    invite(event, staff, "a@x.pl")
    cancel_event(event, reason="Powódź", by=staff)
    assert queued() == []


def test_nothing_is_kept_after_the_event_nor_of_the_message(frozen_clock, event, staff, outbox) -> None:
    invite(event, staff, "a@x.pl")
    outbox.deliver()
    frozen_clock.set(event.ends_at + dt.timedelta(days=30))
    assert services.forget_invitations() == 0
    frozen_clock.shift(minutes=1)
    assert services.forget_invitations() == 1
    assert dt.timedelta(days=30) >= STRANGERS_KEPT
    with transaction():
        remove_old_mails()
    assert queued() == []


def test_another_address_of_the_account_is_known_as_invited(event, staff) -> None:
    person = make_person(email="stary@x.pl")
    invite(event, staff, "stary@x.pl")
    with transaction():
        announce(AddressChanged(person_id=person.id, old="stary@x.pl", new="Nowy@x.pl"))
    assert asked(event) == {"nowy@x.pl"}
    assert invite(event, staff, "nowy@x.pl") == 0


def test_known_person_gets_it_in_their_own_language(event, staff, outbox) -> None:
    make_person(email="znany@x.pl", locale="bg")
    invite(event, staff, "znany@x.pl", "en")
    (mail,) = outbox.deliver()
    assert mail["Content-Language"] == "bg"

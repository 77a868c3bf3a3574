"""A message to an organisation through its page: to the right mailbox, in its language, and kept by nobody."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.db import db
from portal.mail import Mail
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person

PAGE = "/en/organisations/lipa/write"
SENT = {
    "name": "Ewa Piszącą",
    "email": "ewa@example.net",
    "message": "Czy mogę pomóc?\n\n[[Kliknij|http://zly.example]]",
}


def mails() -> list[Mail]:
    db.session.rollback()
    return list(
        db.session.scalars(sa.select(Mail).where(Mail.template == "organisations/mail/written").order_by(Mail.id))
    )


def test_message_goes_to_the_first_address_whoever_sees_it_and_the_answer_to_its_writer(
    client: Any, outbox: Any
) -> None:
    make_organisation(make_person(locale="bg"), name="Lipa", contacts=[
        ("phone", "+48 42 111 22 33", "public"), ("email", "ukryty@lipa.example.org", "private"),
        ("email", "drugi@lipa.example.org", "public"),
    ])  # fmt: skip
    assert "Write to the organisation" in client.get("/en/organisations/lipa").text
    page = client.get(PAGE)
    assert "ukryty@" not in page.text
    answer = client.submit(page, SENT)
    assert answer.status_code == 303
    told = client.follow(answer).text
    assert "Message sent" in told and "No copy was sent to you." in told
    (sent,) = outbox.deliver()
    assert sent["To"] == "ukryty@lipa.example.org"
    assert sent["Reply-To"] == "ewa@example.net"
    assert sent["Content-Language"] == "bg"
    assert "ewa@example.net" not in str(sent["From"])
    assert "Czy mogę pomóc?" in outbox.text(sent)
    assert "http://zly.example" not in outbox.html(sent).replace("[[Kliknij|http://zly.example]]", "")
    assert not outbox.to("ewa@example.net")


def test_nothing_of_the_words_stays_once_they_are_sent(client: Any, outbox: Any, settings: Any) -> None:
    make_organisation(name="Lipa", contacts=[("email", "biuro@lipa.example.org", "registered")])
    client.submit(PAGE, {**SENT, "message": "Sekretna wiadomość"})
    settings(env="production")  # a demo keeps mails for a week
    (waiting,) = mails()
    assert "Sekretna" in (waiting.payload or "")
    outbox.deliver()
    (kept,) = mails()
    held = [getattr(kept, column.name) for column in Mail.__table__.columns]
    assert kept.state == "sent"
    assert not [value for value in held for word in ("Sekretna", "ewa@example.net", "Ewa") if word in str(value)]


def test_without_an_address_it_goes_to_each_owner_in_their_language(client: Any, outbox: Any) -> None:
    owner, second = make_person(locale="pl"), make_person(locale="en")
    organisation = make_organisation(owner, name="Lipa", contacts=[("phone", "+48 42 111 22 33", "public")])
    make_member(organisation, "owner", second)
    make_member(organisation, "editor")
    client.submit(PAGE, SENT)
    assert [(one["To"], one["Content-Language"]) for one in outbox.deliver()] == [
        (owner.address, "pl"), (second.address, "en"),
    ]  # fmt: skip


def test_whoever_is_signed_in_types_neither_name_nor_address(app: Any, as_person: Any, outbox: Any) -> None:
    make_organisation(name="Lipa", contacts=[("email", "biuro@lipa.example.org", "registered")])
    person = make_person("Zofia Znana")
    page = as_person(person).get(PAGE)
    assert 'name="email"' not in page.text and person.address in page.text
    assert as_person(person).submit(PAGE, {"message": "Dzień dobry"}).status_code == 303
    (sent,) = outbox.deliver()
    assert sent["Reply-To"] == person.address and "Zofia Znana" in outbox.text(sent)


def test_all_faults_at_once_and_nothing_is_lost(client: Any) -> None:
    make_organisation(name="Lipa")
    answer = client.submit(PAGE, {"name": "", "email": "ewa", "message": "x" * 4001})
    assert answer.status_code == 422
    for sentence in ("Enter your name.", "does not look like an e-mail address", "1 character too long"):
        assert sentence in answer.text
    assert "x" * 4001 in answer.text and not mails()


@pytest.mark.parametrize("field", ["name", "email"])
def test_line_ends_make_no_header(client: Any, outbox: Any, field: str) -> None:
    make_organisation(name="Lipa", contacts=[("email", "biuro@lipa.example.org", "public")])
    client.submit(PAGE, {**SENT, field: f"{SENT[field]}\r\nBcc: all@example.org"})
    for sent in outbox.deliver():
        assert sent["Bcc"] is None and sent["To"] == "biuro@lipa.example.org"


def test_same_words_go_once_and_a_press_too_many_is_no_second_mail(client: Any, outbox: Any) -> None:
    make_organisation(name="Lipa", contacts=[("email", "biuro@lipa.example.org", "public")])
    page = client.get(PAGE)
    for _twice in range(2):
        assert client.submit(page, SENT).status_code == 303
    assert len(outbox.deliver()) == 1


def test_organisation_without_the_form_takes_none_and_loses_no_words(client: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa", contacts=[("email", "biuro@lipa.example.org", "public")])
    page = client.get(PAGE)
    from tests.factories.organisations import set_contacts

    set_contacts(organisation, owner, ("email", "biuro@lipa.example.org", "public"), contact_form=False)
    assert "takes no messages" in client.get(PAGE).text
    assert "/write" not in client.get("/en/organisations/lipa").text
    answer = client.submit(page, SENT)
    assert answer.status_code == 409 and "Czy mogę pomóc?" in answer.text and not mails()


@pytest.mark.parametrize("status", ["draft", "hidden", "suspended"])
def test_nobody_writes_to_a_profile_that_is_not_public(app: Any, as_person: Any, status: str) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa", status=status)
    assert as_person(None).get(PAGE).status_code == 404
    assert "takes no messages" in as_person(owner).get(PAGE).text


def test_one_organisation_gets_so_many_messages_an_hour_whoever_sends_them(client: Any) -> None:
    make_organisation(name="Lipa", contacts=[("email", "biuro@lipa.example.org", "public")])
    page = client.get(PAGE)
    answers = [client.submit(page, {**SENT, "email": f"e{number}@example.net"}).status_code for number in range(21)]
    assert answers == [303] * 20 + [429]
    assert len(mails()) == 20


def test_one_sender_gets_five(client: Any) -> None:
    for number in range(6):
        make_organisation(name=f"Lipa {number}")
    answers = [
        client.submit(f"/en/organisations/lipa-{number}/write", {**SENT, "message": str(number)}).status_code
        for number in range(6)
    ]
    assert answers == [303] * 5 + [429]

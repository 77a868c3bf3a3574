"""The log of mails of an event and of a network: what became of each, why, and sending one again."""

import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.ground.db import db, transaction
from portal.mail import Kind, Mail, MailState, Message, concern, log, standing
from tests.factories.events import make_event
from tests.factories.networks import make_network
from tests.factories.people import make_person

LOST = "lost@example.org"


def queue(key: str, concerns: str, to: str = LOST, kind: Kind = Kind.EVENT_CHANGE) -> int:
    with transaction() as session:
        mail.queue(
            Message(
                template="accounts/mail/no_account", to=to, lang="bg", dedupe_key=key, kind=kind, concerns=concerns,
                links={"sign_up": mail.Link("accounts.sign_up")},
            )
        )  # fmt: skip
        return session.scalars(sa.select(Mail.id).where(Mail.dedupe_key == key)).one()


def state(number: int) -> str:
    db.session.rollback()
    return db.session.get_one(Mail, number).state


def test_team_sees_why_a_mail_did_not_arrive_and_sends_it_again(app: Flask, as_person, answering) -> None:
    coordinator = make_person("Koordynacja")
    event = make_event(make_network(coordinators=(coordinator,)))
    answering.say = {LOST: "550 5.1.1 no such user"}
    number = queue("one", concern("event", event.id))
    mail.send_due()
    browser = as_person(coordinator)
    path = f"/en/events/{event.slug}/mails"
    page = browser.get(path)
    assert "the address does not exist" in page.text
    assert "no such user" not in page.text, "what servers say is for those who run the portal"
    answered = browser.follow(browser.submit(page, button=f"again={number}"))
    assert "The message is sent again now." in answered.text
    assert state(number) == MailState.QUEUED
    answering.say = {}
    assert mail.send_due() == 1
    assert "did not arrive" not in browser.get(path).text


def test_mail_of_another_event_or_of_an_account_is_neither_shown_nor_sent(app: Flask, as_person, answering) -> None:
    coordinator = make_person("Koordynacja")
    event, other = make_event(make_network(coordinators=(coordinator,))), make_event(make_network("Inna sieć"))
    answering.say = {LOST: "550 5.1.1 no such user", "own@example.org": "550 5.1.1 no such user"}
    own = queue("own", concern("event", event.id), "own@example.org")
    foreign = queue("foreign", concern("event", other.id))
    account = queue("account", "", kind=Kind.ACCOUNT)
    mail.send_due()
    browser = as_person(coordinator)
    page = browser.get(f"/en/events/{event.slug}/mails")
    assert LOST not in page.text
    for number in (foreign, account, 999_999):
        sent = browser.submit(page, {}, button="again=" + str(own)) if number is None else browser.post(
            f"/en/events/{event.slug}/mails", data={"csrf_token": token_of(page), "again": str(number)}
        )  # fmt: skip
        assert sent.status_code == 409
    assert {state(foreign), state(account), state(own)} == {MailState.FAILED}


def token_of(page) -> str:
    found = page.sent.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    assert found
    return str(found)


def test_network_has_a_log_of_its_own(app: Flask, as_person, answering) -> None:
    coordinator = make_person("Koordynacja")
    network = make_network(coordinators=(coordinator,))
    answering.say = {LOST: "552 5.2.2 full"}
    number = queue("one", concern("network", network.id), kind=Kind.MEMBERSHIP)
    mail.send_due()
    browser = as_person(coordinator)
    page = browser.get(f"/en/networks/{network.slug}/mails?state=failed")
    assert "the mailbox is full" in page.text
    browser.follow(browser.submit(page, button=f"again={number}"))
    assert state(number) == MailState.QUEUED


def test_trouble_names_a_marked_mailbox_without_saying_what_was_written(app: Flask) -> None:

    event = make_event(make_network())
    with transaction():
        standing.note_report("marked@example.org", is_hard=True, code="5.1.1")
    found = log.trouble(["Marked@example.org", "other@example.org", ""], concern("event", event.id))
    assert found == {"Marked@example.org": mail.Reason.BOUNCING}

"""Which mails one wants: on the page of the account, behind the link of a mail, and by one click of a mail program."""

import logging
import re
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.ground import links, logs
from portal.ground.authz import Access
from portal.ground.db import db, transaction
from portal.mail import Frequency, Kind, Message, preferences, standing
from portal.mail.preferences import MailPreference
from tests.factories.people import make_person

WHO = "reader@example.org"
BODY = {"List-Unsubscribe": "One-Click"}


def sent(outbox, to: str = WHO, key: str = "one", kind: Kind = Kind.TASKS) -> EmailMessage:
    with transaction():
        mail.queue(
            Message(
                template="accounts/mail/no_account", to=to, lang="pl", dedupe_key=key, kind=kind,
                links={"sign_up": mail.Link("accounts.sign_up")},
            )
        )  # fmt: skip
    (message,) = outbox.deliver()
    return message


def stop_path(message: EmailMessage) -> str:
    return urlsplit(str(message["List-Unsubscribe"]).strip("<>")).path


def page_path(outbox, message: EmailMessage) -> str:
    return next(path for path in outbox.paths(message) if "/account/mail/" in path)


def token_of(page) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.sent)
    assert found
    return found[1]


def choices() -> list[tuple[str, str, str]]:
    db.session.rollback()
    return [(row.kind, row.frequency, row.how) for row in db.session.scalars(sa.select(MailPreference))]


def test_one_click_ends_its_kind_for_its_mailbox(client, outbox) -> None:
    path = stop_path(sent(outbox))
    response = client.post(path, data=BODY)
    assert (response.status_code, response.mimetype) == (200, "text/plain")
    assert "sprawy do załatwienia" in response.text
    assert "Set-Cookie" not in response.headers
    assert choices() == [("tasks", "never", "one-click")]
    assert preferences.refusing(Kind.TASKS, [WHO, "other@example.org"]) == {WHO}


def test_one_click_comes_from_anywhere_and_twice(client, outbox) -> None:
    path = stop_path(sent(outbox))
    foreign = {"Origin": "https://mail.example.com", "Sec-Fetch-Site": "cross-site"}
    assert [client.post(path, data=BODY, headers=foreign).status_code for _ in range(2)] == [200, 200]
    assert choices() == [("tasks", "never", "one-click")]


def test_scanner_that_opens_every_link_changes_nothing(client, outbox) -> None:
    message = sent(outbox)
    for path in (stop_path(message), page_path(outbox, message)):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert choices() == []


def test_post_without_the_word_of_the_rule_changes_nothing(client, outbox) -> None:
    path = stop_path(sent(outbox))
    for body in ({}, {"List-Unsubscribe": "yes"}, {"csrf_token": "x"}):
        assert client.post(path, data=body).status_code == 400
    assert choices() == []


def dead_tokens(outbox, frozen_clock) -> dict[str, str]:
    """Forged, foreign and expired."""
    path = stop_path(sent(outbox))
    with transaction():
        foreign = links.issue("registration.manage", "registration:1", links.KEPT)
        nobodys = links.issue("mail.stop", "mail:999999", links.KEPT * 3)
    frozen_clock.shift(days=31)
    return {
        "forged": "A" * 43, "foreign": foreign, "of a mail that is gone": nobodys, "expired": path.split("/")[-2],
        "long": "A" * 900,
    }  # fmt: skip


@pytest.mark.unsound("a link to a mail that never was")
def test_dead_link_answers_the_same_whatever_it_was_and_changes_nothing(client, outbox, frozen_clock) -> None:
    answers = set()
    for token in dead_tokens(outbox, frozen_clock).values():
        for path in (f"/pl/account/mail/{token}/stop", f"/pl/account/mail/{token}"):
            response = client.post(path, data=BODY)
            answers.add((response.status_code, re.sub(r"/mail/[\w-]+(/stop)?", "", response.text)))
            assert WHO not in response.text
    assert len(answers) == 1
    assert {status for status, _text in answers} == {404}
    assert choices() == []


def test_no_other_view_takes_a_post_from_other_origins(app: Flask) -> None:
    """The one list of what the check of the origin lets through: an addition to it is a decision."""
    marks = {endpoint: getattr(view, "access", None) for endpoint, view in app.view_functions.items()}
    open_ones = {name for name, mark in marks.items() if isinstance(mark, Access) and mark.from_anywhere}
    assert open_ones == {"accounts.mail_stop"}


def test_page_beside_it_still_asks_where_a_post_comes_from(client, outbox) -> None:
    path = page_path(outbox, sent(outbox))
    assert client.post(path, data={"end": "1"}, headers={"Origin": "https://mail.example.com"}).status_code == 403
    assert choices() == []


def test_reader_without_an_account_ends_a_kind_by_one_button(client, outbox) -> None:
    path = page_path(outbox, sent(outbox))
    page = client.get(path)
    assert WHO in page.text
    answer = client.follow(client.post(path, data={"csrf_token": token_of(page), "end": "1"}))
    assert "Takie wiadomości nie będą już przychodzić" in answer.text
    assert "nie są już wysyłane na ten adres" in answer.text
    assert choices() == [("tasks", "never", "link")]


def test_reader_without_an_account_chooses_among_all_kinds(client, outbox) -> None:
    path = page_path(outbox, sent(outbox))
    client.follow(client.submit(path, {"invitation": "never"}))
    assert choices() == [("invitation", "never", "link")]


def test_owner_of_an_account_chooses_and_sees_the_choice(app: Flask, as_person) -> None:
    person = make_person(email=WHO)
    browser = as_person(person)
    page = browser.get("/en/account/mail")
    assert "They cannot be switched off" in page.text
    assert "account and security" in page.text
    assert "newsletter" not in page.text, "a kind that no feature sends"
    assert "weekly" not in page.text, "nothing gathers mails for a week"
    browser.follow(browser.submit(page, {"tasks": "never"}))
    assert choices() == [("tasks", "never", "account")]
    assert "checked" in browser.get("/en/account/mail").sent
    assert preferences.of_mailbox(WHO)[Kind.TASKS] == Frequency.NEVER


def test_kind_that_is_always_sent_cannot_be_posted(app: Flask, as_person) -> None:
    browser = as_person(make_person(email=WHO))
    page = browser.get("/en/account/mail")
    browser.post("/en/account/mail", data={"csrf_token": token_of(page), "account": "never", "tasks": "weekly"})
    assert choices() == []


def test_choice_follows_the_account_to_another_address(app: Flask, client, outbox) -> None:
    from portal.accounts import services
    from portal.accounts.models import EmailChange
    from portal.accounts.queries import account_of

    person = make_person(email=WHO)
    account = account_of(person)
    assert account is not None
    services.choose_mails(WHO, {Kind.TASKS: Frequency.NEVER}, how=preferences.How.ACCOUNT)
    services.request_email_change(account.id, email="new@example.org", locale="pl", ip="192.0.2.1")
    change = db.session.scalars(sa.select(EmailChange)).one()
    services.confirm_email_change(change.id)
    assert preferences.refusing(Kind.TASKS, ["new@example.org"]) == {"new@example.org"}


def test_address_that_is_confirmed_anew_is_marked_no_longer(app: Flask) -> None:
    from portal.accounts.services import confirmed_person

    with transaction():
        standing.note_report(WHO, is_hard=True, code="5.1.1")
    assert standing.marked([WHO]) == {WHO}
    with transaction():
        confirmed_person("Reader@example.org", "Wanda Próbna", "pl")
    assert standing.marked([WHO]) == set()


def test_owner_of_a_marked_mailbox_reads_how_the_mark_ends(app: Flask, as_person) -> None:
    from portal.accounts import services
    from portal.accounts.queries import account_of

    person = make_person(email=WHO)
    browser = as_person(person)
    assert "came back" not in browser.get("/en/account/mail").text
    with transaction():
        standing.note_report(WHO, is_hard=True, code="5.1.1")
    assert "Messages to this address came back" in browser.get("/en/account/mail").text
    account = account_of(person)
    assert account is not None
    services.reset_password(account.id, password="cztery losowe słowa razem")
    assert standing.marked([WHO]) == set()


def test_token_stands_in_no_log(app: Flask, client, outbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    path = stop_path(sent(outbox))
    client.post(path, data=BODY)
    logs.answered("POST", path, 200, 0.0)
    token = path.split("/")[-2]
    ours = [record for record in caplog.records if record.name.startswith(("portal", "werkzeug", "flask"))]
    assert ours
    assert token not in "\n".join(f"{record.getMessage()} {record.__dict__}" for record in ours)

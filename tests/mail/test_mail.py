"""The outbox: queued once, sent at least once with one Message-ID, in the recipient's language, then forgotten."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.accounts.mails import PASSWORD
from portal.ground import clock, links
from portal.ground.db import db, transaction
from portal.mail import Link, Mail, MailState, Message, sending
from portal.mail.rendering import Rendered
from tests.factories.people import make_person
from tests.support.servers import MailCatcher


def message(key: str = "reset:1", **changes: object) -> Message:
    values: dict[str, object] = {
        "template": "accounts/mail/set_password",
        "to": "reader@example.org",
        "lang": "pl",
        "dedupe_key": key,
        "kind": mail.Kind.ACCOUNT,
        "links": {"password": Link("accounts.new_password", purpose=PASSWORD, subject="account:1")},
    }
    return Message(**{**values, **changes})


def queued(**changes: object) -> None:
    with transaction():
        mail.queue(message(**changes))


def stored() -> Mail:
    db.session.expire_all()
    return db.session.scalars(sa.select(Mail)).one()


def test_mail_of_a_failed_use_case_is_not_sent(app: Flask, outbox) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        mail.queue(message())
        _ = 1 / 0
    assert outbox.deliver() == []


def test_mail_belongs_to_the_transaction_that_causes_it(app: Flask) -> None:
    with pytest.raises(RuntimeError):
        mail.queue(message())


def test_same_dedupe_key_is_queued_once(app: Flask) -> None:
    queued()
    queued()
    assert stored().state == MailState.QUEUED


def test_dead_server_delays_and_keeps_the_message_id(app: Flask, outbox, mail_catcher) -> None:
    with clock.frozen(dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC)):
        queued()
        mail_catcher.refuse = True
        assert mail.send_due() == 0
        waiting = stored()
        assert waiting.state == MailState.QUEUED
        assert waiting.due_at > clock.now()
        identity = waiting.message_id
        mail_catcher.refuse = False
        assert mail.send_due() == 0  # not yet due
    with clock.frozen(dt.datetime(2026, 11, 21, 10, 2, tzinfo=dt.UTC)):
        delivered = outbox.deliver()
    assert [one["Message-ID"] for one in delivered] == [identity]


def test_crash_before_the_mark_repeats_with_the_same_message_id(app: Flask, outbox) -> None:
    now = dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC)
    with clock.frozen(now):
        queued()
        payload = stored().payload
        first = outbox.deliver()
        with transaction() as session:  # as if the process had died between sending and marking
            row = session.scalars(sa.select(Mail)).one()
            row.state, row.payload = MailState.QUEUED, payload
    with clock.frozen(now + dt.timedelta(minutes=6)):
        again = outbox.deliver()
    assert first[0]["Message-ID"] == again[0]["Message-ID"]


def test_the_late_end_of_a_second_worker_changes_nothing(app: Flask, outbox) -> None:
    queued()
    assert len(outbox.deliver()) == 1
    sent = (stored().state, stored().sent_at, stored().due_at)
    number = stored().id
    with transaction() as session:
        session.get_one(Mail, number).tries = len(sending.RETRIES) + 1
    sending._delay(number, OSError("late"))
    sending._mark_sent(number, "bg", Rendered("Późno", "Późno", "<p>Późno</p>", "bg"))
    assert (stored().state, stored().sent_at, stored().due_at) == sent
    assert stored().subject != "Późno"


def test_language_of_the_person_at_sending_wins(app: Flask, outbox) -> None:
    person = make_person(name="Яна", email="reader@example.org", locale="bg")
    queued(person_id=person.id)
    (sent,) = outbox.deliver()
    assert sent["Content-Language"] == "bg"
    assert "Здравейте" in outbox.text(sent)
    assert 'lang="bg"' in outbox.html(sent)


def test_link_in_the_mail_works_and_its_token_is_not_kept(app: Flask, outbox) -> None:
    queued()
    (sent,) = outbox.deliver()
    (path,) = outbox.paths(sent)
    token = path.rpartition("/")[2]
    assert links.find(PASSWORD, token) is not None
    row = stored()
    assert row.payload is None
    assert row.state == MailState.SENT


def test_bodies_of_a_demo_go_after_seven_days(app: Flask, outbox) -> None:
    queued()
    outbox.deliver()
    assert stored().text
    with clock.frozen(clock.now() + dt.timedelta(days=6)), transaction():
        assert mail.remove_old() == 0
    with clock.frozen(clock.now() + dt.timedelta(days=8)), transaction():
        assert mail.remove_old() == 1
    assert stored().text is None


def test_html_says_what_the_text_says(app: Flask, outbox) -> None:
    queued()
    (sent,) = outbox.deliver()
    html = outbox.html(sent)
    for line in outbox.text(sent).splitlines():
        if line and not line.startswith("http"):
            assert line.rstrip(":") in html


@pytest.mark.parametrize("leaves_no_trace", [True, False])
def test_mail_that_cannot_be_delivered_is_given_up_in_the_end(
    app: Flask, mail_catcher, frozen_clock, leaves_no_trace: bool
) -> None:
    """Of one that leaves no trace nothing stays then, no more than if it had been sent; others can be sent again for 30
    days, and then no words of them stay."""
    queued(leaves_no_trace=leaves_no_trace)
    mail_catcher.refuse = True
    for _ in range(20):
        mail.send_due()
        frozen_clock.shift(hours=9)
    rows = [(row.state, row.payload is not None) for row in db.session.scalars(sa.select(Mail))]
    assert rows == ([] if leaves_no_trace else [(MailState.FAILED, True)])
    frozen_clock.shift(days=31)
    with transaction():
        mail.remove_old()
    assert all(row.payload is None for row in db.session.scalars(sa.select(Mail)))


def test_mail_that_leaves_no_trace_is_gone_when_it_is_sent(app: Flask, outbox) -> None:
    queued(leaves_no_trace=True)
    assert len(outbox.deliver()) == 1
    assert db.session.scalars(sa.select(Mail)).all() == []


@pytest.mark.parametrize(
    ("address", "why"),
    [("żuk@example.org", "no SMTPUTF8"), ("anna@☃.net", "The domain is none")],
)
def test_what_can_never_arrive_fails_at_once_with_its_reason_and_holds_up_nothing(
    app: Flask, settings, address: str, why: str
) -> None:
    server = MailCatcher(takes_letters=False)
    try:
        settings(smtp_url=server.url)
        queued(to=address, key="reset:1")
        queued(key="reset:2")
        assert mail.send_due() == 1
    finally:
        server.stop()
    assert [message["To"] for message in server.messages] == ["reader@example.org"]
    failed = db.session.scalars(sa.select(Mail).where(Mail.to == address)).one()
    assert (failed.state, failed.sent_at) == (MailState.FAILED, None)
    assert why in str(failed.failure)

"""Delivery reports: what they mark, and that nobody can mark a mailbox by writing one."""

import time
from email.message import EmailMessage
from email.policy import SMTP

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.ground.db import db, transaction
from portal.mail import Kind, Mail, MailState, Message, Reason, reports, standing
from portal.mail.standing import BouncedMailbox

WHO = "reader@example.org"


def sent(outbox, to: str = WHO, key: str = "one") -> EmailMessage:
    with transaction():
        mail.queue(
            Message(
                template="accounts/mail/no_account", to=to, lang="pl", dedupe_key=key, kind=Kind.EVENT_CHANGE,
                links={"sign_up": mail.Link("accounts.sign_up")},
            )
        )  # fmt: skip
    (message,) = outbox.deliver()
    return message


def report(
    about: EmailMessage, code: str = "5.1.1", *, to: str = WHO, action: str = "failed", whole: bool = True,
    message_id: str = "", original: str = "",
) -> bytes:  # fmt: skip
    """As Postfix writes it."""
    head = about.as_string(policy=SMTP)
    if message_id:
        head = head.replace(str(about["Message-ID"]), message_id)
    if not whole:
        head = head.partition("\r\n\r\n")[0] + "\r\n"
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    first = f"Original-Recipient: rfc822;{original}\r\n" if original else ""
    return (
        "From: MAILER-DAEMON@mx.example.org\r\nTo: portal@example.org\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\r\n\r\n'
        "--b1\r\nContent-Type: text/plain\r\n\r\nThis is the mail system.\r\n\r\n"
        "--b1\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\n\r\n"
        f"{first}Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {code}\r\n"
        f"Diagnostic-Code: smtp; 550 {code} no such user\r\n\r\n"
        f"--b1\r\nContent-Type: {kind}\r\n\r\n{head}\r\n--b1--\r\n"
    ).encode()


def stored() -> Mail:
    db.session.rollback()
    return db.session.scalars(sa.select(Mail).order_by(Mail.id)).first()  # type: ignore[return-value]


@pytest.mark.parametrize("whole", [True, False])
def test_hard_report_marks_at_once_and_the_log_says_why(app: Flask, outbox, whole: bool) -> None:
    outcome = reports.take(report(sent(outbox), whole=whole))
    assert (outcome.is_hard, outcome.is_marked, outcome.address) == (True, True, WHO)
    assert standing.marked([WHO]) == {WHO}
    assert (stored().state, stored().refusal) == (MailState.FAILED, Reason.NO_SUCH_ADDRESS)
    assert "5.1.1" in str(stored().failure)


@pytest.mark.parametrize("code", ["5.2.2", "5.7.1", "5.7.26", "4.4.1"])
def test_soft_reports_mark_when_there_are_three(app: Flask, outbox, code: str) -> None:
    marked = [reports.take(report(sent(outbox, key=f"{number}"), code)).is_marked for number in range(3)]
    assert marked == [False, False, True]


def test_mail_that_is_late_is_counted_once_and_is_not_lost(app: Flask, outbox) -> None:
    late = report(sent(outbox), "4.4.1", action="delayed")
    assert [reports.take(late).is_marked for _ in range(5)] == [False] * 5
    assert stored().state == MailState.SENT


def test_marked_mailbox_gets_no_more_of_the_kind(app: Flask, outbox) -> None:
    reports.take(report(sent(outbox)))
    with transaction():
        mail.queue(
            Message(template="accounts/mail/no_account", to=WHO, lang="pl", dedupe_key="two", kind=Kind.EVENT_CHANGE)
        )
    assert outbox.deliver() == []


def test_forged_report_marks_nothing(app: Flask, outbox) -> None:
    message = sent(outbox)
    forged = [
        report(message, to="victim@example.org"),
        report(message, message_id="<0123456789abcdef@127.0.0.1>"),
        report(message, message_id="<x@example.com>"),
        report(message, message_id="<" + "x" * 5000 + "@example.com>"),
    ]
    for raw in forged:
        with pytest.raises(reports.NotAReport):
            reports.take(raw)
    assert db.session.scalars(sa.select(BouncedMailbox)).all() == []
    assert stored().state == MailState.SENT


def test_mailbox_that_forwards_is_found_by_its_own_name(app: Flask, outbox) -> None:
    assert reports.take(report(sent(outbox), to="elsewhere@example.net", original="Reader@EXAMPLE.org")).is_marked


def test_mail_that_never_left_cannot_come_back(app: Flask, outbox) -> None:
    message = sent(outbox)
    with transaction() as session:
        row = session.scalars(sa.select(Mail)).one()
        row.tries = 0
    with pytest.raises(reports.NotAReport, match="did not go"):
        reports.take(report(message))


def nested(depth: int) -> bytes:
    heads = "".join(
        f"Content-Type: multipart/report; boundary=b{number}\r\n\r\n--b{number}\r\n" for number in range(depth)
    )
    return heads.encode()


GARBAGE = {
    "nothing": b"",
    "no mail": b"\x00\xff\xfe" * 1000,
    "another mail": b"Subject: hello\r\n\r\nI am away until Monday.",
    "a report without its parts": b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b--\r\n",
    "too large": b"Content-Type: multipart/report\r\n\r\n" + b"x" * reports.LARGEST,
    "parts in parts": nested(2000),
    "parts in parts, few": nested(40),
    "a header of semicolons": b"Content-Type: multipart/report" + b";" * 400_000 + b"\r\n\r\n",
    "a folded header": b"Content-Type: multipart/report" + b";\r\n " * 100_000 + b"\r\n\r\n",
    "an unknown character set": b"Content-Type: multipart/report; boundary*=lipa''b\r\n\r\n--b\r\n",
}


@pytest.mark.parametrize("raw", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_refused_soon_and_changes_nothing(app: Flask, outbox, raw: bytes) -> None:
    sent(outbox)
    began = time.process_time()
    with pytest.raises(reports.NotAReport):
        reports.take(raw)
    assert time.process_time() - began < 2
    assert db.session.scalars(sa.select(BouncedMailbox)).all() == []


def test_report_about_nobody_who_failed_is_refused(app: Flask, outbox) -> None:
    message = sent(outbox)
    for raw in (report(message, action="delivered"), report(message, code="2.0.0"), report(message, code="lipa")):
        with pytest.raises(reports.NotAReport):
            reports.take(raw)
    assert db.session.scalars(sa.select(BouncedMailbox)).all() == []

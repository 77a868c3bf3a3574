"""One mail never stops the others, whatever is wrong with it."""

import contextlib
import dataclasses
import json
import socket
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.accounts.mails import PASSWORD
from portal.ground import clock
from portal.ground.config import CONFIG
from portal.ground.db import db, transaction
from portal.ground.jobs import Ending, Periodic
from portal.ground.jobs.running import perform
from portal.mail import Link, Mail, MailState, Message, server
from portal.mail.outbox import TRIED
from portal.mail.sending import RETRIES

GOOD = "good@example.org"
JOB = Periodic("mail", 1, mail.send_all_due)


def queue(key: str, to: str = GOOD, **changes: object) -> None:
    values: dict[str, object] = {
        "template": "accounts/mail/set_password", "to": to, "lang": "pl", "dedupe_key": key, "kind": mail.Kind.ACCOUNT,
        "links": {"password": Link("accounts.new_password", purpose=PASSWORD, subject="account:1")},
    }  # fmt: skip
    with transaction():
        mail.queue(Message(**{**values, **changes}))  # type: ignore[arg-type]


def of(key: str) -> Mail:
    db.session.rollback()
    return db.session.scalars(sa.select(Mail).where(Mail.dedupe_key == key)).one()


def spoil(key: str, **columns: object) -> None:
    with transaction() as session:
        session.execute(sa.update(Mail).where(Mail.dedupe_key == key).values(columns))


BROKEN = {
    "a template that this release does not have": {"template": "accounts/mail/of_another_release"},
    "words of another release": {
        "payload": json.dumps({"context": {}, "links": {}, "attachments": [], "form": "", "leaves_no_trace": False})
    },
    "a page that is no longer there": {
        "payload": json.dumps({
            "context": {}, "attachments": [], "form": "", "leaves_no_trace": False,
            "links": {"password": {"endpoint": "gone.page", "values": {}, "purpose": None, "subject": None,
                                   "lifetime": 60, "single": False}},
        })
    },
    "a file that nobody makes": {
        "payload": json.dumps({
            "context": {}, "attachments": ["unknown"], "form": "", "leaves_no_trace": False,
            "links": {"password": {"endpoint": "accounts.sign_in", "values": {}, "purpose": None, "subject": None,
                                   "lifetime": 60, "single": False}},
        })
    },
}  # fmt: skip


@pytest.mark.parametrize("wrong", BROKEN.values(), ids=BROKEN)
def test_mail_that_cannot_be_made_stops_no_other_and_fails_in_the_end(
    app: Flask, mail_catcher, frozen_clock, wrong: dict[str, object]
) -> None:
    queue("first")
    spoil("first", **wrong)
    queue("second")
    assert mail.send_due() == 1
    assert (of("first").state, of("second").state) == (MailState.QUEUED, MailState.SENT)
    assert of("first").due_at > clock.now()
    for _ in range(20):
        mail.send_due()
        frozen_clock.shift(hours=9)
    assert of("first").state == MailState.FAILED
    assert of("first").failure
    assert len(mail_catcher.messages) == 1


def test_sweep_goes_on_until_nothing_is_left(app: Flask, mail_catcher) -> None:
    for number in range(120):
        queue(f"mail {number}")
    assert mail.send_all_due() == 120
    assert len(mail_catcher.messages) == 120


def test_server_that_refuses_one_recipient_still_gets_the_others(app: Flask, answering) -> None:
    answering.say = {"nobody@example.org": "450 4.2.0 greylisted"}
    queue("first", "nobody@example.org")
    queue("second")
    assert mail.send_due() == 1
    assert (of("first").state, of("first").tries) == (MailState.QUEUED, 1)


@pytest.mark.parametrize(
    ("answer", "is_final"),
    [
        ("550 5.1.1 no such user", True),
        ("552 5.2.2 mailbox full", True),
        ("550 no such user", True),
        ("554 5.7.1 your server is on a list", False),
        ("451 4.3.0 try later", False),
    ],
)
def test_refusal_for_good_ends_a_mail_at_once_and_says_why(app: Flask, answering, answer: str, is_final: bool) -> None:
    answering.say = {"nobody@example.org": answer}
    queue("first", "nobody@example.org")
    assert mail.send_due() == 0
    assert (of("first").state == MailState.FAILED) is is_final
    assert (of("first").failure == answer) is is_final


def test_dead_server_is_asked_once_in_a_sweep(app: Flask, mail_catcher) -> None:
    """Fifty mails do not wait fifty times for a server that does not answer."""
    for number in range(5):
        queue(f"mail {number}")
    mail_catcher.stop()
    try:
        assert mail.send_due() == 0
        assert [of(f"mail {number}").tries for number in range(5)] == [1, 0, 0, 0, 0]
    finally:
        mail_catcher.start()
    assert mail.send_due() == 4


def test_server_that_hangs_holds_one_mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the connection and says nothing: after its patience the sweep ends, and other mails are free for others."""
    monkeypatch.setattr(server, "TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent, sent_to(app, silent):
        queue("first")
        queue("second")
        assert mail.send_due() == 0
    assert (of("first").tries, of("second").tries) == (1, 0)


@contextlib.contextmanager
def sent_to(app: Flask, door: socket.socket) -> Iterator[None]:
    """The mail server of the portal is the one behind this door."""
    before = CONFIG.of(app)
    CONFIG.set(app, dataclasses.replace(before, smtp_url=f"smtp://127.0.0.1:{door.getsockname()[1]}"))
    yield
    CONFIG.set(app, before)


def test_mails_that_are_not_sent_are_told(app: Flask, mail_catcher, frozen_clock) -> None:
    assert mail.keeps_up()
    queue("first")
    assert mail.keeps_up()
    frozen_clock.shift(minutes=11)
    assert not mail.keeps_up()
    mail.send_due()
    assert mail.keeps_up()
    for number in range(TRIED):
        queue(f"mail {number}")
    mail_catcher.refuse = True
    for _ in range(TRIED):
        mail.send_due()
        frozen_clock.shift(minutes=9)
    assert not mail.keeps_up()


def test_poisoned_mail_at_the_head_fails_the_job_and_holds_up_nobody(app: Flask, mail_catcher) -> None:
    queue("first")
    spoil("first", template="accounts/mail/of_another_release")
    queue("second")
    ran = perform(JOB)
    assert (ran.outcome, ran.done, ran.failed, ran.error) == (Ending.FAILED, 1, 1, "TemplateNotFound")
    assert len(mail_catcher.messages) == 1
    assert perform(JOB).outcome == Ending.DONE


def test_mail_server_away_fails_the_job_once_and_delays_one_mail(app: Flask, mail_catcher) -> None:
    queue("first")
    queue("second")
    mail_catcher.stop()
    try:
        ran = perform(JOB)
    finally:
        mail_catcher.start()
    assert (ran.outcome, ran.done, ran.failed, ran.error) == (Ending.FAILED, 0, 1, "ServerAway")
    assert (of("first").tries, of("second").tries) == (1, 0)


@pytest.mark.parametrize("days", [0.25, 300])
def test_mail_of_a_clock_that_was_set_back_is_sent_once(app: Flask, mail_catcher, frozen_clock, days: float) -> None:
    frozen_clock.shift(days=days)
    queue("first")
    frozen_clock.shift(days=-days)
    assert mail.send_all_due() == 1
    assert mail.send_all_due() == 0


def test_mail_that_was_delayed_by_a_clock_that_was_set_back_is_tried_again(
    app: Flask, mail_catcher, frozen_clock
) -> None:
    queue("first")
    frozen_clock.shift(days=300)
    mail_catcher.refuse = True
    assert mail.send_all_due() == 0
    mail_catcher.refuse = False
    frozen_clock.shift(days=-300)
    assert mail.send_all_due() == 1


def test_mail_that_waits_for_its_next_try_goes_on_waiting(app: Flask, mail_catcher, frozen_clock) -> None:
    queue("first")
    for _ in RETRIES[:-2]:
        spoil("first", due_at=clock.now())
        mail_catcher.refuse = True
        assert mail.send_all_due() == 0
    mail_catcher.refuse = False
    frozen_clock.shift(hours=7)
    assert mail.send_all_due() == 0
    frozen_clock.shift(hours=1)
    assert mail.send_all_due() == 1


class Answering:
    """A mail server that says what it is told to about a recipient, and takes everybody else."""

    def __init__(self) -> None:
        self.say: dict[str, str] = {}
        self.door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.door.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as lines:
                self._talk(lines)

    def _talk(self, lines) -> None:  # type: ignore[no-untyped-def]
        def answer(words: str) -> None:
            lines.write(words.encode() + b"\r\n")
            lines.flush()

        answer("220 ready")
        in_data = False
        for raw in lines:
            line = raw.decode().strip()
            if in_data:
                if line == ".":
                    in_data = False
                    answer("250 taken")
                continue
            verb = line[:4].upper()
            if verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                answer(self.say.get(to, "250 ok"))
            elif verb == "DATA":
                in_data = True
                answer("354 go on")
            elif verb == "QUIT":
                answer("221 bye")
                return
            else:
                answer("250 ok")


@pytest.fixture
def answering(app: Flask) -> Iterator[Answering]:
    """The mail server of this test."""
    made = Answering()
    with sent_to(app, made.door):
        yield made
    made.door.close()

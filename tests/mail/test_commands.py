"""`portal mail`, run as a program: what scripts read, sending again, and the pipe of a mail server."""

import subprocess
from email import message_from_string
from typing import Any

import pytest

from tests.mail.test_reports import report
from tests.support.servers import MailCatcher

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def portal(engine: str, make_live: Any) -> Any:
    return make_live(engine)


def ended(portal: Any, *arguments: str, raw: bytes = b"") -> tuple[int, str]:
    done = subprocess.run(
        [*portal._portal(), *arguments], env=portal.environ, input=raw, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, (done.stdout + done.stderr).decode()


def test_list_tells_what_was_sent_in_full(portal):
    portal.run("person", "create", "--address", "Ada@example.org", "--name", "Ada Zespołowa")
    (row,) = portal.json("mail", "list")
    assert (row["state"], row["tries"], row["error"], row["headers"], row["message"]) == ("queued", 0, None, None, None)
    portal.run("mail", "send")
    (row,) = portal.json("mail", "list")
    assert (row["state"], row["tries"], row["error"], row["kind"]) == ("sent", 1, None, "account")
    assert row["headers"]["To"] == "Ada@example.org"
    assert message_from_string(row["message"])["Message-ID"] == row["headers"]["Message-ID"]
    assert row["text"]


def test_report_from_standard_input_marks_and_the_mail_cannot_be_sent_again(portal):
    portal.run("person", "create", "--address", "ada@example.org", "--name", "Ada Zespołowa")
    portal.run("mail", "send")
    (row,) = portal.json("mail", "list")
    about = message_from_string(row["message"])
    raw = report(about, to="ada@example.org")  # type: ignore[arg-type]
    assert ended(portal, "mail", "bounce", raw=raw) == (
        0, f"Mail {row['id']} to ada@example.org: hard (5.1.1), marked.\n",
    )  # fmt: skip
    (row,) = portal.json("mail", "list")
    assert (row["state"], row["refusal"]) == ("failed", "no-such-address")
    code, said = ended(portal, "mail", "retry", str(row["id"]))
    assert code == 1
    assert "too old" in said


def test_garbage_ends_with_1(portal):
    for raw in (b"", b"garbage", b"x" * 2_000_000):
        code, said = ended(portal, "mail", "bounce", raw=raw)
        assert code == 1
        assert "report" in said or "mail" in said
    assert ended(portal, "mail", "retry", "77")[0] == 1


def test_failed_mail_is_sent_again(portal):
    server = MailCatcher(takes_letters=False)
    portal.environ |= {"PORTAL_SMTP_URL": server.url, "PORTAL_SMTP_UTF8": "1"}
    try:
        portal.run("person", "create", "--address", "żuk@example.org", "--name", "Ada Zespołowa")
        portal.run("mail", "send")
        (row,) = portal.json("mail", "list")
        assert (row["state"], row["refusal"]) == ("failed", "not-accepted")
        assert portal.json("mail", "retry", str(row["id"]))["state"] == "queued"
    finally:
        server.stop()

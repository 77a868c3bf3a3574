"""The mail server: one address says how it is reached, and a mail is handed over to it.

`smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`. Under the latter two the server must show a
certificate for its name that the machine trusts; without one nothing is sent.
"""

import contextlib
import re
import smtplib
import socket
import ssl
from email.message import EmailMessage
from email.policy import SMTPUTF8
from functools import cache
from urllib.parse import SplitResult, unquote, urlsplit

from portal.mail.kinds import Reason
from portal.mail.message import Undeliverable

LONGEST_ANSWER = 200  # characters of what a server said that are kept
TIMEOUT = 20  # seconds that the server may be silent
PORTS = {"smtp": smtplib.SMTP_PORT, "smtp+starttls": 587, "smtps": smtplib.SMTP_SSL_PORT}


def hand_over(message: EmailMessage, url: str) -> None:
    """Send a mail over a connection of its own.

    Raises OSError or SMTPException when the server did not take it, Undeliverable when it never will: it refused the
    recipient or the message for good (RFC 5321, 4.2.1: 5yz) and not for what it thinks of us (RFC 3463, X.7.Z: policy).
    """
    parts = urlsplit(url)
    server = _connected(parts)
    try:
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        try:
            _send(message, server)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            if (answer := _for_good(error)) is not None:
                raise Undeliverable(answer, reason_of(answer)) from error
            raise
        with contextlib.suppress(OSError, smtplib.SMTPException):  # it was taken: no farewell may send it twice
            server.quit()
    finally:
        server.close()


def answered(error: Exception) -> str:
    """What a server said to refuse something: its code and its words, or nothing when it said nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"[:LONGEST_ANSWER]
    else:
        return ""
    return "; ".join(f"{code} {_words(said)}" for code, said in answers)[:LONGEST_ANSWER]


# RFC 3463, 3.2 and 3.3: what the second and third number of an answer mean to whoever waits for it.
_NO_SUCH = frozenset({"1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.0", "2.1", "4.4"})
_ENHANCED = re.compile(r"\b[245]\.(\d{1,3}\.\d{1,3})\b")
_NO_MAILBOX = re.compile(r"^55[013] (?!.*\b[245]\.\d)")  # RFC 5321, 4.2.3: mailbox unavailable, name not allowed


def reason_of(answer: str) -> Reason:
    """What an answer of a mail server, or a code of a report, says to whoever waits for the mail to arrive."""
    found = _ENHANCED.search(answer)
    detail = found[1] if found else ""
    if detail in _NO_SUCH or _NO_MAILBOX.match(answer):
        return Reason.NO_SUCH_ADDRESS
    return Reason.MAILBOX_FULL if detail == "2.2" else Reason.NOT_ACCEPTED


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _for_good(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> str | None:
    """What the server said when it will never take the mail; None when it may."""
    answers = (
        [(error.smtp_code, error.smtp_error)]
        if isinstance(error, smtplib.SMTPDataError)
        else list(error.recipients.values())
    )
    for code, said in answers:
        words = _words(said)
        if 500 <= code < 600 and not words.startswith("5.7."):
            return f"{code} {words}"[:LONGEST_ANSWER]
    return None


def _connected(parts: SplitResult) -> smtplib.SMTP:
    host, port = parts.hostname or "127.0.0.1", parts.port or PORTS[parts.scheme]
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(
            host, port, local_hostname=_own_name(), timeout=TIMEOUT, context=ssl.create_default_context()
        )
    server = smtplib.SMTP(host, port, local_hostname=_own_name(), timeout=TIMEOUT)
    if parts.scheme == "smtp+starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _send(message: EmailMessage, server: smtplib.SMTP) -> None:
    """As `send_message` of smtplib does, which would write >From for From at the beginning of a line."""
    sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    if sender.isascii() and to.isascii():
        server.sendmail(sender, to, message.as_bytes())
        return
    server.ehlo_or_helo_if_needed()
    if not server.has_extn("smtputf8"):
        raise Undeliverable("The mail server takes no letters outside ASCII before the @ (no SMTPUTF8).")
    content = message.as_bytes(policy=SMTPUTF8)
    server.sendmail(sender, to, content, mail_options=("SMTPUTF8", "BODY=8BITMIME"))


@cache
def _own_name() -> str:
    return socket.getfqdn()  # asks the network, and slowly where it has no answer

"""Delivery reports: what a mail server says about a mail that it could not bring to its mailbox (RFC 3464).

Anybody can write such a report. It counts only when it names a mail of ours by its Message-ID, which nobody but its reader
knows, and the mailbox that this mail went to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message as Part
from email.policy import compat32

import sqlalchemy as sa

from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.locks import locked_if_there
from portal.ground.mailboxes import mailbox_key
from portal.ground.states import change_state
from portal.mail import standing
from portal.mail.outbox import MAILS, Mail, MailState
from portal.mail.server import LONGEST_ANSWER, reason_of

LARGEST = 512 * 1024  # bytes of a report: servers send at most the head of a long mail back
MOST_PARTS = 50  # parts and headers that name a type
LONGEST_HEADER = 10_000  # bytes of one header with all its lines: the parser takes longer than in proportion
_TYPE = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
_CODE = re.compile(r"^\s*([45])\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463
_SPARED = re.compile(r"^5\.(2\.2|7\.\d+)$")  # full, or refused for what the server thinks of us: it may pass


class NotAReport(Exception):
    """This is no report about a mail of this portal; the message says why, to whoever runs it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says: about which mail, which mailboxes it means by their keys, and how the try ended."""

    message_id: str
    mailboxes: frozenset[str]
    action: str
    code: str
    said: str

    @property
    def is_hard(self) -> bool:
        """Will no mail ever arrive there?"""
        return self.action == "failed" and self.code.startswith("5.") and not _SPARED.match(self.code)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a report. `is_marked`: only mails about the account go to the mailbox from now on."""

    mail_id: int
    address: str
    code: str
    is_hard: bool
    is_marked: bool


def read(raw: bytes) -> Report:
    """What a report says. Raises NotAReport for anything else; its size is known before it is taken apart."""
    _check_size(raw)
    try:
        whole = message_from_bytes(raw, policy=compat32)
        parts = list(whole.walk())
    except (RecursionError, LookupError, ValueError) as error:
        raise NotAReport("This cannot be read as a mail.") from error
    if whole.get_content_type() != "multipart/report":
        raise NotAReport("This is no delivery report (multipart/report, RFC 3464).")
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    blocks = status.get_payload() if status is not None else None
    if not isinstance(blocks, list):
        raise NotAReport("The report has no part message/delivery-status.")
    return _report(_message_id(parts), [block for block in blocks if isinstance(block, Part)])


def _check_size(raw: bytes) -> None:
    if len(raw) > LARGEST:
        raise NotAReport(f"A report has at most {LARGEST} bytes.")
    if sum(1 for _found in _TYPE.finditer(raw)) > MOST_PARTS:
        raise NotAReport(f"A report has at most {MOST_PARTS} parts.")
    if any(length > LONGEST_HEADER for length in _header_lengths(raw)):
        raise NotAReport(f"A header of a report has at most {LONGEST_HEADER} bytes.")


def _header_lengths(raw: bytes) -> Iterator[int]:
    """Of every line with the lines that continue it."""
    length = 0
    for line in raw.splitlines():
        length = length + len(line) if line[:1] in (b" ", b"\t") else len(line)
        yield length


def _message_id(parts: list[Part]) -> str:
    """The Message-ID of the mail that came back, whole or only its head."""
    for part in parts:
        kind, inside = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(inside, list) and inside and isinstance(inside[0], Part):
            found = str(inside[0].get("Message-ID", ""))
        elif kind == "text/rfc822-headers" and isinstance(inside, str):
            found = str(message_from_string(inside.lstrip(), policy=compat32).get("Message-ID", ""))
        else:
            continue
        if found.strip():
            return found.strip()
    raise NotAReport("The report does not say about which mail it is (no Message-ID).")


def _report(message_id: str, blocks: list[Part]) -> Report:
    for block in blocks:
        action = str(block.get("Action", "")).strip().lower()
        code = _CODE.match(str(block.get("Status", "")))
        if action not in ("failed", "delayed") or code is None:
            continue
        names = (str(block.get(name, "")) for name in ("Final-Recipient", "Original-Recipient"))
        mailboxes = frozenset(mailbox_key(name.partition(";")[2].strip(" <>")[:320]) for name in names if name)
        said = " ".join(str(block.get("Diagnostic-Code", "")).split())[:LONGEST_ANSWER]
        return Report(message_id, mailboxes, action, ".".join(code.groups()), said)
    raise NotAReport("The report names no mailbox that a mail did not reach.")


def take(raw: bytes) -> Outcome:
    """Note what a report says about a mail of this portal. Raises NotAReport, and changes nothing then."""
    report = read(raw)
    known = db.session.scalar(sa.select(Mail.id).where(Mail.message_id == report.message_id[:120]))
    with transaction():
        mail = locked_if_there(Mail, known) if known is not None else None
        if mail is None:
            raise NotAReport("The report is about no mail that this portal knows.")
        if mail.to not in report.mailboxes or not mail.tries:
            raise NotAReport("The report is about a mailbox to which this mail did not go.")
        is_marked = _note(mail, report)
        return Outcome(mail.id, mail.address, report.code, report.is_hard, is_marked)


def _note(mail: Mail, report: Report) -> bool:
    """Is the mailbox marked now? One mail that is late is counted once, however often its server says so."""
    counts = report.action == "failed" or mail.refusal is None
    mail.failure = f"{report.code} {report.said}".strip()[:LONGEST_ANSWER]
    mail.refusal = reason_of(report.code)
    if report.action == "failed" and mail.state == MailState.SENT:
        change_state(MAILS, mail, MailState.FAILED, by=PORTAL)
    if not counts:
        return bool(standing.marked([mail.to]))
    return standing.note_report(mail.to, is_hard=report.is_hard, code=report.code)

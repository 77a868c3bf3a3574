"""Sending: at least once, always with the same Message-ID, in the recipient's language.

A mail is claimed in a short transaction (its next try is moved ahead), rendered and sent outside of any transaction and
then marked. A crash between sending and marking repeats the mail with the same Message-ID, which mail programs fold.
One mail never stops the others: what cannot be made is tried again later like what cannot be sent, and fails in the end.
"""

import datetime as dt
import json
import logging
import smtplib
import time
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import TypeAlias

import sqlalchemy as sa

from portal.face.web.addresses import absolute_url
from portal.ground import clock, links
from portal.ground.authz import PORTAL, identity
from portal.ground.batches import note
from portal.ground.config import CONFIG
from portal.ground.db import UtcDateTime, db, transaction
from portal.ground.locks import locked_if_there
from portal.ground.statements import changed_rows
from portal.ground.states import change_state
from portal.mail.composing import Attachment, composed
from portal.mail.kinds import PAGES, STOP, Kind, Reason
from portal.mail.message import Payload, StoredLink, Undeliverable, thawed_value
from portal.mail.outbox import MAILS, WAITING, Mail, MailState
from portal.mail.preferences import why_not
from portal.mail.rendering import Foot, Rendered, render
from portal.mail.server import LONGEST_ANSWER, answered, hand_over, reason_of
from portal.words.i18n import in_language

log = logging.getLogger(__name__)

SWEEP = 45.0  # seconds
CLAIM = dt.timedelta(minutes=5)
SKEW = dt.timedelta(minutes=5)  # by which the clocks of two machines may differ
RETRIES = [dt.timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240, 480, 480, 480, 480)]
DEMO_BODY = dt.timedelta(days=7)
FAILED_KEPT = dt.timedelta(days=30)  # what a mail is made from that did not arrive: it can be sent again so long
KEPT = dt.timedelta(days=365)  # how long it is known that a mail was sent
STRANGERS_KEPT = dt.timedelta(
    days=30
)  # the same for an address that is nobody's here: who was asked and never answered

Maker: TypeAlias = Callable[[Mapping[str, object]], Attachment]
_attachments: dict[str, Maker] = {}


def attachment(name: str) -> Callable[[Maker], Maker]:
    """Register how an attachment of that name is made from the context of its mail, in the language of the moment."""

    def register(make: Maker) -> Maker:
        _attachments[name] = make
        return make

    return register


class ServerAway(Exception):
    """The mail server does not answer: what else is due waits for the next sweep instead of for it."""


def send_due(limit: int = 50) -> int:
    """Send what is due, at most `limit`; returns how many were sent. Without a mail server mails count as delivered.

    Each is claimed for itself, so that a server that hangs holds one mail and not all of them.
    """
    sent = 0
    for _ in range(limit):
        mail_id = _claim()
        if mail_id is None:
            break
        try:
            sent += _send(mail_id)
        except ServerAway:
            break
    return sent


def send_all_due() -> int:
    """The same until nothing is left, or a minute is nearly over and the next sweep goes on: 1,000 people get theirs now."""
    _undo_wrong_clock()
    sent, end = 0, time.monotonic() + SWEEP
    while some := send_due():
        sent += some
        if time.monotonic() > end:
            break
    return sent


def _undo_wrong_clock() -> None:
    """What was queued or delayed by a clock that has since been set back would wait until that clock's time: it is due now."""
    now = clock.now()
    of_the_future = sa.and_(
        Mail.state == MailState.QUEUED, sa.or_(Mail.queued_at > now + SKEW, Mail.due_at > now + RETRIES[-1] + SKEW)
    )
    if db.session.scalar(sa.select(Mail.id).where(of_the_future).limit(1)) is None:
        return
    with transaction() as session:
        queued_at = sa.case((Mail.queued_at > now, sa.literal(now, UtcDateTime)), else_=Mail.queued_at)
        session.execute(
            sa.update(Mail).where(of_the_future).values(due_at=now, queued_at=queued_at),
            execution_options={"synchronize_session": False},
        )


def _claim() -> int | None:
    """The next mail that is due, its next try moved ahead. None when there is none that nobody else has taken."""
    now = clock.now()
    # What was queued in the future, before the clock went back, must not wait until then for its first try.
    ripe = sa.or_(Mail.due_at <= now, sa.and_(Mail.queued_at > now, Mail.tries == 0))
    due = sa.select(Mail.id).where(Mail.state == MailState.QUEUED, ripe).order_by(Mail.id).limit(1)
    if db.session.scalar(due) is None:
        return None
    with transaction() as session:
        mail_id = session.scalar(due.with_for_update(skip_locked=True))
        if mail_id is not None:
            claimed = {"due_at": clock.now() + CLAIM, "tries": Mail.tries + 1}
            session.execute(sa.update(Mail).where(Mail.id == mail_id).values(claimed))
    return mail_id


def _send(mail_id: int) -> bool:
    """Was it sent? Raises ServerAway when it waits because of the server."""
    try:
        return _made_and_sent(mail_id)
    except Undeliverable as error:
        _give_up(mail_id, error)
    except ServerAway as error:
        note(error)
        _delay(mail_id, error)
        raise
    except smtplib.SMTPException as error:  # it answers, and does not take this one
        _delay(mail_id, error)
    except Exception as error:
        note(error)
        log.exception("mail cannot be made", extra={"mail": mail_id})
        _delay(mail_id, error)
    return False


def _made_and_sent(mail_id: int) -> bool:
    with (
        transaction() as session
    ):  # tokens are made here and not in the request: known and unknown addresses cost the same
        mail = session.get(Mail, mail_id)
        if mail is None or mail.state != MailState.QUEUED or mail.payload is None:
            return False
        payload: Payload = json.loads(mail.payload, object_hook=thawed_value)
        why = why_not(mail.kind, mail.to, asks_address=payload.get("asks_address", False))
        if why is not None:  # since it was queued
            _end_unwanted(mail_id, why)
            return False
        lang = identity().locale_of(mail.person_id) or mail.lang
        urls = {name: _address(link, lang) for name, link in payload["links"].items()}
        foot = _foot(mail, lang)
        recipient, message_id, template = mail.address, mail.message_id, mail.template
    with in_language(lang):  # that of the words, of the links and of every file: one mail, one language
        rendered = render(template, lang, payload, urls, recipient, foot)
        files = [_attachments[name](payload["context"]) for name in payload["attachments"]]
    config = CONFIG.get()
    message = composed(
        rendered, sender=config.mail_from, to=recipient, message_id=message_id, files=files,
        stop_url=foot.stop_url if foot else None, reply_to=payload.get("reply_to", ""),
    )  # fmt: skip
    _deliver(message)
    _mark_sent(mail_id, lang, rendered, message.as_string() if config.is_demo else None)
    return True


def _end_unwanted(mail_id: int, why: Reason) -> None:
    mail = locked_if_there(Mail, mail_id)
    if mail is not None and mail.state == MailState.QUEUED:
        mail.refusal = why
        change_state(MAILS, mail, MailState.UNWANTED, by=PORTAL)


def _foot(mail: Mail, lang: str) -> Foot | None:
    """The links of a mail that one can do without; they work as long as it is known that it was sent."""
    kind, pages = Kind(mail.kind), PAGES.get()
    if kind.is_essential:
        return None
    lifetime = mail.queued_at + (KEPT if mail.person_id else STRANGERS_KEPT) - clock.now()  # for as long as its row
    token = links.issue(STOP, f"mail:{mail.id}", lifetime)
    choose, stop = (absolute_url(endpoint, lang=lang, token=token) for endpoint in (pages.choose, pages.stop))
    return Foot(kind, choose, stop)


def _address(link: StoredLink, lang: str) -> str:
    values = dict(link["values"])
    if link["purpose"]:
        assert link["subject"] is not None
        lifetime = dt.timedelta(seconds=link["lifetime"])
        values["token"] = links.issue(link["purpose"], link["subject"], lifetime, single=link["single"])
    return absolute_url(link["endpoint"], lang=values.pop("lang", lang), **values)


def _deliver(message: EmailMessage) -> None:
    smtp_url = CONFIG.get().smtp_url
    if not smtp_url:
        return  # a demo without a mail server: the outbox is the mailbox, `portal mail list` shows it
    try:
        hand_over(message, smtp_url)
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError) as error:
        raise ServerAway from error
    except smtplib.SMTPException:
        raise
    except OSError as error:
        raise ServerAway from error


def _mark_sent(mail_id: int, lang: str, rendered: Rendered, source: str | None = None) -> None:
    """`source` is the whole mail in a demo, which keeps it."""
    with transaction() as session:
        mail = locked_if_there(Mail, mail_id)
        if mail is None or mail.state != MailState.QUEUED:  # whom it went to has left, or it was sent twice
            return
        if _leaves_no_trace(mail):
            session.delete(mail)
            return
        mail.subject, mail.lang = rendered.subject, lang
        change_state(MAILS, mail, MailState.SENT, by=PORTAL)
        if source is not None:
            mail.text, mail.html, mail.source = rendered.text, rendered.html, source


def _delay(mail_id: int, error: Exception) -> None:
    db.session.rollback()
    with transaction() as session:
        mail = locked_if_there(Mail, mail_id)
        if mail is None or mail.state != MailState.QUEUED:
            return
        tries = mail.tries
        mail.failure, mail.refusal = said(error), _reason(error)
        if tries > len(RETRIES) and _leaves_no_trace(mail):
            session.delete(mail)
        elif tries > len(RETRIES):
            change_state(MAILS, mail, MailState.FAILED, by=PORTAL)
        else:
            mail.due_at = clock.now() + RETRIES[max(tries - 1, 0)]
    log.warning("mail delayed", extra={"mail": mail_id, "tries": tries, "error": type(error).__name__})


def _give_up(mail_id: int, error: Undeliverable) -> None:
    """What no later try could send has failed at once, and says why."""
    with transaction() as session:
        mail = locked_if_there(Mail, mail_id)
        if mail is None or mail.state != MailState.QUEUED:
            return
        if _leaves_no_trace(mail):
            session.delete(mail)
        else:
            mail.failure, mail.refusal = str(error), _reason(error)
            change_state(MAILS, mail, MailState.FAILED, by=PORTAL)
    log.error("mail cannot be delivered", extra={"mail": mail_id, "error": str(error)})


def said(error: Exception) -> str:
    """What is kept of an error for those who run the portal: its name, and what a server has answered."""
    answer = answered(error)
    return f"{type(error).__name__}: {answer}"[:LONGEST_ANSWER] if answer else type(error).__name__


def _reason(error: Exception) -> Reason:
    """Why the last try failed, for everybody."""
    if isinstance(error, ServerAway):
        return Reason.NO_ANSWER
    if isinstance(error, Undeliverable):
        return error.reason
    return reason_of(answered(error)) if isinstance(error, smtplib.SMTPException) else Reason.NOT_MADE


def _leaves_no_trace(mail: Mail) -> bool:
    return bool(json.loads(mail.payload or "{}").get("leaves_no_trace"))


def remove_old() -> int:
    """Delete mails after their time, and the bodies that a demo keeps after their seven days (inside a transaction)."""
    over = sa.or_(
        Mail.queued_at < clock.now() - KEPT,
        sa.and_(Mail.person_id.is_(None), Mail.queued_at < clock.now() - STRANGERS_KEPT),
    )
    db.session.execute(
        sa.delete(Mail).where(Mail.state.not_in(WAITING), over), execution_options={"synchronize_session": False}
    )
    failed = sa.and_(Mail.state == MailState.FAILED, Mail.queued_at < clock.now() - FAILED_KEPT)
    db.session.execute(
        sa.update(Mail).where(failed, Mail.payload.is_not(None)).values(payload=None),
        execution_options={"synchronize_session": False},
    )
    old, bodies = Mail.sent_at < clock.now() - DEMO_BODY, {"text": None, "html": None, "source": None}
    return changed_rows(db.session, sa.update(Mail).where(old, Mail.text.is_not(None)).values(bodies))

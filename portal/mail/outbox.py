"""The outbox: one row per mail, queued exactly once per dedupe key, in the transaction of the use-case."""

import datetime as dt
import json
import secrets
from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock, jobs, states
from portal.ground.authz import Actor
from portal.ground.config import CONFIG
from portal.ground.db import UNSEEN, Model, UtcDateTime, after_commit, db, in_transaction
from portal.ground.errors import Conflict
from portal.ground.mailboxes import mailbox_key, typed_beside
from portal.ground.sentences import _l
from portal.ground.statements import Upsert, changed_rows, engine_name, in_batches, insert_into
from portal.mail import preferences
from portal.mail.kinds import Kind, Reason
from portal.mail.message import Message, Payload, frozen_value


class MailState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    UNWANTED = "unwanted"  # its mailbox wants no such mail, or sent others back


class Mail(Model):
    """A mail to be sent, or what is left of one that was. Bodies stay only in a demo, and there 7 days."""

    __tablename__ = "outbox_mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    to: Mapped[str] = mapped_column(sa.String(320), index=True)  # the key
    typed_to: Mapped[str | None] = mapped_column(sa.String(320))  # where it goes, where that is not the key
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    lang: Mapped[str] = mapped_column(sa.String(2))
    template: Mapped[str] = mapped_column(sa.String(80))
    payload: Mapped[str | None] = mapped_column(sa.Text)
    state: Mapped[str] = mapped_column(sa.String(10), default=MailState.QUEUED)
    queued_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    due_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    sent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(sa.String(200))  # why the last try failed, for those who run the portal
    refusal: Mapped[str | None] = mapped_column(sa.String(20))  # the same for everybody else, a code of `mail_refusal`
    kind: Mapped[str] = mapped_column(
        sa.String(30), server_default=Kind.ACCOUNT
    )  # older code sent no other than needed
    concerns: Mapped[str | None] = mapped_column(sa.String(40))  # in whose log it stands, see `message.concern`
    message_id: Mapped[str] = mapped_column(sa.String(120), unique=True)
    subject: Mapped[str] = mapped_column(sa.String(300), default="")
    text: Mapped[str | None] = mapped_column(sa.Text)
    html: Mapped[str | None] = mapped_column(sa.Text)
    source: Mapped[str | None] = mapped_column(sa.Text)  # the whole mail as it travels, in a demo only

    __table_args__ = (
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed', 'unwanted')", name="state"),
        sa.CheckConstraint(f"kind IN ({', '.join(repr(str(kind)) for kind in Kind)})", name="kind"),
        sa.CheckConstraint(f"refusal IN ({', '.join(repr(str(why)) for why in Reason)})", name="refusal"),
        sa.Index("ix_outbox_mail_concerns", "concerns", "id"),
        sa.Index("ix_outbox_mail_due", "due_at", sqlite_where=sa.text("state = 'queued'"),
                 postgresql_where=sa.text("state = 'queued'")),
        UNSEEN,
    )  # fmt: skip

    @property
    def address(self) -> str:
        """Where it goes."""
        return self.typed_to or self.to

    @property
    def can_be_sent_again(self) -> bool:
        """Is what it was made from still there?"""
        return self.payload is not None


LATE = dt.timedelta(minutes=10)  # a mail that is due for so long is sent by nobody
TRIED = 3  # a mail that was tried so often, and so many of them, waits for the server and not for its recipient


def keeps_up() -> bool:
    """Are mails sent? Not when one that is due still lies there, nor when several have been tried again and again."""
    queued = Mail.state == MailState.QUEUED
    late = sa.select(Mail.id).where(queued, Mail.due_at < clock.now() - LATE).limit(1)
    tried = sa.select(Mail.id).where(queued, Mail.tries >= TRIED).limit(TRIED)
    return db.session.scalar(late) is None and len(db.session.scalars(tried).all()) < TRIED


# Its features know who belongs to it, and ask before they take the step.
TEAM = states.Side[Actor, Mail]("the team of the event or network", lambda by, mail: by is not None)
WORKER = states.Side[Actor, Mail]("the worker", lambda by, mail: False, itself=True)


def _forget_words(move: states.Move[Actor, Mail]) -> None:
    """What it was made from is needed no more, and it may name people."""
    move.row.payload = None


def _sent(move: states.Move[Actor, Mail]) -> None:
    move.row.sent_at, move.row.failure, move.row.refusal = move.at, None, None


def _due_again(move: states.Move[Actor, Mail]) -> None:
    move.row.due_at, move.row.tries, move.row.failure, move.row.refusal = move.at, 0, None, None
    after_commit(_wake)


def _has_its_words(mail: Mail) -> None:
    if not mail.can_be_sent_again:
        raise Conflict(_l("This message is too old to be sent again: what it was made from is deleted."))


MAILS = states.States(
    Mail, "state", MailState, "mail_state",
    steps=(
        states.Step(states.START, MailState.QUEUED, WORKER),
        states.Step(MailState.QUEUED, MailState.SENT, WORKER, effects=[_forget_words, _sent]),
        states.Step(MailState.QUEUED, MailState.FAILED, WORKER),
        states.Step(MailState.SENT, MailState.FAILED, WORKER),  # a report says so
        states.Step(MailState.QUEUED, MailState.UNWANTED, WORKER, effects=[_forget_words]),
        states.Step(states.START, MailState.UNWANTED, WORKER),
        states.Step(
            MailState.FAILED, MailState.QUEUED, TEAM, "mail.sent_again", guards=[_has_its_words], effects=[_due_again]
        ),
    ),
    otherwise=_l("Somebody else has taken a step in the meantime. The page shows what is true now."),
)  # fmt: skip


def queue(message: Message) -> None:
    """Put a mail into the outbox of the running transaction; a dedupe key that is known already changes nothing.

    One that its mailbox does not want lies there too, in a state that says so, and is not sent.
    """
    if not in_transaction():
        raise RuntimeError("A mail belongs to the transaction that causes it")
    if not message.to:  # somebody without a mailbox: what it says stands on their page
        return
    payload: Payload = {
        "context": message.context,
        "links": {name: link.as_json() for name, link in message.links.items()},
        "attachments": list(message.attachments),
        "form": message.form,
        "leaves_no_trace": message.leaves_no_trace,
        "asks_address": message.asks_address,
        "reply_to": message.reply_to,
    }
    key = mailbox_key(message.to)
    why = preferences.why_not_queued(message.kind, key, asks_address=message.asks_address)
    values = {
        "dedupe_key": message.dedupe_key,
        "to": key,
        "typed_to": typed_beside(message.to),
        "person_id": message.person_id,
        "lang": message.lang,
        "template": message.template,
        "payload": None if why else json.dumps(payload, ensure_ascii=False, default=frozen_value),
        "message_id": _new_message_id(),
        "kind": message.kind,
        "concerns": message.concerns or None,
        "state": MAILS.born(MailState.UNWANTED if why else MailState.QUEUED),
        "refusal": why,
    }
    if changed_rows(db.session, _once(engine_name()), values) and why is None:
        after_commit(_wake)


def _new_message_id() -> str:
    host = urlsplit(CONFIG.get().base_url).hostname or "localhost"
    return f"<{secrets.token_hex(16)}@{host}>"


def _wake() -> None:
    """Tell the worker that mail is waiting; its own sweep would find it too."""
    jobs.wake("mail")


@cache
def _once(engine: str) -> Upsert:
    return insert_into(Mail, engine).on_conflict_do_nothing(index_elements=["dedupe_key"])


def waiting(dedupe_keys: Sequence[str]) -> list[str]:
    """Those of these mails that are not sent yet."""
    known = Mail.dedupe_key.in_(dedupe_keys)
    return list(db.session.scalars(sa.select(Mail.dedupe_key).where(known, Mail.state == MailState.QUEUED)))


def withdraw(dedupe_keys: Sequence[str]) -> None:
    """Take back mails that are not sent yet; of those that are, no words stay (inside a transaction)."""
    known = Mail.dedupe_key.in_(dedupe_keys)
    db.session.execute(sa.delete(Mail).where(known, Mail.state == MailState.QUEUED))
    db.session.execute(sa.update(Mail).where(known).values(text=None, html=None, source=None, payload=None))


def has_key(key: str) -> sa.ColumnElement[bool]:
    """Is a mail queued under this key, alone or with what tells one from the next?"""
    return sa.or_(Mail.dedupe_key == key, Mail.dedupe_key.startswith(f"{key}:", autoescape=True))


def follow(keys: Sequence[str], address: str) -> None:
    """What waits under one of these keys (see `has_key`) goes to this address. What went to another one before is not sent
    there again: its links would be new (inside a transaction)."""
    known = sa.or_(sa.false(), *map(has_key, keys))
    queued = sa.and_(known, Mail.state == MailState.QUEUED)
    db.session.execute(sa.update(Mail).where(queued).values(to=mailbox_key(address), typed_to=typed_beside(address)))
    db.session.execute(sa.update(Mail).where(known, Mail.state == MailState.FAILED).values(payload=None))


def withdraw_at(address: str, template: str, concerns: str) -> None:
    """Take back what is made from this template, concerns this thing and waits for, or did not arrive at, a mailbox (inside
    a transaction)."""
    known = sa.and_(Mail.to == mailbox_key(address), Mail.template == template, Mail.concerns == concerns)
    db.session.execute(sa.delete(Mail).where(known, Mail.state == MailState.QUEUED))
    db.session.execute(sa.update(Mail).where(known).values(payload=None))


def withdraw_from(person_id: int, templates: Sequence[str]) -> None:
    """Take back what waits for a person and is made from one of these templates (inside a transaction)."""
    theirs = sa.and_(Mail.person_id == person_id, Mail.template.in_(templates))
    db.session.execute(sa.delete(Mail).where(theirs, Mail.state == MailState.QUEUED))
    db.session.execute(sa.update(Mail).where(theirs).values(payload=None))  # nor is one sent again that failed


def remove_about(
    concerns: str, *, keys: Collection[str], mailboxes: Collection[str] = (), people: Collection[int] = ()
) -> None:
    """Delete what concerns a thing and is under one of these keys (see `has_key`; each has one colon) or went to one of these
    mailboxes or people, sent or not (inside a transaction)."""
    known = sa.select(Mail.id, Mail.dedupe_key, Mail.to, Mail.person_id).where(Mail.concerns == concerns)
    found = [
        row.id
        for row in db.session.execute(known)
        if row.to in mailboxes or row.person_id in people or ":".join(row.dedupe_key.split(":", 2)[:2]) in keys
    ]
    for numbers in in_batches(found, 1000):
        db.session.execute(
            sa.delete(Mail).where(Mail.id.in_(numbers)), execution_options={"synchronize_session": False}
        )


def redirect(person_id: int, *, old: str, new: str, besides: str) -> None:
    """What waits for a person at the mailbox with the key `old` goes to the address `new` (inside a transaction).

    All but the mails whose template begins with `besides`.
    """
    waiting = sa.and_(Mail.person_id == person_id, Mail.state == MailState.QUEUED, Mail.to == old)
    db.session.execute(
        sa.update(Mail)
        .where(waiting, ~Mail.template.startswith(besides, autoescape=True))
        .values(to=mailbox_key(new), typed_to=typed_beside(new))
    )


def listed(to: str | None = None, limit: int = 1000) -> list[Mail]:
    """The latest mails, newest first, to one address or to all."""
    query = sa.select(Mail).order_by(Mail.id.desc()).limit(limit)
    if to is not None:
        query = query.where(Mail.to == mailbox_key(to))
    return list(db.session.scalars(query))

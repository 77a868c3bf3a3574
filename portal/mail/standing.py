"""Mailboxes from which mail came back: after one report that it never will arrive, or three that it did not, only mails
about the account go there, until somebody shows that they read it again."""

import datetime as dt
from collections.abc import Collection, Iterable
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime, db, in_transaction
from portal.ground.mailboxes import mailbox_key
from portal.ground.statements import Upsert, changed_rows, engine_name, in_batches, insert_into, table

SOFT = 3  # so many reports of a mail that did not arrive, each of another mail, and the mailbox is marked
SOFT_KEPT = dt.timedelta(days=90)  # a report that is so old says nothing about today
MARK_KEPT = dt.timedelta(days=365)  # after it the portal tries once more
AT_ONCE = 500  # mailboxes in one query


class BouncedMailbox(Model):
    """What reports have said of a mailbox. `marked_at` is NULL as long as too few have."""

    __tablename__ = "bounced_mailbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(320), unique=True)  # the key
    reports: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    marked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    code: Mapped[str] = mapped_column(sa.String(12))  # of the last report, as in RFC 3463: 5.1.1

    __table_args__ = UNSEEN


def note_report(email: str, *, is_hard: bool, code: str) -> bool:
    """Count a report about the mailbox with this key (inside a transaction); is it marked now?"""
    session, now = db.session, clock.now()
    session.execute(_once(engine_name()), {"email": email, "reports": 0, "last_at": now, "code": code})
    row = session.scalars(sa.select(BouncedMailbox).where(BouncedMailbox.email == email).with_for_update()).one()
    row.reports = 1 if row.last_at < now - SOFT_KEPT else row.reports + 1
    row.last_at, row.code = now, code
    if is_hard or row.reports >= SOFT:
        row.marked_at = row.marked_at or now
    session.flush()
    return row.marked_at is not None


def marked(mailboxes: Iterable[str]) -> set[str]:
    """Which of these mailboxes, by their keys, are marked."""
    found: set[str] = set()
    for keys in in_batches(sorted({mailbox_key(one) for one in mailboxes}), AT_ONCE):
        found.update(db.session.scalars(_MARKED, {"keys": keys}))
    return found


_MARKED = sa.select(BouncedMailbox.email).where(
    BouncedMailbox.email.in_(sa.bindparam("keys", expanding=True)), BouncedMailbox.marked_at.is_not(None)
)


def is_read_again(address: str) -> None:
    """Somebody has shown that they read this mailbox: what was said of it counts no more (inside a transaction)."""
    if not in_transaction():
        raise RuntimeError("A mark ends in the transaction of what ends it")
    db.session.execute(_FORGET, {"key": mailbox_key(address)})


_FORGET = sa.delete(table(BouncedMailbox)).where(table(BouncedMailbox).c.email == sa.bindparam("key"))


def listed(emails: Collection[str] | None = None) -> list[BouncedMailbox]:
    """The marked mailboxes, the latest first: all, or those among these keys."""
    query = sa.select(BouncedMailbox).where(BouncedMailbox.marked_at.is_not(None))
    if emails is not None:
        query = query.where(BouncedMailbox.email.in_(emails))
    return list(db.session.scalars(query.order_by(BouncedMailbox.marked_at.desc(), BouncedMailbox.id.desc())))


def remove_old_reports() -> int:
    """Forget what was said long ago; returns of how many mailboxes (inside a transaction)."""
    now = clock.now()
    few = sa.and_(BouncedMailbox.marked_at.is_(None), BouncedMailbox.last_at < now - SOFT_KEPT)
    over = sa.or_(few, BouncedMailbox.last_at < now - MARK_KEPT)
    return changed_rows(db.session, sa.delete(BouncedMailbox).where(over), options={"synchronize_session": False})


@cache
def _once(engine: str) -> Upsert:
    return insert_into(BouncedMailbox, engine).on_conflict_do_nothing(index_elements=["email"])

"""Which kinds of mail a mailbox does not want. The outbox asks when a mail is queued and again when it is sent.

A choice belongs to the mailbox and not to the person: it holds with an account and without one, and before anybody knows
whose mailbox it is. It is kept under a pseudonym, so that an objection outlasts what is known of the person who made it.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime, db
from portal.ground.errors import Unreadable
from portal.ground.mailboxes import mailbox_key
from portal.ground.statements import Upsert, engine_name, in_batches, insert_into
from portal.mail import standing
from portal.mail.kinds import Frequency, Kind, Reason, optional_kinds
from portal.mail.pseudonyms import pseudonym, pseudonyms

log = logging.getLogger(__name__)


class How(StrEnum):
    """By which way a choice came."""

    ACCOUNT = "account"  # on the page of the account
    LINK = "link"  # on the page behind the link of a mail
    ONE_CLICK = "one-click"  # by a mail program, RFC 8058
    MOVED = "moved"  # it came along from the address before


class MailPreference(Model):
    """How often a mailbox gets a kind of mail, where that is not what everybody gets."""

    __tablename__ = "mail_preference"
    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox: Mapped[str] = mapped_column(sa.String(64))  # a pseudonym, see `pseudonyms`
    kind: Mapped[str] = mapped_column(sa.String(30))
    frequency: Mapped[str] = mapped_column(sa.String(12))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    how: Mapped[str] = mapped_column(sa.String(12))

    __table_args__ = (
        sa.UniqueConstraint("mailbox", "kind"),
        sa.CheckConstraint(f"kind IN ({', '.join(repr(str(kind)) for kind in Kind)})", name="kind"),
        sa.CheckConstraint("frequency IN ('immediate', 'weekly', 'never')", name="frequency"),
        sa.CheckConstraint("how IN ('account', 'link', 'one-click', 'moved')", name="how"),
        UNSEEN,
    )


def refusing(kind: Kind, mailboxes: Iterable[str]) -> set[str]:
    """Those of these addresses that get no mail of this kind: they do not want it, or mail to them comes back.

    In the spelling that was given. For a preview that counts: the outbox asks by itself.
    """
    given = {address: mailbox_key(address) for address in mailboxes}
    why = reasons(kind, given.values())
    return {address for address, key in given.items() if key in why}


def reasons(kind: Kind, keys: Iterable[str], *, asks_address: bool = False) -> dict[str, Reason]:
    """{key: why it gets no mail of this kind}, for the keys of mailboxes that get none.

    Mails about the account go everywhere, and so do those that ask whether an address is somebody's (`asks_address`).
    """
    if kind == Kind.ACCOUNT:
        return {}
    known = set(keys)
    why = {} if asks_address else dict.fromkeys(standing.marked(known), Reason.BOUNCING)
    if not kind.is_essential:
        why |= dict.fromkeys(_unwanted(kind, known), Reason.UNWANTED)
    return why


def _unwanted(kind: Kind, keys: set[str]) -> set[str]:
    found: set[str] = set()
    for some in in_batches(sorted(keys), standing.AT_ONCE):
        names = pseudonyms(set(some))
        if names:
            known = db.session.scalars(_NEVER, {"mailboxes": list(names), "kind": str(kind)})
            found.update(names[mailbox] for mailbox in known)
    return found


_NEVER = sa.select(MailPreference.mailbox).where(
    MailPreference.mailbox.in_(sa.bindparam("mailboxes", expanding=True)),
    MailPreference.kind == sa.bindparam("kind"),
    MailPreference.frequency == Frequency.NEVER,
)


def of_mailbox(address: str) -> dict[Kind, Frequency]:
    """How often a mailbox gets each kind that one can do without and that this portal sends."""
    rows = db.session.execute(
        sa.select(MailPreference.kind, MailPreference.frequency).where(
            MailPreference.mailbox.in_(list(pseudonyms({address})))
        )
    )
    chosen = {kind: Frequency(frequency) for kind, frequency in rows}
    return {kind: chosen.get(kind, Frequency.IMMEDIATE) for kind in optional_kinds()}


def choose(address: str, wanted: Mapping[Kind, Frequency], *, how: How) -> None:
    """Note how often a mailbox wants each of these kinds (inside a transaction). What says nothing new changes nothing.

    Raises ValueError for a kind that is always sent.
    """
    if any(kind.is_essential for kind in wanted):
        raise ValueError("A kind that is always sent cannot be chosen")
    present = of_mailbox(address)
    new = {kind: frequency for kind, frequency in wanted.items() if present.get(kind) != frequency}
    if not new:
        return
    mailbox = pseudonym(address)
    rows = [
        {"mailbox": mailbox, "kind": str(kind), "frequency": str(frequency), "since": clock.now(), "how": str(how)}
        for kind, frequency in sorted(new.items())
    ]
    db.session.execute(_put(engine_name()), rows)


def follow(old: str, new: str) -> None:
    """The owner of one mailbox reads another from now on: choices come along, and hold for the old one too, which may
    have other readers (inside a transaction)."""
    chosen = {kind: wish for kind, wish in of_mailbox(old).items() if wish != Frequency.IMMEDIATE}
    choose(new, chosen, how=How.MOVED)


def why_not(kind: str, key: str, *, asks_address: bool) -> Reason | None:
    """Why the mailbox with this key gets no mail of this kind, or None when it gets it.

    What cannot be asked while a setting is lost is asked again before the mail is sent.
    """
    return reasons(Kind(kind), [key], asks_address=asks_address).get(key)


def why_not_queued(kind: str, key: str, *, asks_address: bool) -> Reason | None:
    """The same for a use-case, which does not fail because a setting is lost: the mail is asked about when it is sent."""
    try:
        return why_not(kind, key, asks_address=asks_address)
    except Unreadable:
        log.error("preferences of mail cannot be read")
        return None


@cache
def _put(engine: str) -> Upsert:
    new = insert_into(MailPreference, engine)
    changed = {name: new.excluded[name] for name in ("frequency", "since", "how")}
    return new.on_conflict_do_update(index_elements=["mailbox", "kind"], set_=changed)

"""Whom a message reaches: asked anew each time, so that who joins or leaves counts at once.

Somebody belongs to those who get it if they belong to the audience when their turn comes. The sending ends when nobody in
the audience is left who had no turn: who joins before that gets it, who leaves before their turn does not.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.declaration import Audience
from portal.ground.db import db
from portal.mail import Kind, Reason, preferences
from portal.messages.models import Delivered, Delivery, Message
from portal.messages.queries.places import narrowings_of
from portal.words.i18n import LANGUAGES

_LEFT_OUT: Mapping[Reason, Delivered] = {Reason.BOUNCING: Delivered.UNREACHED}


@dataclass(frozen=True, slots=True)
class Share:
    """Those who read one language, and the language in which they get the words."""

    reads: str
    people: int
    shown: str

    @property
    def is_other(self) -> bool:
        return self.reads != self.shown


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a message would reach now, and whom not."""

    shares: Sequence[Share]
    skipped: Mapping[Delivered, int]

    @property
    def people(self) -> int:
        """How many would get it."""
        return sum(share.people for share in self.shares)

    @property
    def others(self) -> int:
        """How many of them in a language that they do not read as a rule."""
        return sum(share.people for share in self.shares if share.is_other)


def reach(message: Message, kind: Kind, audience: Audience) -> Reach:
    """Whom it would reach if it were sent at this moment; people who had their turn are left out."""
    rows = db.session.execute(_left(message, audience).with_only_columns(Person.locale, Person.email)).all()
    refusing = refused(kind, [email for _locale, email in rows if email])
    reads: Counter[str] = Counter()
    skipped: Counter[Delivered] = Counter()
    for locale, email in rows:
        reason = Delivered.NO_ADDRESS if not email else refusing.get(email)
        if reason is None:
            reads[locale] += 1
        else:
            skipped[reason] += 1
    shares = [Share(code, reads[code], message.body.shown_in(code).lang) for code in LANGUAGES if reads[code]]
    return Reach(shares, skipped)


def left(message: Message, audience: Audience, limit: int) -> Sequence[int]:
    """The numbers of the next people whose turn it is."""
    return db.session.scalars(
        _left(message, audience).with_only_columns(Person.id).order_by(Person.id).limit(limit)
    ).all()


def left_count(message: Message, audience: Audience) -> int:
    """How many people have their turn still to come."""
    return db.session.scalar(_left(message, audience).with_only_columns(sa.func.count())) or 0


def _left(message: Message, audience: Audience) -> sa.Select[int]:
    """Those in the audience for whom nothing has been decided yet."""
    had = sa.exists().where(Delivery.message_id == message.id, Delivery.person_id == Person.id)
    found = sa.select(Person.id).where(Person.id.in_(audience.people(message.sender_number)), ~had)
    for narrowing, option in narrowings_of(message):
        found = found.where(Person.id.in_(narrowing.people(message.sender_number, option)))
    return found


def refused(kind: Kind, mailboxes: Collection[str]) -> Mapping[str, Delivered]:
    """Which of these mailboxes (their keys) get no mail of this kind, and why. Raises Unreadable while a key is missing."""
    why = preferences.reasons(kind, mailboxes)
    return {mailbox: _LEFT_OUT.get(reason, Delivered.UNWANTED) for mailbox, reason in why.items()}

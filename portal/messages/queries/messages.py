"""Messages by number and of a sender, and how far each is."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground.db import db
from portal.messages.models import Delivered, Delivery, Message, MessageStatus
from portal.messages.queries.places import Place
from portal.tasks.models import Task


def message(number: int) -> Message | None:
    """One message."""
    return db.session.get(Message, number)


def count_of(place: Place) -> int:
    """How many messages there are in the name of something."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Message).where(*_of(place))) or 0


def messages_of(place: Place, *, offset: int, limit: int) -> Sequence[tuple[Message, Person | None]]:
    """A part of them with who sent each, or wrote it: drafts first, then the latest."""
    rows = db.session.execute(
        sa.select(Message, Person)
        .outerjoin(Person, Person.id == sa.func.coalesce(Message.sent_by, Message.author_id))
        .where(*_of(place))
        .order_by(Message.status != MessageStatus.DRAFT, Message.sent_at.desc(), Message.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [(found, person) for found, person in rows]


def drafts_of(place: Place) -> int:
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Message)
            .where(*_of(place), Message.status == MessageStatus.DRAFT)
        )
        or 0
    )  # fmt: skip


def sent_since(place: Place, moment: dt.datetime) -> int:
    """How many messages were begun to be sent after a moment."""
    return (
        db.session.scalar(
            sa.select(sa.func.count()).select_from(Message).where(*_of(place), Message.sent_at > moment)
        )
        or 0
    )  # fmt: skip


def became(numbers: Sequence[int]) -> Mapping[int, Counter[str]]:
    """What became of each of these messages: how many people by `Delivered`; one query for all."""
    found: dict[int, Counter[str]] = {number: Counter() for number in numbers}
    if not numbers:
        return found
    rows = db.session.execute(
        sa.select(Delivery.message_id, Delivery.became, sa.func.count())
        .where(Delivery.message_id.in_(numbers))
        .group_by(Delivery.message_id, Delivery.became)
    )
    for number, code, count in rows:
        found[number][code] = count
    return found


def written_in(number: int) -> Sequence[tuple[str, int, int]]:
    """(language of the words, people who got them, of whom so many read another language) of a message."""
    other = sa.func.sum(sa.case((Delivery.lang != Delivery.locale, 1), else_=0))
    rows = db.session.execute(
        sa.select(Delivery.lang, sa.func.count(), other)
        .where(Delivery.message_id == number, Delivery.became == Delivered.WRITTEN)
        .group_by(Delivery.lang)
        .order_by(Delivery.lang)
    )
    return [(lang, people, int(others)) for lang, people, others in rows]


def task_of(found: Message) -> Task | None:
    """The work of sending it, as long as that is remembered."""
    return db.session.get(Task, found.task_id) if found.task_id is not None else None


def person_behind(found: Message) -> Person | None:
    """Who sent it, or wrote it."""
    number = found.sent_by or found.author_id
    return db.session.get(Person, number) if number is not None else None


def _of(place: Place) -> tuple[sa.ColumnElement[bool], ...]:
    return Message.sender == place.kind.code, Message.sender_number == place.number

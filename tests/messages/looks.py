"""What became of a message, read anew: shared by the tests of messages."""

from collections import Counter

import sqlalchemy as sa

from portal import mail
from portal.accounts.models import Person
from portal.ground.db import db
from portal.messages import queries, services
from portal.messages.models import Message
from portal.tasks.models import Task


def now(message: Message) -> Message:
    db.session.rollback()
    return db.session.get_one(Message, message.id, populate_existing=True)


def receivers(message: Message) -> Counter[int | None]:
    """Who has a mail of this message in the outbox, and how many."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(mail.Mail).where(mail.Mail.dedupe_key.startswith(f"message:{message.id}:")))
    return Counter(row.person_id for row in rows)


def once(people: list[Person]) -> Counter[int | None]:
    return Counter(person.id for person in people)


def became(message: Message) -> dict[str, int]:
    return dict(queries.became([message.id])[message.id])


def reach_of(message: Message) -> queries.Reach:
    place, audience = queries.place_of(message), queries.audience_of(message)
    assert place is not None and audience is not None
    return queries.reach(message, place.kind.mail, audience)


def send(message: Message, by: Person) -> Task:
    return services.send(message, version=now(message).row_version, by=by)

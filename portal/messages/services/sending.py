"""Sending a message: one press of a button, then a task that gives each person of the audience their turn, once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from portal import mail
from portal.accounts.models import Person
from portal.declaration import Audience
from portal.ground import clock, limits
from portal.ground.authz import PORTAL, Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.messages import mails, queries
from portal.messages.models import Delivered, Delivery, Message, MessageStatus
from portal.messages.policies import Permission
from portal.messages.queries import Place
from portal.messages.services.states import MESSAGES
from portal.tasks import services as tasks
from portal.tasks.models import Task
from portal.words.i18n import _l, _ln

TASK = "message"
GONE = "gone"  # the sender or the audience is there no more
MOST_A_DAY = 5  # messages in the name of one sender within 24 hours
DAY = dt.timedelta(days=1)
Arguments: TypeAlias = Mapping[str, object]

CHANGED = _l("The words have been changed since you opened this page. Read them again and send them then.")
NOBODY = _l("Nobody would get this message. Choose other recipients.")


def send_test(message: Message, *, by: Person) -> int:
    """Send it to `by` alone, in each language that it has; returns in how many. Raises TooMany."""
    limits.check("test", address=by.address)
    with transaction():
        row = locked(Message, message.id)
        demand(Permission.SEND, row, by=by)
        place, audience = _whose(row)
        languages = row.body.languages
        for code in languages:
            mail.queue(mails.test(row, place, audience, by, code))
        return len(languages)


def send(message: Message, *, version: int, by: Person | Portal) -> Task:
    """Begin to send what was read in `version`; pressed twice it is sent once.

    Raises Conflict when it is on its way or was changed since, Refusal when nobody would get it or when so many messages
    were sent within a day that people would stop reading them.
    """
    with transaction():
        row = locked(Message, message.id)
        demand(Permission.SEND, row, by=by)
        if row.status != MessageStatus.DRAFT:
            raise Conflict(MESSAGES.otherwise)
        if row.row_version != version:
            raise Conflict(CHANGED)
        place, audience = _whose(row)
        locked(place.kind.model, place.number)  # so that two messages are not both the last one of the day
        if queries.sent_since(place, clock.now() - DAY) >= MOST_A_DAY:
            raise Refusal(TOO_MANY)
        if not queries.reach(row, place.kind.mail, audience).people:
            raise Refusal(NOBODY)
        change_state(MESSAGES, row, MessageStatus.SENDING, by=by)
        return _begin(row, by)


TOO_MANY = _ln(
    "Within 24 hours %(n)s message can be sent in this name, and it has been sent. The draft is kept for later.",
    "Within 24 hours %(n)s messages can be sent in this name, and they have been sent. The draft is kept for later.",
    MOST_A_DAY,
)


def resume(message: Message, *, by: Person | Portal) -> Task:
    """Go on with a message that was stopped: whoever has it does not get it again. Raises Conflict when it is not stopped."""
    with transaction():
        row = locked(Message, message.id)
        demand(Permission.SEND, row, by=by)
        if row.status != MessageStatus.STOPPED:
            raise Conflict(MESSAGES.otherwise)
        change_state(MESSAGES, row, MessageStatus.SENDING, by=by)
        return _begin(row, by)


def stop(message: Message, *, by: Person | Portal) -> None:
    """Send it to nobody more; whoever may write in its name may do so, not only who sent it."""
    with transaction() as session:
        row = session.get_one(Message, message.id, populate_existing=True)
        demand(Permission.SEND, row, by=by)
        task = queries.task_of(row)
        if row.status != MessageStatus.SENDING:
            raise Conflict(_l("This message is not being sent at the moment."))
        if task is not None and task.is_open:
            tasks.cancel(
                task, by=PORTAL
            )  # which stops the message: the worker too takes first the task, then the message
        else:  # its task is gone, or could not say its end: nobody sends it
            change_state(MESSAGES, locked(Message, row.id), MessageStatus.STOPPED, by=PORTAL)


def _begin(row: Message, by: Person | Portal) -> Task:
    task = tasks.start(TASK, arguments={"message": row.id}, by=by)
    row.task_id = task.id
    db.session.flush()
    return task


def _whose(row: Message) -> tuple[Place, Audience]:
    place, audience = queries.place_of(row), queries.audience_of(row)
    if place is None or audience is None:
        raise Conflict(_l("Those who were to get this message cannot be found any more. Choose other recipients."))
    return place, audience


# --- the task -------------------------------------------------------------------------------------------------------------


def total(arguments: Arguments) -> int:
    """How many people have their turn still to come."""
    message, _place, audience = _sending(arguments)
    return queries.left_count(message, audience)


def following(arguments: Arguments, after: int, limit: int) -> Sequence[int]:
    """Whose turn is next. What was decided for a person is stored, so it does not matter who was the last."""
    message, _place, audience = _sending(arguments)
    return queries.left(message, audience, limit)


def deliver(arguments: Arguments, person_id: int) -> None:
    """Give one person their turn: a mail in the outbox, or the reason why not; nothing for who has left meanwhile."""
    message, place, audience = _sending(arguments)
    person = db.session.get_one(Person, person_id)
    refusing = queries.refused(place.kind.mail, [person.email]) if person.email else {}
    became = refusing.get(person.email or "", Delivered.WRITTEN) if person.email else Delivered.NO_ADDRESS
    _note(message, person, became)
    if became == Delivered.WRITTEN:
        mail.queue(mails.to_person(message, place, audience, person))


def spoilt(arguments: Arguments, person_id: int) -> None:
    """The mail of one person could not be made: that is noted, and it is the next one's turn."""
    message, _place, _audience = _sending(arguments)
    _note(message, db.session.get_one(Person, person_id), Delivered.FAILED)


def _note(message: Message, person: Person, became: Delivered) -> None:
    lang = message.body.shown_in(person.locale).lang
    db.session.add(Delivery(message_id=message.id, person_id=person.id, became=became, lang=lang, locale=person.locale))
    db.session.flush()


def ended(arguments: Arguments, state: str) -> Mapping[str, object]:
    """The message is sent, or stopped; and how many got it."""
    number = _number(arguments)
    row = locked(Message, number)
    if row.status == MessageStatus.SENDING:
        change_state(MESSAGES, row, MessageStatus.SENT if state == "done" else MessageStatus.STOPPED, by=PORTAL)
    return {"became": dict(queries.became([number])[number])}


def _sending(arguments: Arguments) -> tuple[Message, Place, Audience]:
    message = queries.message(_number(arguments))
    place = queries.place_of(message) if message else None
    audience = queries.audience_of(message) if message else None
    if message is None or place is None or audience is None:
        raise tasks.CannotGoOn(GONE)
    return message, place, audience


def _number(arguments: Arguments) -> int:
    return int(str(arguments["message"]))

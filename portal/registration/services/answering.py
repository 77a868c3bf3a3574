"""What people answer to the questions of an event: it is about themselves, and goes with them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground.authz import PORTAL, Portal
from portal.ground.db import db
from portal.questions import queries as questions
from portal.questions import rules
from portal.questions import services as answers
from portal.questions.models import AnswerSet
from portal.questions.rules import Value
from portal.questions.services import Filled
from portal.registration.models import Registration


def keep(event: Event, filled: Filled | None, *, by: Person | Portal, known: int | None = None) -> int | None:
    """Keep what was answered to the questions of an event; None where it asks nothing: see `questions.services.keep`."""
    given = filled or {}
    language = given.get("language", event.title.original)
    return answers.keep(
        event.question_set_id, known, given.get("answers", {}), seen=given.get("seen"),
        read_in=given.get("read_in", language), language=language, by=by, personal=True,
    )  # fmt: skip


def confirm(registration: Registration, person: Person) -> None:
    """Whose address is confirmed, whose answers these are: until then they were nobody's."""
    if registration.answer_set_id is not None:
        answers.adopt(registration.answer_set_id, person.id)


def said(registration: Registration) -> dict[str, Value]:
    """What a registration answers today, by the field of the form that shows it."""
    found = questions.answers(registration.answer_set_id)
    return {f"question_{one.question.id}": rules.value_of(one) for one in found}


def theirs(event: Event, registration: Registration) -> dict[str, Value]:
    """The same for whoever edits an older version: what is asked and not answered is told of, too."""
    asked = questions.asked(event.question_set_id, registration.answer_set_id)
    return {**dict.fromkeys(one.field for one in asked), **said(registration)}


def change(event: Event, registration: Registration, filled: Filled | None) -> None:
    """Make the answers of a registration these; None leaves them. Other answers make it another version."""
    if filled is None or event.question_set_id is None:
        return
    before = said(registration)
    by = db.session.get(Person, registration.person_id) if registration.person_id else None
    registration.answer_set_id = keep(event, filled, by=by or PORTAL, known=registration.answer_set_id)
    if said(registration) != before:
        flag_modified(registration, "answer_set_id")


def forget_answers(registrations: sa.ColumnElement[bool]) -> None:
    """Delete what these registrations answered; they themselves stay (inside a transaction)."""
    numbers = answer_sets(registrations)
    if not numbers:
        return
    db.session.execute(
        sa.update(Registration)
        .where(Registration.answer_set_id.in_(numbers))
        .values(answer_set_id=None, row_version=Registration.row_version + 1),
        execution_options={"synchronize_session": False},
    )
    remove(numbers)


def answer_sets(registrations: sa.ColumnElement[bool]) -> Sequence[int]:
    """Under which numbers these registrations have their answers."""
    found = sa.select(Registration.answer_set_id).where(registrations, Registration.answer_set_id.is_not(None))
    return [number for number in db.session.scalars(found) if number is not None]


def remove(numbers: Sequence[int]) -> None:
    """Delete answers that no registration has any more."""
    for number in numbers:
        answers.remove_answers(number)


def answered_by(person_id: int) -> sa.ColumnElement[bool]:
    """The registrations whose answers a person gave, also for somebody who shares the address."""
    given = sa.select(AnswerSet.id).where(AnswerSet.person_id == person_id)
    return Registration.answer_set_id.in_(given)

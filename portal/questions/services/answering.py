"""Keeping what was answered: typed, in the language it was written in, with the words of the question that was read."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.face import media
from portal.face.media import Document, File
from portal.ground import clock
from portal.ground.authz import Portal
from portal.ground.db import Model, transaction
from portal.ground.errors import Conflict, Refusals
from portal.questions import queries, rules
from portal.questions.models import Answer, AnswerChoice, AnswerSet, QuestionSet
from portal.questions.queries import Answered, Asked
from portal.questions.rules import Kept, Value, Values
from portal.words.i18n import _l

CHANGED = _l("The questions have changed since you opened this page. Send the form again to see what is new.")
UNUSED = dt.timedelta(days=1)


class Filled(TypedDict, total=False):
    """A form that was filled in: the values by number of the question, and the language they are written in.

    `seen` are the fingerprints of the questions as they were read in the language `read_in`.
    """

    answers: Values
    language: str
    seen: Mapping[int, str] | None
    read_in: str


def keep(
    set_id: int | None, answer_set_id: int | None, values: Values, *, seen: Mapping[int, str] | None, read_in: str,
    language: str, by: Person | Portal, personal: bool = False,
) -> int | None:  # fmt: skip
    """Keep the answers to today's questions of a set; returns the number under which they are, None without questions.

    `seen` are the fingerprints of the questions as they were read in the language `read_in` (None: whoever answers reads
    them now); `language` is that of the answers. An answer that has not changed stays as it was given. One to a question
    whose condition is not met is not kept. Raises Conflict when the questions are others by now, Refusals with all that is
    wrong. Inside the transaction of the use-case.
    """
    if set_id is None:
        return answer_set_id
    with transaction() as session:
        session.execute(sa.select(QuestionSet.id).where(QuestionSet.id == set_id).with_for_update(read=True))
        asked = queries.asked(set_id, answer_set_id)
        if seen is not None and rules.changes(asked, seen, read_in):
            raise Conflict(CHANGED)
        known = {one.question.id: one for one in queries.answers(answer_set_id)}
        values = {number: _there(value, known.get(number)) for number, value in values.items()}
        if found := rules.faults(asked, values):
            raise Refusals(found)
        number = answer_set_id or _new_set(session, set_id, by, personal)
        applying = {one.id for one in rules.applying(asked, values)}
        for one in asked:
            value = values.get(one.id) if one.id in applying else None
            _keep_one(session, number, one, known.get(one.id), value, (read_in, language), by)
        return number


def adopt(answer_set_id: int, person_id: int) -> None:
    """Answers that somebody gave before it was known who they are: they are this person's from now on."""
    with transaction() as session:
        for model, own in ((AnswerSet, AnswerSet.id), (Answer, Answer.answer_set_id)):
            session.execute(sa.update(model).where(own == answer_set_id).values(person_id=person_id))


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one person answered, the other has answered (inside a transaction)."""
    with transaction() as session:
        for model in (AnswerSet, Answer):
            session.execute(sa.update(model).where(model.person_id == gone_id).values(person_id=kept_id))


def _there(value: Value, known: Answered | None) -> Value:
    """A file that is to stay is there only as long as somebody else has not taken it away."""
    return None if isinstance(value, Kept) and (known is None or known.file is None) else value


def _new_set(session: Session, set_id: int, by: Person | Portal, personal: bool) -> int:
    made = AnswerSet(question_set_id=set_id, person_id=by.id, personal=personal)
    session.add(made)
    session.flush()
    return made.id


def _keep_one(
    session: Session, number: int, one: Asked, known: Answered | None, value: Value, languages: tuple[str, str],
    by: Person | Portal,
) -> None:  # fmt: skip
    if known is not None and rules.is_same(known, value):
        return
    if known is not None:
        _remove(session, known)
    if rules.is_empty(value):
        return
    read_in, language = languages
    question = one.question.text.shown_in(read_in)
    chosen = not isinstance(value, str) or one.kind.has_options
    session.add(
        Answer(
            answer_set_id=number,
            question_id=one.id,
            kind=one.kind,
            text=rules.words_of(one, value, read_in),
            number=value if isinstance(value, Decimal) else None,
            day=value if isinstance(value, dt.date) else None,
            file_id=media.store_document(value, by=by).id if isinstance(value, Document) else None,
            lang=question.lang if chosen else language,
            asked=question.text,
            asked_lang=question.lang,
            asked_version=one.question.row_version,
            person_id=by.id,
            answered_at=clock.now(),
        )
    )
    session.flush()
    for code in rules.codes_of(one, value):
        session.add(AnswerChoice(answer_set_id=number, question_id=one.id, code=code))
    session.flush()


def _remove(session: Session, known: Answered) -> None:
    session.delete(known.answer)
    session.flush()
    if known.file is not None:
        media.remove(known.file)


def remove_answers(answer_set_id: int) -> None:
    """Delete all answers of a form, with their files (inside a transaction)."""
    with transaction() as session:
        for one in queries.answers(answer_set_id):
            _remove(session, one)
        session.execute(sa.delete(AnswerSet).where(AnswerSet.id == answer_set_id))


def remove_answers_to(question_id: int, numbers: Collection[int]) -> None:
    """Delete the answers of these forms to one question, with their files (inside a transaction)."""
    with transaction() as session:
        those = sa.and_(Answer.question_id == question_id, Answer.answer_set_id.in_(numbers))
        files = session.scalars(sa.select(File).join(Answer, Answer.file_id == File.id).where(those)).all()
        session.execute(sa.delete(Answer).where(those), execution_options={"synchronize_session": False})
        session.expire_all()
        for file in files:
            media.remove(file)


def remove_empty(numbers: Collection[int]) -> None:
    """Delete these forms where nothing is answered in them any more (inside a transaction)."""
    with transaction() as session:
        answered = sa.exists().where(Answer.answer_set_id == AnswerSet.id)
        session.execute(
            sa.delete(AnswerSet).where(AnswerSet.id.in_(numbers), ~answered),
            execution_options={"synchronize_session": False},
        )


def remove_unused() -> int:
    """Delete answers that nobody holds any more, because what they belonged to is gone; returns how many forms."""
    held = [
        sa.exists().where(key.parent == AnswerSet.id)
        for table in Model.metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "answer_set.id" and table.name != Answer.__tablename__
    ]
    with transaction() as session:
        old = AnswerSet.created_at < clock.now() - UNUSED
        unused = session.scalars(sa.select(AnswerSet.id).where(old, *(sa.not_(one) for one in held))).all()
        for number in unused:
            remove_answers(number)
        return len(unused)

"""What is asked, and what was answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa

from portal.face.media import File
from portal.ground.db import db
from portal.questions.models import Answer, AnswerChoice, AnswerSet, Condition, Option, Question, QuestionKind

Row = TypeVar("Row", Option, Condition)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is asked: with what can be chosen, and the answer it depends on."""

    question: Question
    options: tuple[Option, ...] = ()
    condition: Condition | None = None

    @property
    def id(self) -> int:
        return self.question.id

    @property
    def kind(self) -> QuestionKind:
        return QuestionKind(self.question.kind)

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"question_{self.question.id}"

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with its question, the options that were chosen, and the file."""

    answer: Answer
    question: Question
    chosen: tuple[Option, ...] = ()
    file: File | None = None

    @property
    def kind(self) -> QuestionKind:
        return QuestionKind(self.question.kind)


def asked(set_id: int | None, answer_set_id: int | None = None) -> Sequence[Asked]:
    """The questions of a set that are asked today, in their order.

    An option that is no longer offered stays possible in the answers that have it (`answer_set_id`).
    """
    if set_id is None:
        return []
    rows = _ordered(set_id, Question.retired_at.is_(None))
    here = sa.select(Question.id).where(Question.question_set_id == set_id, Question.retired_at.is_(None))
    chosen = sa.exists().where(
        AnswerChoice.answer_set_id == answer_set_id,
        AnswerChoice.question_id == Option.question_id,
        AnswerChoice.code == Option.code,
    )
    offered = Option.retired_at.is_(None)
    options = sa.select(Option).where(
        Option.question_id.in_(here), offered if answer_set_id is None else sa.or_(offered, chosen)
    )
    by_question = _by_question(db.session.scalars(options.order_by(Option.question_id, Option.position)).all())
    conditions = _by_question(db.session.scalars(sa.select(Condition).where(Condition.question_id.in_(here))).all())
    return [
        Asked(row, tuple(by_question.get(row.id, ())), next(iter(conditions.get(row.id, ())), None)) for row in rows
    ]


def retired(set_id: int | None) -> Sequence[Question]:
    """The questions of a set that are asked no more."""
    return [] if set_id is None else _ordered(set_id, Question.retired_at.is_not(None))


def every(set_id: int) -> Sequence[Question]:
    """All questions of a set, those that are asked no more too, in their order."""
    return _ordered(set_id, sa.true())


def question(number: int, set_id: int | None) -> Question | None:
    """A question of this set, asked today or not."""
    return db.session.scalar(sa.select(Question).where(Question.id == number, Question.question_set_id == set_id))


def options_of(question_id: int) -> Sequence[Option]:
    """All options of a question, those that are no longer offered too, in their order."""
    query = sa.select(Option).where(Option.question_id == question_id)
    return db.session.scalars(query.order_by(Option.position, Option.code)).all()


def condition_of(question_id: int) -> Condition | None:
    return db.session.get(Condition, question_id)


def conditions_on(question_id: int) -> Sequence[Condition]:
    """What depends on a question."""
    return db.session.scalars(sa.select(Condition).where(Condition.on_id == question_id)).all()


def is_answered(question_id: int) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(Answer.question_id == question_id))))


def answers(answer_set_id: int | None) -> Sequence[Answered]:
    """The answers of a form with all that they need to be read, in the order of the questions."""
    return [] if answer_set_id is None else answers_of_many([answer_set_id]).get(answer_set_id, [])


def answers_of_many(numbers: Collection[int] | sa.Select[int | None]) -> Mapping[int, Sequence[Answered]]:
    """The same of many forms, by their numbers; two statements for all of them."""
    rows = db.session.execute(
        sa.select(Answer, Question, File)
        .join(Question, Question.id == Answer.question_id)
        .outerjoin(File, File.id == Answer.file_id)
        .where(Answer.answer_set_id.in_(numbers))
        .order_by(Question.position, Question.id, Answer.answer_set_id)
    ).all()
    chosen = sa.select(AnswerChoice.answer_set_id, Option).join(
        Option, sa.and_(AnswerChoice.question_id == Option.question_id, AnswerChoice.code == Option.code)
    )
    options: dict[tuple[int, int], list[Option]] = {}
    in_order = chosen.where(AnswerChoice.answer_set_id.in_(numbers)).order_by(Option.question_id, Option.position)
    for number, option in db.session.execute(in_order):
        options.setdefault((number, option.question_id), []).append(option)
    found: dict[int, list[Answered]] = {}
    for row, asked_, file in rows:
        number = row.answer_set_id
        one = Answered(row, asked_, tuple(options.get((number, asked_.id), ())), file)
        found.setdefault(number, []).append(one)
    return found


def answered_file(answer_set_id: int | None, question_id: int) -> Answered | None:
    """The answer to a question of the kind file, or None."""
    found = (one for one in answers(answer_set_id) if one.question.id == question_id and one.file is not None)
    return next(found, None)


def personal_of(person_id: int) -> Sequence[AnswerSet]:
    """The forms in which a person has answered about themselves."""
    return db.session.scalars(sa.select(AnswerSet).where(AnswerSet.person_id == person_id, AnswerSet.personal)).all()


def _ordered(set_id: int, which: sa.ColumnElement[bool]) -> Sequence[Question]:
    query = sa.select(Question).where(Question.question_set_id == set_id, which)
    return db.session.scalars(query.order_by(Question.position, Question.id)).all()


def _by_question(rows: Sequence[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.question_id, []).append(row)
    return found

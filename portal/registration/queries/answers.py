"""What people who take part have answered to the questions of their event."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.questions import queries as questions
from portal.questions.models import AGREED, Answer, AnswerChoice, QuestionKind
from portal.questions.queries import Answered
from portal.registration.models import Registration


def answers_of(event_id: int) -> Mapping[int, Sequence[Answered]]:
    """Everything that was answered at an event, by the number of the answers; two statements, however many take part."""
    numbers = sa.select(Registration.answer_set_id).where(Registration.event_id == event_id)
    return questions.answers_of_many(numbers)


def answered(question_id: int, code: str) -> sa.ColumnElement[bool]:
    """The registrations in which this option of a question was chosen, or with `AGREED` this consent was given.

    Each event has questions of its own: one of another event holds of nobody.
    """
    if code == AGREED:
        return sa.exists().where(
            Answer.answer_set_id == Registration.answer_set_id, Answer.question_id == question_id,
            Answer.kind == QuestionKind.CONSENT,
        )  # fmt: skip
    return sa.exists().where(
        AnswerChoice.answer_set_id == Registration.answer_set_id, AnswerChoice.question_id == question_id,
        AnswerChoice.code == code,
    )  # fmt: skip

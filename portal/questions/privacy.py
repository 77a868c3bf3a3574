"""What answers hold about people: those about themselves go with them, those given for an organisation name nobody then."""

import sqlalchemy as sa

from portal.privacy import Condition, Fate, Holding, Part, Subject, Trace
from portal.questions import queries, services
from portal.questions.models import Answer, AnswerSet
from portal.words.i18n import _l

_PERSONAL = sa.select(AnswerSet.id).where(AnswerSet.personal)


def _own_sets(subject: Subject) -> Condition:
    return sa.and_(AnswerSet.person_id == subject.person_id, AnswerSet.personal)


def _sets_of_others(subject: Subject) -> Condition:
    return sa.and_(AnswerSet.person_id == subject.person_id, sa.not_(AnswerSet.personal))


def _own_answers(subject: Subject) -> Condition:
    own = sa.select(AnswerSet.id).where(_own_sets(subject))
    return Answer.answer_set_id.in_(own)


def _answers_of_others(subject: Subject) -> Condition:
    return sa.and_(Answer.person_id == subject.person_id, Answer.answer_set_id.not_in(_PERSONAL))


def _leave(subject: Subject) -> None:
    """With the rows go the files, which the rows alone would leave behind."""
    for one in queries.personal_of(subject.person_id):
        services.remove_answers(one.id)


PART = Part(
    holdings=(
        Holding(
            AnswerSet,
            _l("Forms with questions that were filled in: when, and which."),
            (
                Trace((AnswerSet.person_id,), _own_sets, Fate.GONE),
                Trace((AnswerSet.person_id,), _sets_of_others, Fate.UNNAMED),
            ),
        ),
        Holding(
            Answer,
            _l("Answers to questions, with the words of the question and the language of the answer."),
            (
                Trace((Answer.person_id,), _own_answers, Fate.GONE),
                Trace((Answer.person_id,), _answers_of_others, Fate.UNNAMED),
            ),
        ),
    ),
    leave=_leave,
    kept=(
        _l(
            "Answers given for an organisation are kept with its application. Answers about a person go with the account."
        ),
    ),
)

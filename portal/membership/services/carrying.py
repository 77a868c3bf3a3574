"""What code of 0.1.0 still writes while nodes are exchanged: its questions and answers become typed ones.

The migration has carried all that was there. This finds what came since, until the tables of 0.1.0 go with a release.
Not found is what an old node changes in a row that is carried already.
"""

import sqlalchemy as sa

from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.locks import locked
from portal.membership.models import EarlierAnswer, EarlierQuestion, Membership, MembershipEvent, Network
from portal.questions.models import Answer, AnswerSet, Question, QuestionKind
from portal.questions.services import set_of


def carry_over() -> int:
    """Carry what is not carried yet; returns how many questions and applications that were."""
    asked = sa.select(EarlierQuestion.id).where(EarlierQuestion.question_id.is_(None)).order_by(EarlierQuestion.id)
    answered = sa.exists().where(EarlierAnswer.membership_id == Membership.id)
    given = sa.select(Membership.id).where(Membership.answer_set_id.is_(None), answered).order_by(Membership.id)
    done = each("earlier questions", db.session.scalars(asked).all(), _question)
    return done + each("earlier answers", db.session.scalars(given).all(), _answers)


def _question(number: int) -> int:
    with transaction() as session:
        old = session.get_one(EarlierQuestion, number)
        network = locked(Network, old.network_id)
        new = Question(
            question_set_id=set_of(network), position=old.position, kind=QuestionKind.LONG_TEXT, text=old.text,
            hint=old.hint, required=old.required, retired_at=old.retired_at,
        )  # fmt: skip
        session.add(new)
        session.flush()
        old.question_id = new.id
    return 1


def _answers(number: int) -> int:
    with transaction() as session:
        membership = locked(Membership, number)
        network = locked(Network, membership.network_id)
        first = sa.select(MembershipEvent.actor_id).where(MembershipEvent.membership_id == number)
        person = session.scalar(first.order_by(MembershipEvent.id).limit(1))
        made = AnswerSet(question_set_id=set_of(network), person_id=person, created_at=membership.applied_at)
        session.add(made)
        session.flush()
        rows = session.execute(
            sa.select(EarlierAnswer, Question)
            .join(EarlierQuestion, EarlierQuestion.id == EarlierAnswer.question_id)
            .join(Question, Question.id == EarlierQuestion.question_id)
            .where(EarlierAnswer.membership_id == number, EarlierAnswer.text != "")
        )
        for old, question in rows.all():
            session.add(
                Answer(
                    answer_set_id=made.id, question_id=question.id, kind=question.kind, text=old.text, lang=old.lang,
                    asked=question.text.source, asked_lang=question.text.original, asked_version=question.row_version,
                    answered_at=membership.applied_at, person_id=person,
                )
            )  # fmt: skip
        membership.answer_set_id = made.id
    return 1

"""A set of questions once more: for a copy of whoever asks, and without what anybody has answered."""

from sqlalchemy.orm import Session

from portal.ground.db import transaction
from portal.questions import queries
from portal.questions.fields import FIELDS
from portal.questions.models import Condition, Option, Question
from portal.questions.queries import Asked
from portal.questions.services.building import create_set


def copy_set(set_id: int | None) -> int | None:
    """A new set with today's questions, their answers to choose from and conditions, in all languages; None for none.

    What is asked or offered no longer is not in it. Inside the transaction of the use-case.
    """
    asked = queries.asked(set_id)
    if not asked:
        return None
    with transaction() as session:
        made = create_set()
        numbers = {one.id: _question(session, one, made) for one in asked}
        for one in asked:
            if one.condition is not None:
                session.add(
                    Condition(
                        question_id=numbers[one.id], on_id=numbers[one.condition.on_id], on_kind=one.condition.on_kind,
                        code=one.condition.code,
                    )
                )  # fmt: skip
        session.flush()
        return made


def _question(session: Session, one: Asked, set_id: int) -> int:
    row = one.question
    given = {name: getattr(row, name) for name in FIELDS[one.kind].columns}
    made = Question(question_set_id=set_id, kind=row.kind, position=row.position, **given)
    session.add(made)
    session.flush()
    for option in one.options:
        session.add(Option(question_id=made.id, code=option.code, position=option.position, text=option.text))
    session.flush()
    return made.id

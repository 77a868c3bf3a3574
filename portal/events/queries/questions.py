"""What an event asks those who register."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.events.models import Event
from portal.ground.db import db
from portal.questions import queries as questions
from portal.questions.models import Question
from portal.questions.queries import Asked


@dataclass(frozen=True, slots=True)
class EventQuestion:
    """A question to those who register, with the event that asks it."""

    event: Event
    question: Question

    @property
    def id(self) -> int:
        """The number of the question."""
        return self.question.id


def questions_of(event_id: int) -> Sequence[Asked]:
    """What the event asks, in its order."""
    return questions.asked(_set_of(event_id))


def retired_questions(event_id: int) -> Sequence[Question]:
    """What it asks no longer."""
    return questions.retired(_set_of(event_id))


def _set_of(event_id: int) -> int | None:
    return db.session.scalar(sa.select(Event.question_set_id).where(Event.id == event_id))


def question_of(slug: str, number: int) -> EventQuestion | None:
    """A question that the event at this address still asks, with the event and its host."""
    row = db.session.execute(
        sa.select(Event, Question)
        .join(Question, Question.question_set_id == Event.question_set_id)
        .where(Event.slug == slug, Question.id == number, Question.retired_at.is_(None))
        .options(joinedload(Event.network), selectinload(Event.organisation))
    ).first()
    return EventQuestion(*row) if row else None

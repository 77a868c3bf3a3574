"""The answers to the questions of an event as columns of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.ground import clock
from portal.questions.models import Question, QuestionKind
from portal.questions.queries import Answered
from portal.words.i18n import _, current_language, formats
from portal.words.tables import Cell, Column
from portal.words.vocabularies import label


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """A column for each question that is asked, and for each of earlier that somebody here has answered.

    `answers` are those of the people in the table, by the number of their answers.
    """

    questions: Sequence[Question] = ()
    answers: Mapping[int, Sequence[Answered]] = field(default_factory=dict)
    zone: str = "UTC"

    @property
    def shown(self) -> list[Question]:
        given = {one.question.id for answered in self.answers.values() for one in answered}
        return [one for one in self.questions if one.retired_at is None or one.id in given]

    def columns(self) -> list[Column]:
        return [Column(self._head(one), _("What the person answered."), _kind(one), width=28) for one in self.shown]

    def cells(self, answer_set_id: int | None) -> list[Cell]:
        given = {one.question.id: one for one in self.answers.get(answer_set_id or 0, ())}
        return [_cell(given[one.id]) if one.id in given else None for one in self.shown]

    def _head(self, one: Question) -> str:
        words = one.text.shown_in(current_language()).text
        if one.retired_at is None:
            return words
        until = clock.to_wall(one.retired_at, self.zone).date()
        return _("%(question)s (asked until %(date)s)", question=words, date=formats.date(until))


def _kind(one: Question) -> str:
    return str(label("question_kind", one.kind))


def _cell(one: Answered) -> Cell:
    match one.kind:
        case QuestionKind.NUMBER:
            return one.answer.number
        case QuestionKind.DATE:
            return one.answer.day
        case QuestionKind.CHOICE | QuestionKind.SEVERAL:
            return ", ".join(option.text.shown_in(current_language()).text for option in one.chosen)
        case QuestionKind.CONSENT:
            return _("agreed")
        case _:
            return one.answer.text

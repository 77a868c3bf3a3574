"""One form from a set of questions, in the language of the reader: all errors at once, nothing typed lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, Unpack

import wtforms
from flask import request

from portal.face.forms import (
    BooleanField,
    Check,
    ChoiceField,
    DateField,
    DecimalField,
    FileField,
    Form,
    Given,
    HiddenField,
    MultiChoiceField,
    TextArea,
    TextField,
    choices,
    whole_number,
)
from portal.face.forms.base import first_control
from portal.face.media import Document, prepare_document
from portal.face.media.images import MAX_BYTES
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.sentences import Sentence
from portal.questions import queries, rules
from portal.questions.fields import LONGEST
from portal.questions.models import Condition, Question, QuestionKind
from portal.questions.queries import Answered, Asked
from portal.questions.rules import Kept, Value, Values
from portal.questions.services import Filled
from portal.questions.services.building import MOST
from portal.words.clean import neutralise
from portal.words.i18n import LazyString, _, _l, current_language

CHANGED = _l(
    "The questions have changed since you opened this page, and nothing has been sent yet. Read what is marked and send "
    "the form again."
)
NEW = _l("This question is new.")
REWORDED = _l("This question reads otherwise now. Read it again and check the answer.")
OLDER = 2 * MOST  # questions that a form can have shown


class _Needed:
    """Marks a field as one that must be filled in; whether it is, say the rules of questions."""

    field_flags: ClassVar[Mapping[str, bool]] = {"required": True}

    def __call__(self, form: object, field: wtforms.Field) -> None:
        """Nothing is checked here."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A question that is asked no more, and what was typed as its answer."""

    question: Question
    typed: str


@dataclass(frozen=True, slots=True)
class Together:
    """Questions that follow each other and depend on the same answer, or on none."""

    questions: tuple[Asked, ...]
    condition: Condition | None = None
    on: Asked | None = None

    @property
    def answer(self) -> object:
        """The words of the answer on which they depend; None of a consent."""
        option = self.on.option(self.condition.code) if self.on and self.condition else None
        return option.text if option else None


class AnswersForm(Form):
    """The base of the forms that `answers_form` makes: a field for each question."""

    asked = HiddenField()  # the fingerprints of the questions as they were read
    set_id: ClassVar[int | None] = None
    questions: ClassVar[Sequence[Asked]] = ()
    known: ClassVar[Mapping[int, Answered]] = {}

    def __init__(self, **given: Unpack[Given]) -> None:
        self.gone: list[Gone] = []
        self._documents: dict[int, Document] = {}
        super().__init__(**given)
        if not self.is_submitted() or "formdata" in given:
            self._remember()

    @property
    def answers(self) -> Values:
        """The answers by number of the question. Files are there once the form is valid."""
        return {one.id: self._value(one) for one in self.questions}

    def filled(self, language: str | None = None) -> Filled:
        """What was answered, as services take it; the answers are in the language of the page where nothing else is said."""
        here = current_language()
        return {"answers": self.answers, "language": language or here, "seen": self.prints, "read_in": here}

    @property
    def prints(self) -> dict[int, str]:
        """The questions as they were read, by number, with their fingerprints."""
        words = (self.asked.data or "")[: 24 * OLDER].split(" ")[:OLDER]
        pairs = [(whole_number(number), print_) for number, _dot, print_ in (word.partition(".") for word in words)]
        return {number: print_ for number, print_ in pairs if number > 0}

    @property
    def together(self) -> list[Together]:
        """The questions in their order, those with the same condition as one."""
        by_number = {one.id: one for one in self.questions}
        found: list[Together] = []
        for one in self.questions:
            last, mine = (found[-1].condition if found else None), one.condition
            if found and (last and (last.on_id, last.code)) == (mine and (mine.on_id, mine.code)):
                found[-1] = Together((*found[-1].questions, one), mine, found[-1].on)
            else:
                found.append(Together((one,), mine, by_number.get(mine.on_id) if mine else None))
        return found

    @property
    def problems(self) -> list[tuple[str | None, LazyString | str]]:
        """As of every form; what is wrong with an answer names its question, where that is in the language of the page."""
        words = {first_control(self[one.field]): one.question.text.shown() for one in self.questions}
        return [
            (
                target,
                f"{said.text} {message}" if (said := words.get(target or "")) and not said.is_fallback else message,
            )
            for target, message in super().problems
        ]

    def name_of(self, number: int) -> str:
        """Under which name the answer to a question is sent; several such forms may stand in one."""
        return f"{self.asked.name.removesuffix('asked')}question_{number}"

    @staticmethod
    def limits(one: Asked) -> Sequence[Sentence]:
        """What the answer must keep to, in sentences."""
        return rules.limits(one)

    def validate(self, extra_validators: Mapping[str, Sequence[Check]] | None = None) -> bool:
        """Everything that is wrong, at once. What an unmet condition leaves unasked is not looked at."""
        super().validate(extra_validators)
        applying = {one.id for one in rules.applying(self.questions, self.answers)}
        for one in self.questions:
            if one.id not in applying:
                self[one.field].process_errors = []
                self[one.field].errors = []
        found = self._changes()
        found += self._read_files(applying)
        unreadable = {one.field for one in self.questions if self[one.field].errors}
        found += [fault for fault in rules.faults(self.questions, self.answers) if fault.field not in unreadable]
        if found:
            self.refuse(Refusals(found))
        if self.gone or any(fault.reason in (NEW, REWORDED) for fault in found):
            self.refuse(Conflict(CHANGED))
        return not self.errors and not self.form_errors

    def _value(self, one: Asked) -> Value:
        data = self[one.field].data
        if one.kind is QuestionKind.FILE:
            remove = f"{one.field}_remove"
            stays = one.id in self.known and not (remove in self and self[remove].data)
            return self._documents.get(one.id) or (Kept() if stays else None)
        return tuple(data or ()) if one.kind is QuestionKind.SEVERAL else data

    def _remember(self) -> None:
        prints = rules.fingerprints(self.questions, current_language())
        self.asked.data = " ".join(f"{number}.{print_}" for number, print_ in prints.items())

    def _changes(self) -> list[Refusal]:
        """What is new in the questions since they were read; from now on they are as they are shown now."""
        seen = self.prints
        found = rules.changes(self.questions, seen, current_language())
        self.gone = [
            Gone(question, typed)
            for number in found.gone
            if (typed := _typed(self.name_of(number)))
            and (question := queries.question(number, self.set_id)) is not None
        ]
        self._remember()
        return [Refusal(NEW, field=one.field) for one in found.added] + [
            Refusal(REWORDED, field=one.field) for one in found.reworded
        ]

    def _read_files(self, applying: set[int]) -> list[Refusal]:
        """Check the files that were chosen; those that are good are kept until a row knows them, or a day."""
        found: list[Refusal] = []
        for one in self.questions:
            given = self[one.field].data if one.kind is QuestionKind.FILE and one.id in applying else None
            if given is None:
                continue
            try:
                self._documents[one.id] = prepare_document(
                    given.stream.read(MAX_BYTES + 1), given.filename or "", field=one.field
                )
            except Refusal as refusal:
                found += refusal.parts
        return found


def _typed(name: str) -> str:
    """What was sent as the answer to a question that the form no longer has."""
    values = request.form.getlist(name)
    return "\n".join(neutralise(value[:LONGEST]).strip() for value in values[:OLDER])


A = TypeVar("A", bound=AnswersForm)


def answers_form(
    base: type[A],
    set_id: int | None,
    answer_set_id: int | None = None,
    *,
    first: Mapping[str, object] | None = None,
    **given: Unpack[Given],
) -> A:
    """A form with a field for each question of a set; it starts with the answers that were given before, if any.

    `first` are fields that stand before them.
    """
    questions = queries.asked(set_id, answer_set_id)
    by_number = {one.question.id: one for one in queries.answers(answer_set_id)}
    fields: dict[str, object] = {
        **(first or {}), "questions": tuple(questions), "known": by_number, "set_id": set_id,
    }  # fmt: skip
    for one in questions:
        answered = by_number.get(one.id)
        fields[one.field] = _field(one, rules.value_of(answered) if answered else None)
        if answered is not None and answered.file is not None and not one.question.required:
            fields[f"{one.field}_remove"] = BooleanField(_l("Remove the file that was sent earlier"))
    made: type[A] = type(base.__name__, (base,), fields)
    return made(**given)


def _field(one: Asked, value: Value) -> wtforms.Field:
    checks = [_Needed()] if one.question.required else []
    label = one.question.text.shown().text
    options = [(option.code, option.text.shown()) for option in one.options]
    match one.kind:
        case QuestionKind.TEXT:
            return TextField(label, checks, default=value or "")
        case QuestionKind.LONG_TEXT:
            return TextArea(label, checks, default=value or "")
        case QuestionKind.CHOICE:
            more: list[Any] = [] if one.question.required else [("", _("No answer"))]
            return ChoiceField(label, checks, choices=choices([*options, *more]), default=value or "")
        case QuestionKind.SEVERAL:
            return MultiChoiceField(label, checks, choices=choices(options), default=value or ())
        case QuestionKind.NUMBER:
            return DecimalField(label, checks, default=value)
        case QuestionKind.DATE:
            return DateField(label, checks, default=value)
        case QuestionKind.FILE:
            return FileField(label, checks)
        case QuestionKind.CONSENT:
            return BooleanField(label, checks, default=bool(value))

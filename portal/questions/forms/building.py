"""A question on a page: what is said of it by its kind, what can be chosen, and on which answer it depends."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import wtforms

from portal.face.forms import (
    BooleanField,
    Check,
    Form,
    SelectChoice,
    SelectField,
    TextField,
    Versioned,
    choices,
    length,
)
from portal.ground.errors import Refusals
from portal.questions import queries, services
from portal.questions.fields import FIELDS
from portal.questions.models import AGREED, Option, Question, QuestionKind
from portal.questions.queries import Asked
from portal.questions.services import options
from portal.words.fields import FieldSet
from portal.words.i18n import Shown, _, _l

NEW = 8  # rows for what can be chosen in the form of a new question
MORE = 4  # and in that of one that is there
OPTION = 200  # characters


class QuestionForm(Form):
    """A new question. The forms of each kind are made from this one."""

    def values(self) -> dict[str, Any]:
        """The fields of the kind, and beside them `words`, `withdrawn`, `added` and `condition` where the form has them."""
        given = super().values()
        codes = [name.removeprefix("option_") for name in given if name.startswith("option_")]
        added = [given.pop(name) for name in list(given) if name.startswith("new_")]
        more: dict[str, Any] = {}
        if codes:
            more["words"] = {code: given.pop(f"option_{code}") for code in codes}
        if withdrawn := [(code, given.pop(f"retire_{code}")) for code in codes if f"retire_{code}" in given]:
            more["withdrawn"] = {code for code, gone in withdrawn if gone}
        return {**given, **more, **({"added": added} if added else {})}

    def validate(self, extra_validators: Mapping[str, Sequence[Check]] | None = None) -> bool:
        """Everything that is wrong at once, also between fields: the service asks the same again."""
        valid = super().validate(extra_validators)
        given = self.values()
        found = services.range_faults(given)
        if "added" in given:  # in the original language
            found += options.faults(given.get("words", {}), given.get("withdrawn", ()), given["added"])
        if found:
            self.refuse(Refusals(found))
        return valid and not found

    @property
    def rows(self) -> list[tuple[wtforms.Field, wtforms.Field | None]]:
        """What can be chosen: the field of its words, and the box that offers it no longer, where there is one."""
        found = [name for name in self._fields if name.startswith(("option_", "new_"))]
        boxes = [f"retire_{name.removeprefix('option_')}" for name in found]
        return [(self[name], self._fields.get(box)) for name, box in zip(found, boxes, strict=True)]


class QuestionEditForm(QuestionForm, Versioned):
    """A question in its original language."""


class TranslateQuestionForm(QuestionForm, Versioned):
    """A question in another language."""


F = TypeVar("F", bound=QuestionForm)


def new_form(kind: QuestionKind, asked: Sequence[Asked], *, has_end: bool = False) -> QuestionForm:
    """The form of a new question, which will be the last one. `has_end`: it is asked for something that ends, so it can be
    said how long after that the answers are kept."""
    made = _made(QuestionForm, _fields(kind, has_end), _rows(kind, (), NEW), asked)
    return made()


def edit_form(question: Question, language: str, *, has_end: bool = False) -> QuestionEditForm | TranslateQuestionForm:
    """The form of a question in one language, original or not; `has_end` as of a new one."""
    kind, original = QuestionKind(question.kind), language == question.text.original
    known = queries.options_of(question.id)
    rows = _rows(kind, known, MORE if original else 0, original=original)
    earlier = [one for one in queries.asked(question.question_set_id) if one.question.position < question.position]
    stored = services.form_of(question, language)
    if original:
        return _made(QuestionEditForm, _fields(kind, has_end), rows, earlier).on(question, language, zone="", **stored)
    fields = _fields(kind, has_end).in_any_language
    return _made(TranslateQuestionForm, fields, rows, earlier).on(question, language, zone="", **stored)


def _fields(kind: QuestionKind, has_end: bool) -> FieldSet:
    return FIELDS[kind].where(lambda field: has_end or field.name != "kept_days")


def _made(base: type[F], fields: FieldSet, rows: dict[str, object], earlier: Sequence[Asked]) -> type[F]:
    first: type[F] = type(base.__name__, (base,), {"fields": fields})  # its fields stand before those that follow
    made = {**rows, "condition": SelectField(_l("When it is asked"), choices=_conditions(earlier))}
    return type(base.__name__, (first,), made)


def _rows(kind: QuestionKind, known: Sequence[Option], more: int, *, original: bool = True) -> dict[str, object]:
    """The rows in their order: those that there are, and empty ones for more."""
    found: dict[str, object] = {}
    if not kind.has_options:
        return found
    for number, option in enumerate(known, start=1):
        found[f"option_{option.code}"] = TextField(_l("Answer %(n)s", n=number), [length(OPTION)])
        if original:
            found[f"retire_{option.code}"] = BooleanField(_l("No longer offered"))
    for number in range(1, more + 1):
        found[f"new_{number}"] = TextField(_l("Answer %(n)s", n=len(known) + number), [length(OPTION)])
    return found


def _conditions(earlier: Sequence[Asked]) -> list[SelectChoice]:
    """Always, or after one answer of an earlier question: its words, in the language that they are in."""
    found: list[tuple[str, str | Shown]] = [("", _("Always"))]
    for one in earlier:
        question = one.question.text.shown()
        if one.kind is QuestionKind.CONSENT:
            found.append((f"{one.id}:{AGREED}", question))
        for option in one.options if one.kind.has_options else ():
            words = f"{question.text} → {option.text.shown_in(question.lang).text}"
            found.append((f"{one.id}:{option.code}", question._replace(text=words)))
    return choices(found)

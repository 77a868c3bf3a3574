"""Sets of questions in the demo, in three languages, and what is answered: for those who ask.

An entry has `kind`, `texts`, and maybe `hints`, `options`, `required` and the limits of its kind; `after` is the place of the
question that one depends on, from 1, and the place of its answer, 0 for that of a consent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from portal.face.media import prepare_document
from portal.ground.db import db
from portal.questions import queries
from portal.questions.models import AGREED, Question, QuestionKind
from portal.questions.queries import Asked
from portal.questions.rules import Value
from portal.words.content import localized

NOT_LIMITS = {"kind", "texts", "hints", "options", "after", "required"}
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def build(
    entries: Iterable[Mapping[str, Any]], add: Callable[..., Question], asked: Callable[[], Sequence[Asked]]
) -> None:
    """Ask these one after the other: `add` is the use-case of whoever asks, `asked` what they ask by then."""
    for entry in entries:
        _question(entry, add, asked)


def _question(entry: Mapping[str, Any], add: Callable[..., Question], asked: Callable[[], Sequence[Asked]]) -> None:
    kind, text = QuestionKind(entry["kind"]), localized(entry["texts"])
    options = [localized(words) for words in entry.get("options", [])]
    limits = {name: _number(kind, value) for name, value in entry.items() if name not in NOT_LIMITS}
    made = add(
        kind=kind, language=text.original, text=text.source, required=entry.get("required", True),
        added=[option.source for option in options], condition=_after(entry, asked), **limits,
    )  # fmt: skip
    made.text = text
    made.hint = localized(entry["hints"]) if "hints" in entry else None
    for option, words in zip(queries.options_of(made.id), options, strict=True):
        option.text = words
    db.session.flush()


def _after(entry: Mapping[str, Any], asked: Callable[[], Sequence[Asked]]) -> str:
    if "after" not in entry:
        return ""
    place, answer = entry["after"]
    on = asked()[place - 1]
    return f"{on.id}:{on.options[answer - 1].code if answer else AGREED}"


def _number(kind: QuestionKind, value: object) -> object:
    return Decimal(str(value)) if kind is QuestionKind.NUMBER else value


def value_of(one: Asked, given: Any) -> Value:
    """An answer as the content says it: codes of options, digits, the name of a file; an empty text is none."""
    if given == "":
        return None
    match one.kind:
        case QuestionKind.NUMBER:
            return Decimal(given)
        case QuestionKind.SEVERAL:
            return tuple(given)
        case QuestionKind.FILE:
            return prepare_document(PAGE, given)
        case _:
            value: Value = given
            return value

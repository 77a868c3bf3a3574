"""When a question applies, what its answer must be, and how a form knows that it has changed. No database, no request."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from portal.face.media import Document
from portal.face.media.images import MAX_BYTES
from portal.ground.errors import Refusal
from portal.ground.sentences import Sentence
from portal.questions.fields import LINE, TEXT
from portal.questions.models import AGREED, Condition, QuestionKind
from portal.questions.queries import Answered, Asked
from portal.words.i18n import LazyString, _l, _ln, formats

REMOVED = _l("This answer can no longer be chosen. Choose another one.")
_MISSING: Mapping[QuestionKind, Sentence] = {
    QuestionKind.CHOICE: _l("Choose one of the answers."),
    QuestionKind.SEVERAL: _l("Choose at least one of the answers."),
    QuestionKind.DATE: _l("Enter the date."),
    QuestionKind.NUMBER: _l("Enter the number."),
    QuestionKind.FILE: _l("Choose a file."),
    QuestionKind.CONSENT: _l("Tick the box. Without this consent the form cannot be sent."),
}
ALL_FILES = 7_000_000  # bytes: a request takes eight million, and there are words in it too
_ANSWER = _l("Answer this question.")


@dataclass(frozen=True, slots=True)
class Kept:
    """The file that was given earlier stays."""


Value: TypeAlias = str | tuple[str, ...] | Decimal | dt.date | bool | Document | Kept | None
Values: TypeAlias = Mapping[int, Value]  # by number of the question; what is missing was left empty
_TYPES: Mapping[QuestionKind, tuple[type, ...]] = {
    QuestionKind.TEXT: (str,),
    QuestionKind.LONG_TEXT: (str,),
    QuestionKind.CHOICE: (str,),
    QuestionKind.SEVERAL: (tuple,),
    QuestionKind.NUMBER: (Decimal,),
    QuestionKind.DATE: (dt.date,),
    QuestionKind.FILE: (Document, Kept),
    QuestionKind.CONSENT: (bool,),
}


def applying(questions: Sequence[Asked], values: Values) -> list[Asked]:
    """The questions that these answers leave to be asked: all but those whose condition is not met.

    A question whose own condition is not met has no answer that another one could depend on.
    """
    found: list[Asked] = []
    for one in questions:
        if one.condition is None or (
            any(other.id == one.condition.on_id for other in found) and is_met(one.condition, values)
        ):
            found.append(one)
    return found


def is_met(condition: Condition, values: Values) -> bool:
    """Was the answer given that the condition names?"""
    value = values.get(condition.on_id)
    if isinstance(value, bool):
        return value and condition.code == AGREED
    return condition.code in value if isinstance(value, tuple) else value == condition.code


def faults(questions: Sequence[Asked], values: Values) -> list[Refusal]:
    """All that is wrong with these answers, each at its field. TypeError for a value of another type than its question."""
    return [
        Refusal(sentence, field=one.field)
        for one in applying(questions, values)
        for sentence in _faults(one, values.get(one.id))
    ]


def is_empty(value: Value) -> bool:
    return value is None or value is False or value in ("", ())


def _faults(one: Asked, value: Value) -> Iterator[Sentence]:
    if is_empty(value):
        if one.question.required:
            yield _MISSING.get(one.kind, _ANSWER)
        return
    if not isinstance(value, _TYPES[one.kind]) or isinstance(value, dt.datetime):
        raise TypeError(f"The answer to a question of the kind {one.kind} is not {value!r}")
    if isinstance(value, str) and not one.kind.has_options:
        yield from _text_faults(one, value)
    elif isinstance(value, str | tuple):
        yield from _choice_faults(one, (value,) if isinstance(value, str) else value)
    elif isinstance(value, Decimal):
        yield from _number_faults(one, value)
    elif isinstance(value, dt.date):
        yield from _day_faults(one, value)


def most_letters(one: Asked) -> int:
    """How many characters the answer may have."""
    return one.question.most_letters or (LINE if one.kind is QuestionKind.TEXT else TEXT)


def _text_faults(one: Asked, text: str) -> Iterator[Sentence]:
    over = len(text) - most_letters(one)
    if over > 0:
        yield _ln(
            "The text is %(n)s character too long. Shorten it.",
            "The text is %(n)s characters too long. Shorten it.",
            over,
        )
    elif one.question.most_words and (more := len(text.split()) - one.question.most_words) > 0:
        yield _ln(
            "The answer is %(n)s word too long. Shorten it.", "The answer is %(n)s words too long. Shorten it.", more
        )


def _choice_faults(one: Asked, codes: tuple[str, ...]) -> Iterator[Sentence]:
    least, most = one.question.least_choices, one.question.most_choices
    if any(one.option(code) is None for code in codes):
        yield REMOVED
    elif least and len(codes) < least:
        yield _ln("Choose at least %(n)s answer.", "Choose at least %(n)s answers.", least)
    elif most and len(codes) > most:
        yield _ln("Choose at most %(n)s answer.", "Choose at most %(n)s answers.", most)


def _number_faults(one: Asked, number: Decimal) -> Iterator[Sentence]:
    least, most = one.question.least, one.question.most
    if (least is not None and number < least) or (most is not None and number > most):
        yield _number_limit(least, most)


def _number_limit(least: Decimal | None, most: Decimal | None) -> Sentence:
    first, last = LazyString(formats.number, least), LazyString(formats.number, most)
    if most is None:
        return _l("Enter a number of at least %(min)s.", min=first)
    if least is None:
        return _l("Enter a number of at most %(max)s.", max=last)
    return _l("Enter a number from %(min)s to %(max)s.", min=first, max=last)


def _day_faults(one: Asked, day: dt.date) -> Iterator[Sentence]:
    earliest, latest = one.question.earliest, one.question.latest
    if (earliest is not None and day < earliest) or (latest is not None and day > latest):
        yield _day_limit(earliest, latest)


def _day_limit(earliest: dt.date | None, latest: dt.date | None) -> Sentence:
    first, last = LazyString(formats.date, earliest), LazyString(formats.date, latest)
    if latest is None:
        return _l("Enter a day not earlier than %(date)s.", date=first)
    if earliest is None:
        return _l("Enter a day not later than %(date)s.", date=last)
    return _l("Enter a day in this period: %(first)s – %(last)s.", first=first, last=last)


def limits(one: Asked) -> list[Sentence]:
    """What the answer must keep to, in sentences for whoever answers."""
    question, found = one.question, list[Sentence]()
    if question.most_words:
        found.append(_ln("At most %(n)s word.", "At most %(n)s words.", question.most_words))
    if question.most_letters:
        found.append(_ln("At most %(n)s character.", "At most %(n)s characters.", question.most_letters))
    if question.least_choices:
        found.append(_ln("Choose at least %(n)s answer.", "Choose at least %(n)s answers.", question.least_choices))
    if question.most_choices:
        found.append(_ln("Choose at most %(n)s answer.", "Choose at most %(n)s answers.", question.most_choices))
    if question.least is not None or question.most is not None:
        found.append(_number_limit(question.least, question.most))
    if one.kind is QuestionKind.FILE:
        found.append(
            _l(
                "A picture (JPEG, PNG, WebP or GIF) or a PDF file, at most %(limit)s; all files of this form together at "
                "most %(all)s.",
                limit=LazyString(formats.file_size, MAX_BYTES),
                all=LazyString(formats.file_size, ALL_FILES),
            )
        )
    if question.earliest is not None or question.latest is not None:
        found.append(_day_limit(question.earliest, question.latest))
    return found


def fingerprint(one: Asked, language: str) -> str:
    """Eight signs that change when somebody would read other words: the question, what can be chosen, on what it depends."""
    words = [one.question.text.shown_in(language).text]
    words += [f"{option.code}={option.text.shown_in(language).text}" for option in one.options]
    if one.condition is not None:
        words.append(f"{one.condition.on_id}:{one.condition.code}")
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]


def fingerprints(questions: Sequence[Asked], language: str) -> dict[int, str]:
    """What a form remembers of the questions that it showed."""
    return {one.id: fingerprint(one, language) for one in questions}


@dataclass(frozen=True, slots=True)
class Changes:
    """How the questions of today differ from those that somebody has read; `gone` are numbers of questions."""

    added: tuple[Asked, ...] = ()
    reworded: tuple[Asked, ...] = ()
    gone: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.reworded or self.gone)


def changes(questions: Sequence[Asked], seen: Mapping[int, str], language: str) -> Changes:
    """What has changed since a form with these fingerprints was shown."""
    today = fingerprints(questions, language)
    return Changes(
        tuple(one for one in questions if one.id not in seen),
        tuple(one for one in questions if one.id in seen and seen[one.id] != today[one.id]),
        tuple(number for number in seen if number not in today),
    )


def codes_of(one: Asked, value: Value) -> tuple[str, ...]:
    """The codes of the options that an answer chooses."""
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) and one.kind.has_options else ()


def value_of(known: Answered) -> Value:
    """An answer that was given, as the value that a form starts with.

    A consent is one to words: where they read otherwise today, nobody has agreed yet.
    """
    answer = known.answer
    match known.kind:
        case QuestionKind.CHOICE:
            return next((option.code for option in known.chosen), "")
        case QuestionKind.SEVERAL:
            return tuple(option.code for option in known.chosen)
        case QuestionKind.NUMBER:
            return answer.number
        case QuestionKind.DATE:
            return answer.day
        case QuestionKind.FILE:
            return Kept()
        case QuestionKind.CONSENT:
            return answer.text in known.question.text.texts.values()
        case _:
            return answer.text


def is_same(known: Answered, value: Value) -> bool:
    """Does an answer that was given say just this?"""
    given = value_of(known)
    if isinstance(given, tuple) and isinstance(value, tuple):
        return set(given) == set(value)
    return not is_empty(value) and given == value


def words_of(one: Asked, value: Value, language: str) -> str:
    """The words of an answer as they are kept with it: those written, or those that stood beside what was chosen."""
    if isinstance(value, Document):
        return value.name
    if isinstance(value, bool):
        return one.question.text.shown_in(language).text
    if codes := codes_of(one, value):
        return "\n".join(option.text.shown_in(language).text for option in one.options if option.code in codes)
    return value if isinstance(value, str) else ""

"""Adding, changing, ordering and retiring questions. One that was answered is never reworded under its answers."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import Portal
from portal.ground.db import Model, db, transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.locks import locked
from portal.ground.statements import table
from portal.questions import queries
from portal.questions.fields import FIELDS, MOST_DAYS, NO_TEXT, RANGES
from portal.questions.models import Asks, Condition, Question, QuestionKind, QuestionSet
from portal.questions.queries import Asked
from portal.questions.services import conditions, options
from portal.words.fields import Given
from portal.words.i18n import _l, _ln

MOST = 30  # questions in a set
MOST_FILES = 3  # of them for a file: a form is sent whole, and a request has its limit
PROMISED = _l("Somebody has answered already and was told when it is deleted. It can only be deleted sooner.")
RETIRED = _l("This question is no longer asked.")


def create_set() -> int:
    """A set without questions, inside the transaction of the use-case that needs it; returns its number."""
    with transaction() as session:
        made = QuestionSet()
        session.add(made)
        session.flush()
        return made.id


def set_of(row: Asks) -> int:
    """The set of a locked row, made when it is first needed. The row itself stays at its version."""
    if row.question_set_id is None:
        assert isinstance(row, Model)
        made, own = create_set(), table(type(row))
        db.session.execute(sa.update(own).where(own.c.id == row.id).values(question_set_id=made))
        db.session.refresh(row, ["question_set_id"])
    assert row.question_set_id is not None
    return row.question_set_id


def add(
    set_id: int, kind: QuestionKind, *, language: str, by: Person | Portal, added: Sequence[str] = (),
    condition: str = "", **values: object,
) -> Question:  # fmt: skip
    """Ask one thing more, as the last question. `added` are the words of what can be chosen.

    `condition` is the number of an earlier question and the code of its answer, as `conditions.stored` writes it.
    """
    fields = FIELDS[kind]
    with transaction() as session:
        asked = _locked(session, set_id)
        given = fields.given_new(values)
        given.check(*_faults(kind, given, True), *(options.faults({}, (), added) if kind.has_options else ()))
        if len(asked) >= MOST:
            raise Refusal(_l("There are many questions already. Remove one first."))
        if kind is QuestionKind.FILE and len([one for one in asked if one.kind is kind]) >= MOST_FILES:
            raise Refusal(_ln("One form can ask for %(n)s file.", "One form can ask for %(n)s files.", MOST_FILES))
        question = Question(question_set_id=set_id, kind=kind, position=len(asked) + 1, **fields.new(given, language))
        session.add(question)
        session.flush()
        if kind.has_options:
            options.offer(session, question, added, language)
        conditions.put(session, asked, question, condition)
        audit.record("question.added", question, detail={"text": given["text"]}, actor=by)
        return question


def change(
    number: int, *, version: int, language: str, by: Person | Portal, words: Mapping[str, str] | None = None,
    withdrawn: Collection[str] | None = None, added: Sequence[str] = (), condition: str | None = None, **values: object,
) -> Question:  # fmt: skip
    """Change a question in one language; returns the one that is asked from now on.

    `words` are those of what can be chosen, by code; `withdrawn` the codes that are offered no longer, `added` the words of
    new ones. None leaves them, and the condition, as they are. When the original words of an answered question or of its
    options change, it is retired with its answers and a new one takes its place.
    """
    with transaction() as session:
        asked, row = _locked_with(session, number)
        kind = QuestionKind(row.kind)
        words = _words(row, language) if words is None else words
        fields, original = FIELDS[kind], language == row.text.original
        stored = {**fields.read(row, language), **form_of(row, language)}
        check_version(
            row, version, {name: value for name, value in stored.items() if name != "kept_days" or name in values}
        )
        given = fields.given({"kept_days": row.kept_days, **values})  # some forms do not ask for it
        gone = _withdrawn(row) if withdrawn is None else withdrawn
        checked = options.faults(words, gone, added, conditions.needed_codes(asked, row.id)) if original else []
        reworded = original and (given.text("text") != row.text.source or options.are_reworded(row, words))
        answered = queries.is_answered(row.id)
        longer = [] if reworded or not answered else _longer(row, given)
        given.check(*_faults(kind, given, original), *(checked if kind.has_options else ()), *longer)
        if reworded and answered:
            row = _replaced(session, row)
            asked = list(queries.asked(row.question_set_id))
        fields.write(row, given, language)
        _write_options(session, row, language, words, gone, added)
        if condition is not None:
            conditions.put(session, asked, row, condition)
        flag_modified(row, "required")  # what hangs on it may have changed where no column of it has: a new version
        session.flush()
        audit.record("question.changed", row, detail={"language": language, "text": given["text"]}, actor=by)
        return row


def retire(number: int, *, by: Person | Portal) -> None:
    """Ask it no more; the answers that were given stay."""
    with transaction() as session:
        asked, row = _locked_with(session, number, gone=True)
        conditions.check_unneeded(asked, number)
        row.retired_at = row.retired_at or clock.now()
        session.flush()
        _number(queries.asked(row.question_set_id))
        audit.record("question.retired", row, actor=by)


def move(number: int, *, direction: Literal["up", "down"], by: Person | Portal) -> None:
    """Ask it one place earlier or later; the first stays first and the last stays last.

    Raises Conflict where a question would be asked before the one it depends on.
    """
    with transaction() as session:
        asked, row = _locked_with(session, number, gone=True)
        place = next((index for index, one in enumerate(asked) if one.id == number), None)
        other = place if place is None else place - 1 if direction == "up" else place + 1
        if place is None or other is None or not 0 <= other < len(asked):
            return
        asked[place], asked[other] = asked[other], asked[place]
        conditions.check_order(asked, number)
        _number(asked)
        session.flush()
        audit.record("question.moved", row, detail={"to": other + 1}, actor=by)


def form_of(row: Question, language: str) -> dict[str, object]:
    """What is stored beside the fields of a question, by the field of a form that shows it."""
    found: dict[str, object] = {"condition": conditions.stored(queries.condition_of(row.id))}
    for option in queries.options_of(row.id):
        found[f"option_{option.code}"] = option.text.get(language)
        found[f"retire_{option.code}"] = option.retired_at is not None
    return found


def _locked(session: Session, set_id: int) -> list[Asked]:
    """Today's questions in their order; the set is ours until the end of the transaction."""
    locked(QuestionSet, set_id)
    return list(queries.asked(set_id))


def _locked_with(session: Session, number: int, *, gone: bool = False) -> tuple[list[Asked], Question]:
    asked = _locked(session, session.get_one(Question, number).question_set_id)
    row = locked(Question, number)
    if row.retired_at is not None and not gone:
        raise Conflict(RETIRED)
    return asked, row


def _faults(kind: QuestionKind, given: Given, original: bool) -> list[Refusal]:
    missing = original and not given.text("text")
    return ([Refusal(FIELDS[kind]["text"].needed or NO_TEXT, field="text")] if missing else []) + range_faults(given)


def range_faults(values: Mapping[str, object]) -> list[Refusal]:
    """Limits that no answer could keep to, each at its field."""
    return [
        Refusal(sentence, field=last)
        for first, last, sentence in RANGES
        if values.get(first) is not None and values.get(last) is not None and values[first] > values[last]  # type: ignore[operator]
    ]


def _longer(row: Question, given: Given) -> list[Refusal]:
    """What was promised to those who have answered is kept: their answers go no later."""
    before = MOST_DAYS if row.kept_days is None else row.kept_days
    after = MOST_DAYS if given.number("kept_days") is None else given.number("kept_days")
    assert after is not None
    return [Refusal(PROMISED, field="kept_days")] if after > before else []


def _replaced(session: Session, row: Question) -> Question:
    """A new question in the place of this one, which keeps its answers; what depended on the old one depends on it."""
    row.retired_at = clock.now()
    kept = {name: getattr(row, name) for name in FIELDS[QuestionKind(row.kind)].columns}
    made = Question(question_set_id=row.question_set_id, kind=row.kind, position=row.position, **kept)
    session.add(made)
    session.flush()
    options.copy(session, row, made)
    for one in queries.conditions_on(row.id):
        one.on_id = made.id
    if (own := queries.condition_of(row.id)) is not None:
        session.add(Condition(question_id=made.id, on_id=own.on_id, on_kind=own.on_kind, code=own.code))
        session.delete(own)
    session.flush()
    return made


def _words(row: Question, language: str) -> dict[str, str]:
    return {option.code: option.text.get(language) for option in queries.options_of(row.id)}


def _withdrawn(row: Question) -> set[str]:
    return {option.code for option in queries.options_of(row.id) if option.retired_at is not None}


def _write_options(
    session: Session,
    row: Question,
    language: str,
    words: Mapping[str, str],
    gone: Collection[str],
    added: Sequence[str],
) -> None:
    if QuestionKind(row.kind).has_options:
        options.write(session, row, words, language)
        options.withdraw(session, row, gone)
        options.offer(session, row, added, language)


def _number(questions: Sequence[Asked]) -> None:
    for position, one in enumerate(questions, start=1):
        one.question.position = position

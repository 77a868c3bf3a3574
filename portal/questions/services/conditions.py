"""On which answer a question depends: only on one of an earlier question, and never in a circle."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.ground.errors import Conflict, Refusal
from portal.questions.models import AGREED, Condition, Question
from portal.questions.queries import Asked
from portal.words.i18n import _l

NOT_ASKED = _l("Choose an answer to a question that is asked now.")
CIRCLE = _l("These questions would depend on each other in a circle. Choose another one.")
LATER = _l("A question can depend only on an earlier one. Move it down first, or choose another one.")
NEEDED = _l("Another question is asked only after an answer to this one. Change that question first.")
ANSWER_NEEDED = _l("Another question is asked only after this answer. Change that question first.")
NOT_EARLIER = _l("This question depends on the one before it, so it cannot be asked earlier.")
NOT_LATER = _l("The next question depends on this one, so this one cannot be asked later.")


def stored(condition: Condition | None) -> str:
    """A condition as a form has it: the number of the question and the code of the answer; empty for none."""
    return f"{condition.on_id}:{condition.code}" if condition else ""


def put(session: Session, questions: Sequence[Asked], question: Question, wanted: str) -> None:
    """Let a question depend on the answer that a form names, or on none. Raises Refusal for one that cannot be."""
    known = session.get(Condition, question.id)
    if stored(known) == wanted:
        return
    if known is not None:
        session.delete(known)
        session.flush()
    if wanted:
        on, code = _wanted(questions, question, wanted)
        session.add(Condition(question_id=question.id, on_id=on.id, on_kind=on.kind, code=code))
    session.flush()


def _wanted(questions: Sequence[Asked], question: Question, wanted: str) -> tuple[Asked, str]:
    number, _colon, code = wanted.partition(":")
    on = next((one for one in questions if str(one.id) == number), None)
    if on is None or not on.kind.can_lead or (code != AGREED if not on.kind.has_options else on.option(code) is None):
        raise Refusal(NOT_ASKED, field="condition")
    if question.id in _leads_to(questions, on):
        raise Refusal(CIRCLE, field="condition")
    if on.question.position >= question.position:
        raise Refusal(LATER, field="condition")
    return on, code


def _leads_to(questions: Sequence[Asked], one: Asked) -> set[int]:
    """A question and all that it depends on."""
    by_number = {other.id: other for other in questions}
    found: set[int] = set()
    here: Asked | None = one
    while here is not None and here.id not in found:
        found.add(here.id)
        here = by_number.get(here.condition.on_id) if here.condition else None
    return found


def check_order(questions: Sequence[Asked], moved: int) -> None:
    """Raises Conflict when a question would be asked before the one it depends on."""
    places = {one.id: place for place, one in enumerate(questions)}
    for one in questions:
        if one.condition and places.get(one.condition.on_id, -1) > places[one.id]:
            raise Conflict(NOT_EARLIER if one.id == moved else NOT_LATER)


def check_unneeded(questions: Sequence[Asked], number: int) -> None:
    """Raises Conflict when another question depends on this one."""
    if any(one.condition and one.condition.on_id == number for one in questions):
        raise Conflict(NEEDED)


def needed_codes(questions: Sequence[Asked], number: int) -> set[str]:
    """The answers to a question on which others depend."""
    return {one.condition.code for one in questions if one.condition and one.condition.on_id == number}

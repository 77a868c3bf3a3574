"""What a network asks those who apply. A question that was answered is never reworded under its answers."""

from typing import Literal

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.locks import locked
from portal.membership import queries
from portal.membership.fields import NO_TEXT, QUESTION
from portal.membership.models import Network, Question
from portal.membership.policies import Permission
from portal.words.i18n import _l

MOST = 30


def add_question(network: Network, *, language: str, by: Person, **values: object) -> Question:
    """Ask one thing more, as the last question."""
    given = QUESTION.given_new(values)
    if not given["text"]:
        raise Refusal(NO_TEXT, field="text")
    with transaction() as session:
        asked = _ordered(session, network.id)
        demand(Permission.EDIT_NETWORK, network, by=by)
        if len(asked) >= MOST:
            raise Refusal(_l("The network already asks many questions. Remove one first."))
        question = Question(network_id=network.id, position=len(asked) + 1, **QUESTION.new(given, language))
        session.add(question)
        session.flush()
        audit.record("network.question-added", question, detail={"text": given["text"]}, actor=by)
        return question


def change_question(question: Question, *, version: int, language: str, by: Person, **values: object) -> Question:
    """Change a question in one language; returns the one that is asked from now on.

    When the original words of an answered question change, it is retired with its answers and a new one takes its place.
    """
    given = QUESTION.given(values)
    text = given.text("text")
    with transaction() as session:
        session.get_one(Network, question.network_id, with_for_update=True)
        row = locked(Question, question.id)
        demand(Permission.EDIT_QUESTION, row, by=by)
        if row.retired_at is not None:
            raise Conflict(_l("This question is no longer asked."))
        check_version(row, version, QUESTION.read(row, language))
        if not text and language == row.text.original:
            raise Refusal(NO_TEXT, field="text")
        if language == row.text.original and text != row.text.source and queries.is_answered(row.id):
            row.retired_at = clock.now()
            kept = {name: getattr(row, name) for name in QUESTION.columns}
            row = Question(network_id=row.network_id, position=row.position, **kept)
            session.add(row)
        QUESTION.write(row, given, language)
        session.flush()
        audit.record("network.question-changed", row, detail={"language": language, "text": text}, actor=by)
        return row


def retire_question(question: Question, *, by: Person) -> None:
    """Ask it no more; the answers that were given stay with their applications."""
    with transaction() as session:
        _ordered(session, question.network_id)
        row = session.get_one(Question, question.id, populate_existing=True)
        demand(Permission.EDIT_QUESTION, row, by=by)
        row.retired_at = row.retired_at or clock.now()
        session.flush()
        _number(_ordered(session, row.network_id))
        audit.record("network.question-retired", row, actor=by)


def move_question(question: Question, *, direction: Literal["up", "down"], by: Person) -> None:
    """Ask it one place earlier or later; the first stays first and the last stays last."""
    with transaction() as session:
        asked = _ordered(session, question.network_id)
        demand(Permission.EDIT_QUESTION, question, by=by)
        place = next((index for index, row in enumerate(asked) if row.id == question.id), None)
        if place is None:
            return
        other = place - 1 if direction == "up" else place + 1
        if 0 <= other < len(asked):
            asked[place], asked[other] = asked[other], asked[place]
            _number(asked)
            audit.record("network.question-moved", question, detail={"to": other + 1}, actor=by)


def _ordered(session: Session, network_id: int) -> list[Question]:
    """Today's questions in their order; the network is ours until the end of the transaction."""
    session.get_one(Network, network_id, with_for_update=True)
    return list(queries.questions_of(network_id))


def _number(questions: list[Question]) -> None:
    for position, question in enumerate(questions, start=1):
        question.position = position

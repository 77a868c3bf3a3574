"""What a network asks those who apply: its set of questions, built by its coordinators."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from portal.accounts.models import Person
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.membership.models import Network
from portal.membership.policies import Permission
from portal.membership.queries import NetworkQuestion
from portal.questions import services as questions
from portal.questions.models import Question, QuestionKind


def add_question(
    network: Network, *, kind: QuestionKind = QuestionKind.LONG_TEXT, language: str, by: Person | Portal,
    added: Sequence[str] = (), condition: str = "", **values: object,
) -> Question:  # fmt: skip
    """Ask one thing more, as the last question: see `portal.questions.services.add`."""
    with transaction():
        row = locked(Network, network.id)
        demand(Permission.EDIT_NETWORK, row, by=by)
        return questions.add(
            questions.set_of(row), kind, language=language, by=by, added=added, condition=condition, **values
        )


def change_question(
    asked: NetworkQuestion, *, version: int, language: str, by: Person | Portal, words: Mapping[str, str] | None = None,
    withdrawn: Collection[str] | None = None, added: Sequence[str] = (), condition: str | None = None, **values: object,
) -> Question:  # fmt: skip
    """Change a question in one language; returns the one that is asked from now on: `portal.questions.services.change`."""
    with transaction():
        demand(Permission.EDIT_NETWORK, locked(Network, asked.network.id), by=by)
        return questions.change(
            asked.question.id, version=version, language=language, by=by, words=words, withdrawn=withdrawn, added=added,
            condition=condition, **values,
        )  # fmt: skip


def retire_question(asked: NetworkQuestion, *, by: Person | Portal) -> None:
    """Ask it no more; the answers that were given stay with their applications."""
    with transaction():
        demand(Permission.EDIT_NETWORK, locked(Network, asked.network.id), by=by)
        questions.retire(asked.question.id, by=by)


def move_question(asked: NetworkQuestion, *, direction: Literal["up", "down"], by: Person | Portal) -> None:
    """Ask it one place earlier or later."""
    with transaction():
        demand(Permission.EDIT_NETWORK, locked(Network, asked.network.id), by=by)
        questions.move(asked.question.id, direction=direction, by=by)

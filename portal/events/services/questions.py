"""What an event asks those who register: its set of questions, built by its organisers."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from portal.accounts.models import Person
from portal.events.models import Event
from portal.events.policies import Permission
from portal.events.queries import EventQuestion
from portal.events.services import editing
from portal.ground.authz import Portal
from portal.ground.db import transaction
from portal.ground.errors import Refusal
from portal.questions import services as questions
from portal.questions.models import Question, QuestionKind
from portal.words.i18n import _l

# Whoever registers has no account, and the form waits in the mailbox: a file of somebody unknown would lie here for that time.
KINDS = tuple(kind for kind in QuestionKind if kind is not QuestionKind.FILE)


def add_question(
    event: Event, *, kind: QuestionKind, language: str, by: Person | Portal, added: Sequence[str] = (),
    condition: str = "", **values: object,
) -> Question:  # fmt: skip
    """Ask one thing more, as the last question: see `portal.questions.services.add`. An event asks for no files."""
    with transaction():
        row = _editable(event, by)
        if kind not in KINDS:
            raise Refusal(_l("The registration for an event cannot ask for files."))
        set_id = questions.set_of(row)
        return questions.add(set_id, kind, language=language, by=by, added=added, condition=condition, **values)


def change_question(
    asked: EventQuestion, *, version: int, language: str, by: Person | Portal, words: Mapping[str, str] | None = None,
    withdrawn: Collection[str] | None = None, added: Sequence[str] = (), condition: str | None = None, **values: object,
) -> Question:  # fmt: skip
    """Change a question in one language; returns the one that is asked from now on: `portal.questions.services.change`."""
    with transaction():
        _editable(asked.event, by)
        return questions.change(
            asked.id, version=version, language=language, by=by, words=words, withdrawn=withdrawn, added=added,
            condition=condition, **values,
        )  # fmt: skip


def retire_question(asked: EventQuestion, *, by: Person | Portal) -> None:
    """Ask it no more; the answers that were given stay with their registrations."""
    with transaction():
        _editable(asked.event, by)
        questions.retire(asked.id, by=by)


def move_question(asked: EventQuestion, *, direction: Literal["up", "down"], by: Person | Portal) -> None:
    """Ask it one place earlier or later."""
    with transaction():
        _editable(asked.event, by)
        questions.move(asked.id, direction=direction, by=by)


def _editable(event: Event, by: Person | Portal) -> Event:
    return editing.editable_event(event.id, by=by, permission=Permission.EDIT)

"""Sets of questions for tests, and what one would answer them."""

from typing import Any

from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.questions import queries, services
from portal.questions.fields import FIELDS
from portal.questions.models import Question, QuestionKind
from portal.questions.queries import Answered, Asked
from portal.questions.rules import Value

K = QuestionKind


class Form:
    """A set of questions with the answers that one person has given."""

    def __init__(self) -> None:
        self.set_id = services.create_set()
        self.answer_set_id: int | None = None

    def ask(self, kind: QuestionKind = K.TEXT, text: str = "Po co?", **more: Any) -> Question:
        """One question more, in Polish; choices have two answers, o1 and o2, where no others are `added`."""
        if kind.has_options:
            more.setdefault("added", ["Tak", "Nie"])
        more.setdefault("required", False)
        made = services.add(self.set_id, kind, language="pl", by=PORTAL, text=text, **more)
        db.session.commit()
        return made

    def answer(self, values: dict[int, Value], by: Any = PORTAL, **more: Any) -> None:
        """Keep these answers, in Polish where nothing else is said."""
        given = {"seen": None, "read_in": "pl", "language": "pl", "by": by, **more}
        with transaction():
            self.answer_set_id = services.keep(self.set_id, self.answer_set_id, values, **given)

    def change(self, question: Question, **values: Any) -> Question:
        """Change what is named, in Polish, and leave everything else as it is."""
        fields = FIELDS[K(question.kind)].read(question, "pl")
        language = values.pop("language", "pl")
        return services.change(
            question.id, version=question.row_version, language=language, by=PORTAL, **{**fields, **values}
        )

    @property
    def asked(self) -> list[Asked]:
        db.session.rollback()
        return list(queries.asked(self.set_id, self.answer_set_id))

    @property
    def answers(self) -> dict[int, Answered]:
        db.session.rollback()
        return {one.question.id: one for one in queries.answers(self.answer_set_id)}

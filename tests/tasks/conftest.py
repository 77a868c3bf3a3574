"""A kind of task for tests: it notes each item as a mark on a table, and can be told which items are bad."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from portal import mail
from portal.accounts.models import Person
from portal.declaration import Feature, TaskKind, declared
from portal.tasks import services
from portal.tasks.models import Task
from tests.factories.people import make_person

KIND = "example"


@dataclass
class Work:
    """What the example does: item after item, a mail for each; what happens on the way is up to the test."""

    items: int = 10
    bad: frozenset[int] = frozenset()
    before: Callable[[int], None] = lambda item: None
    done: list[int] = field(default_factory=list)
    spoilt: list[int] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    def following(self, arguments: Mapping[str, Any], after: int, limit: int) -> Sequence[int]:
        return range(after + 1, min(after + limit, self.items) + 1)

    def work(self, arguments: Mapping[str, Any], item: int) -> None:
        self.before(item)
        mail.queue(
            mail.Message(
                kind=mail.Kind.ACCOUNT, template="accounts/mail/password_changed", to=f"{item}@example.org", lang="pl",
                dedupe_key=f"item:{item}",
            )
        )  # fmt: skip
        if item in self.bad:
            raise ValueError(f"{item} is bad")
        self.done.append(item)

    def end(self, arguments: Mapping[str, Any], state: str) -> Mapping[str, Any]:
        self.ended.append(state)
        return {"marks": len(self.done)}

    def kind(self) -> TaskKind:
        return TaskKind(
            KIND,
            "Example",
            total=lambda arguments: self.items,
            following=self.following,
            work=self.work,
            spoilt=lambda arguments, item: self.spoilt.append(item),
            ended=self.end,
            told=lambda result: [f"Marks: {result['marks']}"],
            reasons={"gone": "What it was about is gone."},
            batch=3,
        )


@pytest.fixture
def work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Work:
    """The example is declared, beside what the portal has."""
    made = Work()
    example = Feature(name="example", blueprints=[], tasks=[made.kind()])
    monkeypatch.setitem(app.extensions, "portal.features", (*declared(), example))
    return made


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def task(work: Work, owner: Person) -> Task:
    """A task that nobody has begun."""
    return services.start(KIND, arguments={}, by=owner)

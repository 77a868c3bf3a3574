"""Facts: frozen, announced by one feature, answered by features above it, in the order of the ladder."""

import ast
import dataclasses
import importlib
from collections.abc import Iterable, Iterator

import pytest

from portal import features
from tests.architecture.sources import ROOMS, python

LADDER = (
    *reversed(ROOMS), "accounts", "organisations", "membership", "events", "registration", "door", "projects", "causes", "grants",
    "impact", "news", "pages",
)  # fmt: skip


def fact_classes() -> Iterator[type]:
    for source in python("portal"):
        if source.parts[-1] == "facts.py" and source.parts[1] not in ROOMS:
            module = importlib.import_module(".".join(source.parts).removesuffix(".py"))
            yield from (
                value
                for value in vars(module).values()
                if isinstance(value, type) and value.__module__ == module.__name__
            )


def changeable(fact: type) -> bool:
    """A fact is a frozen dataclass: what happened does not change."""
    return not dataclasses.is_dataclass(fact) or not fact.__dataclass_params__.frozen


def announced(text: str) -> set[str]:
    """The names of the facts that this code announces."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        is_announcement = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "announce"
        if is_announcement and node.args and isinstance(node.args[0], ast.Call):
            found.add(ast.unparse(node.args[0].func).rpartition(".")[2])
    return found


def out_of_order(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Answers (feature of the fact, feature of the answer) that look down, at the same step, or stand out of order."""
    wrong = [(fact, answer) for fact, answer in rows if LADDER.index(answer) <= LADDER.index(fact)]
    last: dict[str, int] = {}
    for fact, answer in rows:
        if LADDER.index(answer) < last.get(fact, 0):
            wrong.append((fact, answer))
        last[fact] = LADDER.index(answer)
    return wrong


def test_facts_are_frozen() -> None:
    assert not [fact.__name__ for fact in fact_classes() if changeable(fact)]


def test_every_announced_fact_has_an_answer() -> None:
    told = {name for source in python("portal") if source.parts[1] not in ROOMS for name in announced(source.text)}
    answered = {fact.__name__ for fact, _ in features.answers()}
    assert told <= answered, f"nobody answers {told - answered}"


def test_answers_stand_above_their_fact_in_ladder_order() -> None:
    def feature(value: object) -> str:
        return str(value.__module__).split(".")[1]

    assert not out_of_order([(feature(fact), feature(answer)) for fact, answer in features.answers()])


def test_bad_examples_are_rejected() -> None:
    @dataclasses.dataclass
    class Changed:
        id: int

    assert changeable(Changed)
    assert announced("facts.announce(facts.Gone(1))\nannounce(Moved(2))") == {"Gone", "Moved"}
    assert out_of_order([("events", "organisations")])
    assert out_of_order([("organisations", "news"), ("organisations", "events")])


@pytest.mark.parametrize(
    "rows", [[("events", "registration")], [("organisations", "events"), ("organisations", "news")]]
)
def test_good_order_is_accepted(rows: list[tuple[str, str]]) -> None:
    assert not out_of_order(rows)

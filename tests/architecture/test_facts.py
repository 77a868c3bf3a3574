"""Facts: frozen, announced by one feature, answered by features above it, in the order of the ladder."""

import ast
import dataclasses
import importlib
from collections.abc import Iterable, Iterator

import pytest

from portal.features import FEATURES
from tests.architecture.sources import ROOMS, python
from tools.facts import PAGE, written

LADDER = (
    "accounts", "revisions", "tasks", "messages", "questions", "areas", "organisations", "saved", "merging", "documents",
    "membership", "freshness", "imports", "trust", "events",
    "registration", "door", "projects", "causes", "grants", "impact", "news", "pages",
)  # fmt: skip
ANSWERS = [answer for feature in FEATURES for answer in feature.answers]


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


ANNOUNCED = {name for source in python("portal") if source.parts[1] not in ROOMS for name in announced(source.text)}


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
    answered = {fact.__name__ for fact, _ in ANSWERS}
    assert answered >= ANNOUNCED, f"nobody answers {ANNOUNCED - answered}"


def test_features_stand_in_ladder_order_and_declare_their_own_facts() -> None:
    names = [feature.name for feature in FEATURES]
    assert names == [name for name in LADDER if name in names]
    declared = {fact for feature in FEATURES for fact in feature.facts}
    assert declared <= set(fact_classes())
    assert {fact.__name__ for fact in declared} == ANNOUNCED
    for feature in FEATURES:
        assert {fact.__module__ for fact in feature.facts} <= {f"portal.{feature.name}.facts"}
        assert {answer.__module__ for _, answer in feature.answers} <= {f"portal.{feature.name}.reactions"}


def test_table_of_facts_in_the_docs_is_that_of_the_code() -> None:
    page = PAGE.read_text("utf-8")
    assert "| `PeopleJoined` |" in page
    assert written(page) == page, "python -m tools.facts"


def test_answers_stand_above_their_fact_in_ladder_order() -> None:
    def feature(value: object) -> str:
        return str(value.__module__).split(".")[1]

    assert not out_of_order([(feature(fact), feature(answer)) for fact, answer in ANSWERS])


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

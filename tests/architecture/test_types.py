"""Signatures say what goes in and out: what is `Any` there, mypy does not check on either side."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOMS, Function, Source, python

CONTENT = "the words of the demo: each table of a TOML file has a shape of its own, which one function reads"
VALUES = "the values of a form become keyword arguments of a service, and that says what they are"
BOUND = "WTForms makes a field with names of its own"
STORED = "what stands in a backup, before and while it is checked"
# How many functions have Any in their signature, by module, and why. A number only falls.
REASONS = {
    "portal/words/content.py": (1, CONTENT),
    "portal/events/demo/__init__.py": (5, CONTENT),
    "portal/membership/demo/__init__.py": (2, CONTENT),
    "portal/registration/demo/__init__.py": (1, CONTENT),
    "portal/membership/demo/questions.py": (2, CONTENT),
    "portal/questions/demo.py": (4, CONTENT),
    "portal/news/demo/__init__.py": (3, CONTENT),
    "portal/projects/demo/__init__.py": (3, CONTENT),
    "portal/grants/demo/__init__.py": (6, CONTENT),
    "portal/grants/forms.py": (1, VALUES),
    "portal/projects/demo/records.py": (3, CONTENT),
    "portal/projects/demo/pictures.py": (1, CONTENT),
    "portal/organisations/demo/__init__.py": (2, CONTENT),
    "portal/documents/forms.py": (1, VALUES),
    "portal/projects/picture_forms.py": (1, VALUES),
    "portal/face/forms/base.py": (1, VALUES),
    "portal/face/forms/stale.py": (1, VALUES),
    "portal/organisations/forms/areas.py": (1, VALUES),
    "portal/organisations/forms/profile.py": (1, VALUES),
    "portal/merging/forms.py": (2, VALUES),
    "portal/messages/forms.py": (1, VALUES),
    "portal/organisations/services/restoring.py": (1, VALUES),
    "portal/trust/forms.py": (1, VALUES),
    "portal/questions/forms/building.py": (1, VALUES),
    "portal/registration/forms.py": (3, f"{VALUES}; {BOUND}"),
    "portal/face/forms/fields.py": (1, BOUND),
    "portal/ground/backup/archive.py": (3, STORED),
    "portal/ground/backup/rows.py": (2, STORED),
    "portal/ground/checks.py": (1, "a query may have any columns: their values are numbers to be told"),
    "portal/ground/cookies.py": (1, "the signer of a library, which answers in one of two shapes"),
    "portal/registration/invariants.py": (1, "two models and their counters; only their columns are alike"),
    "portal/rights.py": (1, "a column of whatever type"),
    "portal/ground/db.py": (1, "a use-case collects things of many kinds for its end, each known to its collector"),
    "portal/privacy/holdings.py": (1, "the models of roles are all features'; only their columns are alike"),
}
ANY = re.compile(r"\bAny\b")


def untyped(source: Source) -> Iterator[str]:
    """Every function with Any in its signature."""
    for function in source.functions():
        if any(ANY.search(ast.unparse(annotation)) for annotation in _annotations(function)):
            yield f"{source.name}:{function.lineno} {function.name}"


def _annotations(function: Function) -> Iterator[ast.expr]:
    given = function.args
    for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg):
        if one is not None and one.annotation is not None:
            yield one.annotation
    if function.returns is not None:
        yield function.returns


def other_names(source: Source) -> Iterator[str]:
    """Rule: Any is called Any, so that it can be counted."""
    for node in ast.walk(source.tree):
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if value is not None and ast.unparse(value) in ("Any", "typing.Any"):
            yield f"{source.name}:{node.lineno} {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom) and any(one.name == "Any" and one.asname for one in node.names):
            yield f"{source.name}:{node.lineno} {ast.unparse(node)}"


def half_known_people(source: Source) -> Iterator[str]:
    """Rule: a feature asks `accounts.session` for the person, whose type it knows; the rooms below know an Actor only."""
    if source.parts[1] in ROOMS or source.name == "portal/accounts/session.py":
        return
    for node in ast.walk(source.tree):
        name = node.attr if isinstance(node, ast.Attribute) else node.name if isinstance(node, ast.alias) else ""
        if name == "current_actor":
            yield f"{source.name} asks ground"


def test_signatures_say_what_they_take() -> None:
    found = {source.name: [*untyped(source)] for source in python("portal")}
    assert {name: ones for name, ones in found.items() if len(ones) > REASONS.get(name, (0, ""))[0]} == {}, (
        "say the types"
    )


def test_reasons_are_still_needed() -> None:
    found = Counter(source.name for source in python("portal") for _one in untyped(source))
    assert {name: number for name, (number, _why) in REASONS.items() if found[name] < number} == {}, "lower the number"


@pytest.mark.parametrize("rule", [other_names, half_known_people])
def test_holds_everywhere(rule) -> None:
    assert [one for source in python("portal") for one in rule(source)] == []


@pytest.mark.parametrize(
    "text",
    [
        "def f(a: Any) -> None: ...",
        "def f() -> dict[str, Any]: ...",
        "def f(*, b: 'list[Any]') -> None: ...",
        "class A:\n    def f(self, *values: Any) -> None: ...",
        "def f(**values: typing.Any) -> None: ...",
    ],
)
def test_signature_with_any_is_counted(text: str) -> None:
    assert len(list(untyped(Source("portal/x.py", text)))) == 1


def test_signature_of_types_is_not_counted() -> None:
    assert list(untyped(Source("portal/x.py", "def f(a: object, many: Anything) -> int:\n    b: Any = a\n"))) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (other_names, "Json: TypeAlias = Any"),
        (other_names, "Json = typing.Any"),
        (other_names, "from typing import Any as Json"),
        (half_known_people, "from portal.ground.authz import current_actor"),
        (half_known_people, "authz.current_actor()"),
    ],
)
def test_bad_example_is_rejected(rule, text: str) -> None:
    assert len(list(rule(Source("portal/news/views/x.py", text)))) == 1

"""Stubs of our own say what a library has: a new version that renames or drops something is noticed here."""

import ast
import importlib
import inspect
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, Source

TYPINGS = ROOT / "typings"
STUBS = {
    ".".join(path.relative_to(TYPINGS).with_suffix("").parts).removesuffix(".__init__"): Source(
        path.name, path.read_text()
    )
    for path in sorted(TYPINGS.rglob("*.pyi"))
}


def untrue(stub: Source, library: object) -> Iterator[str]:
    """What a stub says and the library has not: names, methods and parameters."""
    for node in stub.tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AnnAssign):
            name = ast.unparse(node.target) if isinstance(node, ast.AnnAssign) else node.name
            if not hasattr(library, name):
                yield f"no {name}"
            elif not isinstance(node, ast.AnnAssign):
                yield from _untrue_of(node, getattr(library, name))


def _untrue_of(node: ast.ClassDef | ast.FunctionDef, real: object) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and not hasattr(real, part.name):
                yield f"no {node.name}.{part.name}"
            elif isinstance(part, ast.FunctionDef):
                yield from _untrue_of(part, getattr(real, part.name))
        return
    known = inspect.signature(real).parameters.values()
    takes_any = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in known)
    for given in (*node.args.args, *node.args.kwonlyargs):
        if not takes_any and given.arg not in {one.name for one in known}:
            yield f"{node.name} takes no {given.arg}"


@pytest.mark.parametrize("module", STUBS)
def test_library_has_what_its_stub_says(module: str) -> None:
    assert list(untrue(STUBS[module], importlib.import_module(module))) == []


class Library:
    class Queue:
        def put(self, item: object) -> None:
            raise AssertionError


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("class Queue:\n    def put(self, item: object) -> None: ...", []),
        ("class Queue:\n    def put(self, item: object, *, delay: int) -> None: ...", ["put takes no delay"]),
        ("class Queue:\n    def take(self) -> object: ...", ["no Queue.take"]),
        ("class Stack: ...", ["no Stack"]),
        ("current: int", ["no current"]),
    ],
)
def test_bad_example_is_rejected(text: str, found: list[str]) -> None:
    assert list(untrue(Source("x.pyi", text), Library)) == found

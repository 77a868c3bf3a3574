"""The page of what registration is measured by names tests that there are."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "measured.md"
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
LETTERS = ["A8", "B1", "B2", "B3", "B4", "B6", "C1", "C2", "C3", "C4"]
COMPLAINTS = ["1", "2", "3", "4", "5", "6", "11", "12", "14", "15", "18", "23", "24", "25", "26", "27"]


@cache
def told(file: str) -> tuple[str, dict[str, str]]:
    """What a file of tests says of itself, and what each of its tests does."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    tests = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")]
    return ast.get_docstring(tree) or "", {one.name: ast.get_docstring(one) or "" for one in tests}


def rows(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(first word, tests) of each row of a table that is no head."""
    for line in text.splitlines():
        if line.startswith("| ") and (first := line.split()[1]) not in ("measure", "complaint", "what"):
            yield first, NAMED.findall(line)


def missing(text: str) -> list[str]:
    """Rows without a test, and tests that are not there."""
    found = [first for first, tests in rows(text) if not tests]
    for _first, tests in rows(text):
        found += [f"{file}::{name}" for file, name in tests if not _is_there(file, name)]
    return found


def _is_there(file: str, name: str) -> bool:
    return (ROOT / "tests" / file).is_file() and name in told(file)[1]


def test_every_row_names_tests_that_there_are() -> None:
    assert missing(PAGE.read_text(encoding="utf-8")) == []


def test_every_measure_and_every_complaint_has_its_row() -> None:
    first = [word for word, _tests in rows(PAGE.read_text(encoding="utf-8"))]
    assert first[: len(LETTERS)] == LETTERS
    assert [word for word in first if word.isdigit()][: len(COMPLAINTS)] == COMPLAINTS


def test_a_test_of_a_measure_says_its_letter() -> None:
    silent = []
    for letter, tests in rows(PAGE.read_text(encoding="utf-8").partition("## What people")[0]):
        for file, name in tests:
            whole, each = told(file)
            if not each.get(name, "").startswith(f"{letter}:") and not whole.startswith(f"{letter}:"):
                silent.append(f"{letter} {file}::{name}")
    assert silent == []


def test_a_test_that_is_not_there_is_seen() -> None:
    assert missing("| B9 nothing | `faults/test_last_seat.py::test_that_nobody_wrote` |") == [
        "faults/test_last_seat.py::test_that_nobody_wrote"
    ]
    assert missing("| B9 nothing | |") == ["B9"]

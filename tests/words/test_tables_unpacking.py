"""The program that opens a workbook, run here instead of in its own process: what it counts and how it writes cells."""

import datetime as dt
import io
import json
import sys
import zipfile

import pytest

from portal.words.tables import unpacking
from portal.words.tables.unpacking import TooMuch, read, repacked, text
from tests.support.workbooks import FIRST_SHEET, bomb, lying_bomb, workbook

ORDER = {"unpacked": 2_000_000, "rows": 3, "columns": 3, "cells": 6, "cell": 10, "memory": 0, "seconds": 0}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("00123", "00123"), (12.0, "12"), (12, "12"), (1.5, "1.5"), (1e20, "1e+20"), (True, "TRUE"), (False, "FALSE"),
        (dt.date(2026, 11, 21), "2026-11-21"), (dt.datetime(2026, 11, 21), "2026-11-21"),
        (dt.datetime(2026, 11, 21, 17), "2026-11-21 17:00"), (dt.datetime(2026, 11, 21, 17, 0, 5), "2026-11-21 17:00:05"),
        (dt.time(9, 5), "09:05"), (dt.timedelta(hours=26, minutes=5), "26:05"), (dt.timedelta(seconds=61), "0:01:01"),
    ],
)  # fmt: skip
def test_cell_is_written_as_a_person_types_it(value: object, words: str) -> None:
    assert text(value) == words


TOO_MUCH = {
    "rows": [["a"]] * 4,
    "columns": [["a"] * 4],
    "cell": [["a" * 11]],
    "cells": [["a"] * 3] * 3,
}


@pytest.mark.parametrize(("what", "rows"), TOO_MUCH.items(), ids=TOO_MUCH)
def test_too_much_is_named(what: str, rows: list[list[str]]) -> None:
    with pytest.raises(TooMuch) as found:
        read(workbook(rows), ORDER)
    assert found.value.args[0] == what


def test_letters_are_counted_wherever_a_text_stands() -> None:
    with pytest.raises(TooMuch) as found:
        read(workbook([["a" * 9_000] * 300]), {**ORDER, "columns": 300, "cells": 300, "cell": 10_000})
    assert found.value.args == ("unpacked", 1)


@pytest.mark.parametrize("make", [bomb, lying_bomb])
def test_unpacking_stops_at_what_really_came_out(make) -> None:
    with pytest.raises((TooMuch, zipfile.BadZipFile)):
        repacked(make(4), 2_000_000)


def test_only_what_a_reader_needs_is_unpacked() -> None:
    data = io.BytesIO(workbook([["a"]]))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as more:
        more.writestr("xl/media/picture.png", bytes(9_000_000))
    assert read(data.getvalue(), ORDER)["rows"] == [[1, ["a"]]]


def test_empty_cells_at_the_end_and_empty_rows_go() -> None:
    assert read(workbook([["a", "", ""], [], ["", " "], ["b"]]), ORDER)["rows"] == [[1, ["a"]], [4, ["b"]]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [([["ą"]], {"sheet": "Lista", "unread": [], "rows": [[1, ["ą"]]]}), ([["a"] * 4], {"refused": ["columns", 1]})],
)
def test_program_answers_in_json(monkeypatch, capsys, rows, said) -> None:
    """Its limits would hold for the whole test run: whether they do is seen in tests/faults/test_table_memory.py."""
    monkeypatch.setattr(sys, "argv", ["unpacking", json.dumps(ORDER)])
    monkeypatch.setattr(sys, "stdin", type("Input", (), {"buffer": io.BytesIO(workbook(rows))}))
    monkeypatch.setattr(unpacking.resource, "setrlimit", lambda *_limit: None)
    unpacking.main()
    assert json.loads(capsys.readouterr().out) == said


def test_sheet_of_nothing_is_an_empty_table() -> None:
    assert read(workbook([]), ORDER)["rows"] == []
    assert FIRST_SHEET in zipfile.ZipFile(io.BytesIO(workbook([]))).namelist()

"""Workbooks of Excel (XLSX), from strangers.

Three doors, each before the next: what the archive says of itself is looked at here, without unpacking anything; a process
of its own with little memory and little time unpacks and reads it (`unpacking.py` says why); and what that process hands
over is bounded. Whatever happens in there, the portal goes on.
"""

import io
import json
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import TypedDict

from portal.ground.errors import Busy
from portal.words.tables import bounds as said
from portal.words.tables.bounds import Bounds
from portal.words.tables.delimited import as_typed
from portal.words.tables.table import Line, Table

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_SIZE = 22  # bytes of the last record, without its comment
_DIRECTORY = 1 << 20  # bytes: a thousand entries with long names
_SECONDS = 20
_MEMORY = 512 << 20  # bytes that the reading process may ask for, its libraries included
_WAIT = 10  # seconds for somebody else's workbook
_READER = Path(__file__).with_name("unpacking.py")

# One workbook at a time per process: each may take as much memory as all the rest of it.
_one_at_a_time = threading.Lock()


def read_xlsx(data: bytes, bounds: Bounds) -> Table:
    """The first sheet that is not hidden. Raises NoTable; Busy when others are being read.

    Of a formula its last value is read, as the program that wrote the file kept it; nothing is computed.
    """
    if len(data) > bounds.file:
        raise said.too_large(bounds)
    if data.startswith(OLE):
        raise said.no_table("old")
    _look_at_the_directory(data, bounds)
    if not _one_at_a_time.acquire(timeout=_WAIT):
        raise Busy()
    try:
        answer = _answer(data, bounds)
    finally:
        _one_at_a_time.release()
    if "refused" in answer:
        raise _refusal(answer["refused"], bounds)
    lines = [
        Line(number, cells)
        for number, row in answer["rows"]
        if any(cells := tuple(as_typed(cell) for cell in row))
    ]  # fmt: skip
    return Table(lines, answer["sheet"], tuple(answer["unread"]))


def _look_at_the_directory(data: bytes, bounds: Bounds) -> None:
    """Is it a workbook, and does it say that it is small enough? The directory stands at the end, and its size in the
    last record, so that even a list of a million entries is refused unread."""
    end = data.rfind(_END, max(0, len(data) - _END_SIZE - 0xFFFF))
    if end < 0 or len(data) < end + _END_SIZE or data[max(0, end - 20) : end].startswith(_END_64):
        raise said.no_table("damaged" if data.startswith(ZIP) else "nothing")
    directory = int.from_bytes(data[end + 12 : end + 16], "little")
    count = int.from_bytes(data[end + 10 : end + 12], "little")
    if directory > _DIRECTORY or count > bounds.entries:
        raise said.no_table("damaged")
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError):
        raise said.no_table("damaged") from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        kind = "binary" if "xl/workbook.bin" in names else "ods" if "content.xml" in names else "nothing"
        raise said.no_table(kind)
    if len(entries) > bounds.entries or len(names) < len(entries) or any(entry.flag_bits & 1 for entry in entries):
        raise said.no_table("damaged")
    if sum(entry.file_size for entry in entries) > bounds.unpacked:
        raise said.too_large_unpacked(bounds)


class Answer(TypedDict, total=False):
    """What the reading process says: a sheet with its rows and their numbers, or of what there was too much and where."""

    sheet: str
    unread: list[str]
    rows: list[tuple[int, list[str]]]
    refused: tuple[str, int]


def _answer(data: bytes, bounds: Bounds) -> Answer:
    order = {
        "unpacked": bounds.unpacked, "rows": bounds.rows, "columns": bounds.columns, "cells": bounds.cells,
        "cell": bounds.cell, "memory": _MEMORY, "seconds": _SECONDS,
    }  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  (our own file, and nothing of the stranger in the arguments)
            [sys.executable, "-I", str(_READER), json.dumps(order)],
            input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS + _WAIT, check=True, env={},
        )  # fmt: skip
        answer: Answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise said.no_table("damaged") from None
    return answer


def _refusal(what: tuple[str, int], bounds: Bounds) -> said.NoTable:
    """The sentence for what the reading process found too much of."""
    why, line = what
    if why == "cell":
        return said.too_long_a_cell(line, bounds)
    too_many = {
        "unpacked": said.too_large_unpacked, "rows": said.too_many_rows, "columns": said.too_many_columns,
        "cells": said.too_many_cells,
    }  # fmt: skip
    return too_many[why](bounds)

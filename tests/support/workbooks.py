"""Workbooks for tests: honest ones, and those that lie."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

FIRST_SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: Sequence[Sequence[Any]], *, sheets: Sequence[str] = ("Lista",)) -> bytes:
    """An XLSX with these rows in its first sheet, types as Python has them; a text stays a text."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    for name in sheets:
        sheet = book.add_worksheet(name)
        if name == sheets[0]:
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def repacked(data: bytes, more: Mapping[str, bytes], *, without: Sequence[str] = ()) -> bytes:
    """The same archive with some entries replaced or added, and others left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in more and name not in without:
                new.writestr(name, old.read(name))
        for name, content in more.items():
            new.writestr(name, content)
    return stream.getvalue()


def bomb(megabytes: int) -> bytes:
    """A workbook whose sheet is blanks for so many megabytes."""
    return repacked(workbook([["a"]]), {FIRST_SHEET: b" " * (megabytes << 20)})


def lying_bomb(megabytes: int) -> bytes:
    """The same, but every entry says of itself that it is a kilobyte."""
    data = bytearray(bomb(megabytes))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(mark)
        while place >= 0:
            struct.pack_into("<I", data, place + offset, 1000)
            place = data.find(mark, place + 4)
    return bytes(data)


def far_cells(row: int = 1_048_575, column: int = 16_383) -> bytes:
    """Five kilobytes in which two cells stand far apart: at the two ends of the sheet."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(row, column, "b")
    book.close()
    return stream.getvalue()

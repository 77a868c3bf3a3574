"""Tables of strangers: read as they were typed, with the lines where they stood, or refused with a way out."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image

from portal.words.i18n import LANGUAGES, in_language
from portal.words.tables import Bounds, NoTable, Table, heads, read_file, read_text
from tests.support.workbooks import FIRST_SHEET, bomb, far_cells, lying_bomb, repacked, workbook

SMALL = Bounds(file=2_000_000, unpacked=4_000_000, rows=1000, columns=20, cells=5000)


def cells(table: Table) -> list[tuple[str, ...]]:
    return [line.cells for line in table.lines]


def refused(data: bytes, bounds: Bounds = SMALL) -> str:
    with pytest.raises(NoTable) as found:
        read_file(data, bounds)
    return str(found.value.reason)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_csv_of_any_delimiter_and_line_end(delimiter: str, end: str) -> None:
    rows = [["Imię", "Kwota", "Uwagi"], ["Łucja", "00123", "dwie\nlinie"], ["Яна", "1.5", f"a{delimiter}b"]]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    table = read_file(stream.getvalue().encode())
    assert cells(table) == [tuple(row) for row in rows]
    assert [line.number for line in table.lines] == [1, 2, 4]


def test_decimal_commas_do_not_cut_cells() -> None:
    assert cells(read_file(b"1,5;2,5\r\n3,5;4,5\r\n")) == [("1,5", "2,5"), ("3,5", "4,5")]


def test_excel_may_say_the_delimiter_itself() -> None:
    table = read_file(b"sep=,\r\na,b;c\r\n")
    assert [(line.number, line.cells) for line in table.lines] == [(2, ("a", "b;c"))]


def test_empty_rows_go_and_the_others_keep_their_numbers() -> None:
    table = read_text("\n\na@example.org;1\n ; \n\nb@example.org;2\n", SMALL)
    assert [(line.number, line.cells[0]) for line in table.lines] == [(3, "a@example.org"), (6, "b@example.org")]


def test_what_hides_in_a_cell_is_taken_out_and_a_guard_too() -> None:
    assert cells(read_text("a\u200b\u202eb\t'=1+1\t'to\n\x00c\t'+48 22 1\t=2\n", SMALL)) == [
        ("ab", "=1+1", "'to"), ("c", "+48 22 1", "=2"),
    ]  # fmt: skip


def test_headers_are_found_in_any_language_and_their_absence_too() -> None:
    known = {"email": ["E-mail address", "Adres e-mail", "Имейл адрес"], "name": ["Имя", "Imię i nazwisko"]}
    assert heads(read_text("ADRES E-MAIL:\tUwagi\timie i nazwisko\nx\ty\tz", SMALL), known) == {"email": 0, "name": 2}
    assert heads(read_text("a@example.org\tAla\n", SMALL), known) is None
    assert heads(read_text("", SMALL), known) is None


def test_workbook_is_read_as_a_person_typed_it() -> None:
    stream = io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False})
    empty, sheet, other = book.add_worksheet("Pusty"), book.add_worksheet("Osoby"), book.add_worksheet("Inne")
    hidden = book.add_worksheet("Ukryty")
    other.write(0, 0, "x")
    hidden.hide()
    assert empty
    day, moment = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(1, 1, ["00123", 12, 1.5, True])
    sheet.write_formula(2, 1, "=1+1", None, 2)
    sheet.write_datetime(2, 2, dt.datetime(2026, 11, 21), day)
    sheet.write_datetime(2, 3, dt.datetime(2026, 11, 21, 17, 5), moment)
    sheet.write_string(4, 1, "=HYPERLINK(1)")
    sheet.write_blank(1_048_575, 1, None, day)  # formatted to the end of the sheet, as people do
    book.close()
    table = read_file(stream.getvalue())
    assert [(line.number, line.cells) for line in table.lines] == [
        (2, ("00123", "12", "1.5", "TRUE")),
        (3, ("2", "2026-11-21", "2026-11-21 17:05")),
        (5, ("=HYPERLINK(1)",)),
    ]
    assert (table.sheet, table.unread) == ("Osoby", ("Pusty", "Inne"))


def test_workbook_and_text_of_no_rows_are_empty_tables() -> None:
    assert read_file(workbook([])).lines == read_file(b"").lines == read_file(b"\xef\xbb\xbf").lines == []


def ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (30, 30), "red").save(stream, "PNG")
    return stream.getvalue()


def of_entries(count: int) -> bytes:
    return repacked(workbook([["a"]]), {f"xl/more/{number}.xml": b"" for number in range(count)})


HONEST = workbook([["a", "b"]])
BAD = {
    "old workbook": (ole, "XLS"),
    "picture called XLSX": (picture, "not a table"),
    "PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01", "not a table"),
    "NUL bytes": (lambda: (b"a" * 300 + b";b\r\n") * 400 + b"c\0;d\r\n", "not a table"),
    "web page called XLS": (lambda: b"<html><table><tr><td>a", "web page"),
    "OpenDocument": (lambda: repacked(HONEST, {"content.xml": b"<a/>"}, without=["xl/workbook.xml"]), "ODS"),
    "binary workbook": (
        lambda: repacked(HONEST, {"xl/workbook.bin": b"a"}, without=["xl/workbook.xml"]),
        "binary format",
    ),
    "another archive": (lambda: repacked(HONEST, {}, without=["xl/workbook.xml"]), "not a table"),
    "cut in the middle": (lambda: HONEST[:2000], "cannot read"),
    "broken sheet": (lambda: repacked(HONEST, {FIRST_SHEET: b"<worksheet><sheetData><row"}), "cannot read"),
    "bomb": (lambda: bomb(6), "larger than"),
    "bomb that lies": (lambda: lying_bomb(6), ""),
    "cells far apart": (far_cells, "cannot read"),
    "too many entries": (lambda: of_entries(1001), "cannot read"),
    "too large": (lambda: bytes(2_000_001), "limit is 2\u00a0MB"),
    "too many rows": (lambda: b"a;b\r\n" * 1001, "1,000 rows"),
    "too many rows of a sheet": (lambda: workbook([["a"]] * 1001), "1,000 rows"),
    "too many columns": (lambda: b";".join([b"a"] * 10_000), "20 columns"),
    "too many columns of a sheet": (lambda: workbook([["a"] * 10_000]), "20 columns"),
    "too many cells": (lambda: b"a;b;c;d;e;f;g;h;i;j\r\n" * 600, "5,000 cells"),
    "one line of megabytes": (lambda: b"a" * 1_900_000, "Line 1 has a cell"),
    "one cell of a sheet": (lambda: workbook([["a"], ["b" * 20_000]]), "Line 2 has a cell"),
    "open quotation mark": (lambda: b'a;b\r\nc;"d\r\n' + b"e;f\r\n" * 5, "quotation mark in line 2"),
    "open quotation mark before much": (lambda: b'a;b\r\nc;"d\r\n' + b"e;f\r\n" * 300_000, "quotation mark in line 2"),
}


@pytest.mark.parametrize(("make", "words"), BAD.values(), ids=BAD)
def test_what_is_no_table_is_refused_with_a_way_out(make, words: str) -> None:
    data = make()
    for language in LANGUAGES:
        with in_language(language):
            sentence = refused(data)
        assert sentence.endswith(".")
        if language == "en":
            assert words in sentence


def test_no_more_is_unpacked_than_allowed_whatever_the_file_says() -> None:
    """Where its entries lie about their size, either the reader stops at what it has counted or finds the lie."""
    assert refused(lying_bomb(6)).startswith(("Unpacked, the workbook is larger", "The portal cannot read"))


def test_a_text_that_is_shared_counts_wherever_it_stands() -> None:
    assert "larger than" in refused(workbook([["a" * 9_000] * 10] * 100), Bounds(unpacked=4_000_000))


def test_nothing_is_computed(tmp_path: Path) -> None:
    """A formula without a kept value is an empty cell: its text is a program, and no answer."""
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    sheet += b'<c r="A1"><f>WEBSERVICE("http://example.org")</f></c><c r="B1" t="str"><f>1+1</f><v>2</v></c></row></sheetData>'
    assert cells(read_file(repacked(HONEST, {FIRST_SHEET: sheet + b"</worksheet>"}))) == [("2",)]

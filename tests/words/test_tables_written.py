"""Tables as files: what a spreadsheet opens right in each language, and runs nothing of."""

import csv
import datetime as dt
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from decimal import Decimal

import pytest
from python_calamine import load_workbook

from portal.words.i18n import in_language
from portal.words.tables import Column, Sheet, file_name, read_file, written_csv, written_xlsx

HOSTILE = ["=1+1", "+48 22", "-5", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://example.org")', "'=1"]
ROWS = [
    ("Łucja", 12, Decimal("2500.50"), dt.date(2026, 11, 21), dt.datetime(2026, 11, 21, 17, 5)),
    ("00123", None, None, None, None),
]
COLUMNS = [Column(f"Kolumna {number}", "Coś", "a, b", width=10 * number) for number in range(5)]


def sheet(rows=ROWS, title: str = "Osoby") -> Sheet:
    return Sheet(title, COLUMNS, rows)


def content(table: Sheet) -> str:
    return b"".join(written_csv(table)).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("language", "delimiter", "amount"), [("pl", ";", "2500,50"), ("bg", ";", "2500,50"), ("en", ",", "2500.50")]
)
def test_csv_as_the_spreadsheets_of_its_language_open_it(language: str, delimiter: str, amount: str) -> None:
    with in_language(language):
        data = b"".join(written_csv(sheet()))
    assert data.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    assert heads == [one.head for one in COLUMNS]
    assert rows == [["Łucja", "12", amount, "2026-11-21", "2026-11-21 17:05"], ["00123", "", "", "", ""]]


def test_no_text_is_a_formula_and_each_comes_back_as_it_was() -> None:
    rows = [(text,) for text in HOSTILE]
    with in_language("pl"):
        read = list(csv.reader(io.StringIO(content(sheet(rows)), newline=""), delimiter=";"))[1:]
    assert [row[0] for row in read] == [f"'{text}" if not text.startswith("'") else text for text in HOSTILE]
    with in_language("pl"):
        again = read_file(content(sheet(rows)).encode()).lines[1:]
    assert [line.cells[0] for line in again][:4] == HOSTILE[:4]


def test_workbook_holds_texts_as_texts_and_dates_as_dates() -> None:
    with in_language("pl"), written_xlsx(sheet([*ROWS, *((text,) for text in HOSTILE)])) as file:
        data = file.read()
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    book = load_workbook(io.BytesIO(data))
    rows = book.get_sheet_by_index(0).to_python()[1:]
    assert rows[0] == ["Łucja", 12.0, 2500.5, dt.date(2026, 11, 21), dt.datetime(2026, 11, 21, 17, 5)]
    assert rows[1][0] == "00123"
    assert [row[0].strip() for row in rows[2:]] == [text.strip() for text in HOSTILE]


def test_second_sheet_says_what_each_column_means() -> None:
    with in_language("bg"), written_xlsx(sheet()) as file:
        book = load_workbook(file)
    assert book.sheet_names == ["Osoby", "Какво означават колоните"]
    assert book.get_sheet_by_index(1).to_python() == [
        ["Колона", "Значение", "Стойности"], *([one.head, one.meaning, one.values] for one in COLUMNS),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name"),
    [("A" * 50, "A" * 31), ("[a]:*?/\\'b'", "a b"), ("///", "1"), ("Co znaczą kolumny", "Co znaczą kolumny")],
)
def test_sheet_has_a_name_that_spreadsheets_take(title: str, name: str) -> None:
    with in_language("pl"), written_xlsx(sheet(title=title)) as file:
        names = load_workbook(file).sheet_names
    assert names[0] == name
    assert len(set(names)) == 2


def test_header_stays_in_sight_and_on_every_sheet_of_paper() -> None:
    with in_language("pl"), written_xlsx(sheet()) as file:
        archive = zipfile.ZipFile(file)
        assert b'state="frozen"' in archive.read("xl/worksheets/sheet1.xml")
        assert b"Print_Titles" in archive.read("xl/workbook.xml")


def test_day_before_the_calendar_of_excel_is_a_text() -> None:
    with in_language("pl"), written_xlsx(sheet([(dt.date(1863, 1, 22),)])) as file:
        assert load_workbook(file).get_sheet_by_index(0).to_python()[1][0] == "1863-01-22"


def many() -> Iterator[tuple[str, str]]:
    for number in range(20_000):
        yield f"Osoba {number}", "słowa " * 20


def peak(work) -> int:
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_rows() -> None:
    """The rows are 5 MB as texts and 20 MB as cells."""
    with in_language("pl"):
        assert peak(lambda: written_xlsx(sheet(many())).close()) < 3_000_000
        assert peak(lambda: sum(map(len, written_csv(sheet(many()))))) < 3_000_000


def test_name_of_a_file_is_harmless_everywhere() -> None:
    assert file_name('../Kongres "Łódź"\r\n2026', "2026-11-28", ending="csv") == "kongres-lodz-2026-2026-11-28.csv"
    assert file_name("Конгрес", ending="xlsx") == "kongres.xlsx"

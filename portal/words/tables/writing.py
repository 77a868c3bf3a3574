"""Tables as files: CSV as the spreadsheet programs of the reader's language open it, and XLSX with what the columns mean.

Excel opens a CSV by the rules of its country: in Polish and Bulgarian the comma is in numbers, so the semicolon cuts cells
there. A byte order mark tells it that the letters are UTF-8. A text that a spreadsheet would take for a formula gets an
apostrophe in CSV; a workbook says of each cell what it is, and needs none.
"""

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import IO, TYPE_CHECKING, TypeAlias

from portal.words.hyphens import JOINER
from portal.words.i18n import _, current_language, formats
from portal.words.tables.delimited import GUARDED
from portal.words.text import slugify

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DELIMITER = {"pl": ";", "bg": ";", "en": ","}
Cell: TypeAlias = str | int | Decimal | dt.date | dt.datetime | None  # a moment as the wall time that its head names

_GUARDED = (*GUARDED, "\n")
_ROWS = 200  # of CSV at once
_IN_MEMORY = 1 << 20  # bytes of a workbook; a larger one lies in a file of the system meanwhile
_LONGEST = 32_767  # characters that a cell of Excel holds
_FIRST_YEAR = 1900  # of the calendar of Excel
_NARROW, _WIDE = 8, 60  # characters
_BAD_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Column:
    """A column for people: its head, what it means, and what can stand in it; `width` in characters."""

    head: str
    meaning: str
    values: str = ""
    width: int = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written, in the language of the moment. `rows` are read once, in their order."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def written_csv(sheet: Sheet) -> Iterator[bytes]:
    """The file in pieces. Whoever sends them keeps the language of the moment until the last one."""
    delimiter = DELIMITER[current_language()]
    heads = [one.head for one in sheet.columns]
    yield "\ufeff".encode() + _csv([heads], delimiter)
    rows = iter(sheet.rows)
    while some := list(islice(rows, _ROWS)):
        yield _csv(some, delimiter)


def _csv(rows: Iterable[Sequence[Cell]], delimiter: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(
        [_plain(cell) for cell in row] for row in rows
    )
    return stream.getvalue().encode()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        text = _spaced(cell)
        return f"'{text}" if text.startswith(_GUARDED) else text
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, Decimal):
        return str(cell) if current_language() == "en" else str(cell).replace(".", ",")
    return "" if cell is None else cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _spaced(text: str) -> str:
    """Without no-break spaces and signs that nobody sees: whoever looks for a text types plain ones."""
    return text.replace(formats.NBSP, " ").replace(JOINER, "")


def written_xlsx(sheet: Sheet) -> IO[bytes]:
    """The workbook as a file at its beginning, which whoever sends it closes. Row by row: its memory does not grow.

    The first sheet is the table with a fixed header, the second says what its columns mean.
    """
    from xlsxwriter import Workbook

    file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (given away open)
    book = Workbook(file, {"constant_memory": True})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    kinds = {
        dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        str: book.add_format({"num_format": "@"}),  # what was text stays text when somebody edits it
    }
    first = book.add_worksheet(_sheet_name(sheet.title))
    first.freeze_panes(1, 0)
    first.repeat_rows(0)  # on every sheet of paper
    first.set_landscape()
    first.set_paper(9)  # A4
    first.fit_to_pages(1, 0)  # all columns on one, the rows on as many as they need
    for place, column in enumerate(sheet.columns):
        first.set_column(place, place, min(max(column.width, _NARROW), _WIDE))
        first.write_string(0, place, _spaced(column.head), heading)
    for number, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            _write(first, number, place, cell, kinds)
    second = book.add_worksheet(_other_name(_("What the columns mean"), _sheet_name(sheet.title)))
    second.freeze_panes(1, 0)
    for place, (head, width) in enumerate(((_("Column"), 30), (_("Meaning"), 60), (_("Values"), 40))):
        second.set_column(place, place, width)
        second.write_string(0, place, _spaced(head), heading)
    for number, column in enumerate(sheet.columns, start=1):
        for place, words in enumerate((column.head, column.meaning, column.values)):
            second.write_string(number, place, _spaced(words), wrapped)
    book.close()
    file.seek(0)
    return file


def _write(sheet: "Worksheet", row: int, column: int, cell: Cell, kinds: dict[type, "Format"]) -> None:
    if isinstance(cell, str):
        if cell:  # never `write`, which takes some texts for formulas, addresses or numbers
            sheet.write_string(row, column, _spaced(cell)[:_LONGEST], kinds[str])
    elif isinstance(cell, dt.date) and cell.year < _FIRST_YEAR:
        sheet.write_string(row, column, _plain(cell), kinds[str])
    elif isinstance(cell, dt.date):  # a moment is a day too
        sheet.write_datetime(row, column, cell, kinds[type(cell)])
    elif cell is not None:
        sheet.write_number(row, column, cell)


def _sheet_name(title: str) -> str:
    """What Excel takes as the name of a sheet: 31 characters, none of seven signs."""
    return " ".join(_spaced(title).translate(_BAD_IN_NAMES).split())[:31].strip() or "1"


def _other_name(title: str, taken: str) -> str:
    name = _sheet_name(title)
    return name if name.casefold() != taken.casefold() else f"{name[:28]} 2"


def file_name(*parts: str, ending: str) -> str:
    """A name of letters, digits and hyphens that every system and every header takes, such as `kongres-2026-11-28.csv`."""
    return "-".join(filter(None, (slugify(part) for part in parts))) + f".{ending}"

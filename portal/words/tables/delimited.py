"""Tables as text: CSV in every shape that programs write it, and what people paste.

Nothing is held but the rows that come out: the text is decoded, cut into lines and read piece by piece, and each of these
steps has its own end, so that a file without a line end or with a quotation mark that is never closed costs no more than
any other.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from portal.words.clean import neutralise
from portal.words.tables import bounds as said
from portal.words.tables.bounds import Bounds
from portal.words.tables.encodings import encoding_of
from portal.words.tables.table import Line, Table

DELIMITERS = "\t;,"  # where two fit as well, the first
_LONGEST_LINE = 200_000  # characters, with the line end
_LONGEST_ROW = 1_000_000  # characters, over all lines that quotation marks hold together
_LINES = 10  # times the rows: empty ones cost too
_JUDGED = 30  # rows by which the delimiter is found
_END = "\x00end"  # a line that no text has: it stands alone unless a quotation is open
GUARDED = ("=", "+", "-", "@", "\t", "\r")


def read_csv(data: bytes, bounds: Bounds) -> Table:
    """A file of text. Raises NoTable."""
    if len(data) > bounds.file:
        raise said.too_large(bounds)
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise said.no_table("web page")
    if data.startswith(b"%PDF"):
        raise said.no_table("nothing")
    name = encoding_of(data)

    def lines() -> Iterator[str]:
        return _lines(io.TextIOWrapper(io.BytesIO(data), encoding=name, newline=""))

    try:
        return _read(lines, bounds)
    except UnicodeDecodeError:
        raise said.no_table("letters") from None


def read_text(text: str, bounds: Bounds) -> Table:
    """What somebody typed or pasted. Raises NoTable."""
    if len(text) > bounds.file:
        raise said.too_large(bounds)
    return _read(lambda: _lines(io.StringIO(text.replace("\0", ""), newline="")), bounds)


def as_pasted(table: Table) -> str:
    """A table as a text for `read_text`, each line where it stood: tabs between the cells, as spreadsheets copy, and each cell
    in one line."""
    stream, last = io.StringIO(), 0
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    for line in table.lines:
        stream.write("\n" * max(line.number - last - 1, 0))
        last = line.number
        writer.writerow([" ".join(cell.split()) for cell in line.cells])
    return stream.getvalue()


class _TooLong(Exception):
    """A line or a row that no table has."""


def _lines(stream: io.TextIOBase | io.TextIOWrapper) -> Iterator[str]:
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise _TooLong
        if "\0" in line:
            raise said.no_table("nothing")
        yield line


def _read(lines: Callable[[], Iterator[str]], bounds: Bounds) -> Table:
    delimiter, skipped = _delimiter(lines)
    found: list[Line] = []
    cells = 0
    for number, row in _rows(islice(lines(), skipped, None), delimiter, bounds, skipped):
        if number > _LINES * bounds.rows:
            raise said.too_many_rows(bounds)
        if len(row) > bounds.columns:
            row = _trimmed(row)
            if len(row) > bounds.columns:
                raise said.too_many_columns(bounds)
        if any(len(cell) > bounds.cell for cell in row):
            raise said.too_long_a_cell(number, bounds)
        read = tuple(map(as_typed, row))
        if not any(read):
            continue
        cells += len(read)
        if len(found) == bounds.rows:
            raise said.too_many_rows(bounds)
        if cells > bounds.cells:
            raise said.too_many_cells(bounds)
        found.append(Line(number, read))
    return Table(found)


def as_typed(cell: str) -> str:
    """A cell without what hides in it, and without the apostrophe that keeps a text from being a formula."""
    text = neutralise(cell).strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(GUARDED) else text


def _trimmed(row: list[str]) -> list[str]:
    """Without the empty cells at its end: programs write as many as the widest row had once."""
    last = len(row)
    while last and not row[last - 1].strip():
        last -= 1
    return row[:last]


def _rows(lines: Iterable[str], delimiter: str, bounds: Bounds, before: int) -> Iterator[tuple[int, list[str]]]:
    """(the number of its first line, its cells) of every row. Raises NoTable."""
    taken = 0

    def counted() -> Iterator[str]:
        nonlocal taken
        for line in lines:
            taken += len(line)
            if taken > _LONGEST_ROW:
                raise _TooLong
            yield line
        yield _END

    reader = csv.reader(counted(), delimiter=delimiter)
    begins = before + 1
    try:
        for row in reader:
            if row == [_END]:
                return
            if row and row[-1].endswith(_END):
                raise said.open_quotation(begins)
            yield begins, row
            taken, begins = 0, before + reader.line_num + 1
    except (csv.Error, _TooLong):
        is_held = reader.line_num > begins - before  # by quotation marks, over several lines
        raise said.open_quotation(begins) if is_held else said.too_long_a_cell(begins, bounds) from None


def _delimiter(lines: Callable[[], Iterator[str]]) -> tuple[str, int]:
    """What separates the cells, and how many lines only say so (`sep=;`, which Excel writes and reads)."""
    try:
        first = list(islice(lines(), _JUDGED))
    except _TooLong:
        first = []
    if first and first[0].strip().lower() in {f"sep={sign}" for sign in DELIMITERS if sign.strip()}:
        return first[0].strip()[-1], 1
    if first and "\t" in first[0].strip():  # copied from a spreadsheet: what else cuts cells stands inside of them
        return "\t", 0
    return max(DELIMITERS, key=lambda sign: _evenness(first, sign)), 0


def _evenness(lines: list[str], sign: str) -> float:
    """How well a sign cuts these lines into equal rows: the share of rows that are as long as most, if it cuts at all."""
    try:
        widths = [len(_trimmed(row)) for row in csv.reader(lines, delimiter=sign) if any(map(str.strip, row))]
    except csv.Error:
        return 0.0
    cut = Counter(width for width in widths if width > 1)
    if not cut:
        return 0.0
    return max(cut.values()) / len(widths)

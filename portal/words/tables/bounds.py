"""How much of a table from a stranger is looked at, and what is said when there is more, or when it is none."""

from dataclasses import dataclass

from portal.ground.errors import Refusal
from portal.words.i18n import LazyString, _l, formats


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that is read: `file` and `unpacked` in bytes, `cell` in characters, the others in numbers of their kind.

    `unpacked` counts what a workbook says of itself and, again, what really comes out of it. `cells` counts empty ones
    too. The memory of reading follows from these: a caller with a smaller need says so.
    """

    file: int = 20_000_000
    unpacked: int = 50_000_000
    entries: int = 1_000
    rows: int = 20_000
    columns: int = 200
    cells: int = 1_000_000
    cell: int = 10_000


class NoTable(Refusal):
    """What was given cannot be read as a table; the reason says what to do instead."""


WAY_OUT = {
    "nothing": _l("This file is not a table that the portal can read. Choose an XLSX or CSV file."),
    "web page": _l("This file is a web page. Open it in a spreadsheet program and save it as CSV UTF-8."),
    "old": _l(
        "This workbook is in the old XLS format or has a password. Save it as XLSX without a password, or as CSV UTF-8."
    ),
    "ods": _l("This workbook is in the ODS format. Save it as XLSX or as CSV UTF-8."),
    "binary": _l("This workbook is in a binary format. Save it as XLSX or as CSV UTF-8."),
    "damaged": _l(
        "The portal cannot read this workbook. Copy the rows you need to a new one, or save it as CSV UTF-8 and choose "
        "that file."
    ),
    "letters": _l("The portal does not know how the letters of this file are stored. Save it as CSV UTF-8."),
}  # fmt: skip


def no_table(why: str) -> NoTable:
    """The refusal of something that is not a table, by a key of WAY_OUT."""
    return NoTable(WAY_OUT[why])


def too_large(bounds: Bounds) -> NoTable:
    """How large it is nobody knows: it is not read further than that."""
    limit = LazyString(formats.file_size, bounds.file)
    return NoTable(_l("The file is too large: the limit is %(limit)s. Choose a smaller one.", limit=limit))


def too_large_unpacked(bounds: Bounds) -> NoTable:
    return NoTable(
        _l(
            "Unpacked, the workbook is larger than %(limit)s. Copy the rows you need to a new one, or save it as CSV UTF-8.",
            limit=LazyString(formats.file_size, bounds.unpacked),
        )
    )


def too_many_rows(bounds: Bounds) -> NoTable:
    return NoTable(
        _l(
            "The table has more than %(limit)s rows. Split it and send the parts one by one.",
            limit=LazyString(formats.number, bounds.rows),
        )
    )


def too_many_columns(bounds: Bounds) -> NoTable:
    return NoTable(
        _l(
            "The table has more than %(limit)s columns. Keep only those that are needed.",
            limit=LazyString(formats.number, bounds.columns),
        )
    )


def too_many_cells(bounds: Bounds) -> NoTable:
    return NoTable(
        _l(
            "The table has more than %(limit)s cells. Split it and send the parts one by one.",
            limit=LazyString(formats.number, bounds.cells),
        )
    )


def too_long_a_cell(line: int, bounds: Bounds) -> NoTable:
    return NoTable(
        _l(
            "Line %(line)s has a cell of more than %(limit)s characters. Shorten it.",
            line=line,
            limit=LazyString(formats.number, bounds.cell),
        )
    )


def open_quotation(line: int) -> NoTable:
    return NoTable(_l("The quotation mark in line %(line)s is never closed. Close it or delete it.", line=line))

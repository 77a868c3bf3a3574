"""Tables in and out, made once: what people paste, CSV and XLSX from anywhere are read; CSV and XLSX are written.

It knows languages, and no feature and no page. Whoever reads gets texts as they were typed, with the lines where they
stood, or a NoTable that says what to do instead. Whoever writes says what each column means.
"""

from portal.words.tables.bounds import Bounds, NoTable
from portal.words.tables.delimited import as_pasted, read_csv, read_text
from portal.words.tables.table import Line, Table, heads
from portal.words.tables.workbooks import OLE, ZIP, read_xlsx
from portal.words.tables.writing import CSV, XLSX, Cell, Column, Sheet, file_name, written_csv, written_xlsx

__all__ = [
    "CSV",
    "XLSX",
    "Bounds",
    "Cell",
    "Column",
    "Line",
    "NoTable",
    "Sheet",
    "Table",
    "as_pasted",
    "file_name",
    "heads",
    "read_file",
    "read_text",
    "written_csv",
    "written_xlsx",
]


def read_file(data: bytes, bounds: Bounds = Bounds()) -> Table:  # noqa: B008  (frozen)
    """A file by its content, whatever it is called: a workbook or a text. Raises NoTable; Busy while others are read.

    Takes up to seconds and needs no transaction: call it outside of one.
    """
    return read_xlsx(data, bounds) if data.startswith((ZIP, OLE)) else read_csv(data, bounds)

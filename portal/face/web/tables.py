"""A table as the answer of a view."""

from collections.abc import Iterator
from typing import IO

from flask import Response, stream_with_context

from portal.words.tables import CSV, XLSX, Sheet, file_name, written_csv, written_xlsx

_PIECE = 1 << 16  # bytes


def table_file(sheet: Sheet, ending: str, *name: str) -> Response:
    """The table as a file to keep, `csv` or `xlsx`, in the language of the page; its name is made of these words.

    It is made while it is sent, so nothing of it is held whole. Whether others may keep it is said by the view.
    """
    if ending == "csv":
        response = Response(stream_with_context(written_csv(sheet)), content_type=CSV)
    else:
        file = written_xlsx(sheet)
        response = Response(_pieces(file), content_type=XLSX)
        response.call_on_close(file.close)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(*name, ending=ending)}"'
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece

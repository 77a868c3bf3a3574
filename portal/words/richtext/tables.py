"""Tables of people: rows of cells with a caption and header cells. What only arranges a page is no table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

WIDEST_SPAN = 50  # columns or rows
_ALL_BOLD = re.compile(r"<strong>((?:(?!</?strong>|<[uo]l).)*)</strong>", re.DOTALL)


def data_tables(html: str) -> list[bool]:
    """For each table of `html` (well-formed), in order: does it hold data?

    One of a single row or column, one that says so itself and one that holds another table only arrange.
    """
    if "<table" not in html:
        return []
    reader = _Shapes()
    reader.feed(html)
    reader.close()
    return [shape.rows > 1 and shape.columns > 1 and not shape.arranges for shape in reader.found]


@dataclass
class _Shape:
    arranges: bool
    rows: int = 0
    cells: int = 0
    columns: int = 0


class _Shapes(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Shape] = []
        self.open: list[_Shape] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            if self.open:
                self.open[-1].arranges = True
            self.open.append(_Shape(dict(attrs).get("role") in ("presentation", "none")))
            self.found.append(self.open[-1])
        elif not self.open:
            return
        elif tag == "tr":
            self.open[-1].cells = 0
        elif tag in ("td", "th"):
            shape = self.open[-1]
            shape.rows += not shape.cells
            shape.cells += 1
            shape.columns = max(shape.columns, shape.cells)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.open:
            self.open.pop()


@dataclass
class Cell:
    is_header: bool
    across: int
    down: int
    html: str = ""

    @classmethod
    def of(cls, is_header: bool, values: Mapping[str, str]) -> "Cell":
        return cls(is_header, _span(values.get("colspan", "")), _span(values.get("rowspan", "")))

    def written(self, scope: str, rows_left: int) -> str:
        down = min(self.down, rows_left)
        spans = (f' colspan="{self.across}"' if self.across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
        tag = "th" if scope else "td"
        return f"<{tag}{spans}{scope}>{self.html}</{tag}>"


@dataclass
class Table:
    """Collects cells; writes itself at the end, when it is known which rows are the header."""

    caption: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    headers: int = 0  # rows at the beginning
    in_head: bool = False
    in_row: bool = False

    def begin_row(self) -> None:
        self.in_row = False

    def add(self, cell: Cell) -> None:
        if not self.in_row:
            self.rows.append([])
            self.in_row = True
        self.rows[-1].append(cell)
        if self.in_head and self.headers == len(self.rows) - 1:
            self.headers += 1

    def written(self) -> str:
        """The HTML; empty when there are no words in it."""
        if not self.caption and not any(cell.html for row in self.rows for cell in row):
            return ""
        self._find_headers()
        head, body = self.rows[: self.headers], self.rows[self.headers :]
        caption = f"<caption>{self.caption}</caption>" if self.caption else ""
        return f"<table>{caption}{_section('thead', head)}{_section('tbody', body)}</table>"

    def _find_headers(self) -> None:
        """Rows of header cells are the header; without any a first row in bold is, as people make one in Word."""
        while self.headers < len(self.rows) and all(cell.is_header for cell in self.rows[self.headers]):
            self.headers += 1
        if self.headers or not any(cell.html for cell in self.rows[0]):
            return
        bold = [_ALL_BOLD.fullmatch(cell.html) for cell in self.rows[0]]
        if all(found or not cell.html for found, cell in zip(bold, self.rows[0], strict=True)):
            for found, cell in zip(bold, self.rows[0], strict=True):
                cell.html = found.group(1) if found else ""
            self.headers = 1


def _section(tag: str, rows: list[list[Cell]]) -> str:
    if not rows:
        return ""
    written = []
    for number, row in enumerate(rows):
        cells = []
        for place, cell in enumerate(row):
            heads_row = place == 0 and cell.is_header
            scope = ' scope="col"' if tag == "thead" else ' scope="row"' if heads_row else ""
            cells.append(cell.written(scope, len(rows) - number))
        written.append(f"<tr>{''.join(cells)}</tr>")
    return f"<{tag}>{''.join(written)}</{tag}>"


def _span(said: str) -> int:
    return min(int(said), WIDEST_SPAN) if said.isascii() and said.isdigit() and 0 < len(said) < 6 else 1

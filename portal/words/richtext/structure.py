"""Any HTML becomes a flat, small structure: headings, paragraphs, lists, quotations, pictures, and words in them.

Only what is written here can come out, whatever goes in: depth is bounded, empty blocks vanish, a paragraph of an
editor that writes <div> and <br><br> is a paragraph, and what Word and Google Docs paste is read for its meaning.
"""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from portal.words.richtext import office
from portal.words.richtext.addresses import safe_href, safe_picture
from portal.words.richtext.tables import Cell, data_tables
from portal.words.richtext.writer import LISTS, SPACE, Mark, Writer

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
PARAGRAPHS = frozenset({"p", "div", "pre", "section", "article", "figcaption", "dt", "dd", "address"})
EMPHASIS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "a": "a", "abbr": "abbr", "span": "",
    "sub": "sub", "sup": "sup",
}  # fmt: skip
VOID = frozenset({"br", "hr", "img"})
TABLES = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
READ = {*HEADINGS, *PARAGRAPHS, *LISTS, *EMPHASIS, *VOID, *TABLES, "li", "blockquote"}
WRITTEN = frozenset(
    "h2 h3 h4 p ul ol li blockquote strong em sub sup a abbr br hr figure img table caption thead tbody tr th td".split()
)
DEEPEST = 200  # elements in each other; Word and web pages stay below 60
HIGHEST = 9999  # number of an item
REL = "nofollow ugc"  # of every link that leaves the portal

_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)")
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(normal|[1-5]00)")
_ITALIC = re.compile(r"font-style\s*:\s*italic")

_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b")

_ORDER = ("a", "abbr", "strong", "em", "sub", "sup")


class TooDeep(Exception):
    """More than DEEPEST elements stand in each other."""


def structured(html: str) -> str:
    """`html` (well-formed: the output of a parser) in our structure. Raises TooDeep."""
    writer = Writer()
    reader = _Reader(writer, data_tables(html))
    reader.feed(html)
    reader.close()
    return writer.finish()


@dataclass
class _List:
    """An open list of the source: it is written when its first item comes."""

    tag: str
    number: int  # of the next item
    written: bool = False


class _Reader(HTMLParser):
    """Tells the writer what the tags mean."""

    def __init__(self, writer: Writer, data_tables: list[bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.writer = writer
        self.data_tables = iter(data_tables)
        self.depth = 0
        self.stack: list[tuple[str, tuple[Mark, ...]]] = []  # open inline elements and what they mean
        self.marks: tuple[Mark, ...] = ()
        self.verbatim = 0
        self.lists: list[_List] = []
        self.paragraph: office.Paragraph | None = None  # one that may yet be an item
        self.sign: str | None = None  # that was drawn before it
        self.sign_at = 0  # how many inline elements were open around the sign
        self.tables: list[bool] = []  # open ones: do they hold data?
        self.cell: Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        writer = self.writer
        if tag not in VOID:
            self.depth += 1
            if self.depth > DEEPEST:
                raise TooDeep
        if tag in EMPHASIS:
            self.stack.append((tag, self.marks))
            self.marks = self._marked(tag, values)
            if self.paragraph and self.sign is None and office.is_sign(values):
                self.sign, self.sign_at = "", len(self.stack)
        elif tag in HEADINGS or tag in PARAGRAPHS:
            self.verbatim += tag == "pre"
            writer.begin_block(HEADINGS.get(office.heading(values) or tag, "p"))
            if tag == "p" and not writer.in_item():
                self.paragraph, self.sign, self.sign_at = office.paragraph(values), None, 0
        elif tag in TABLES:
            self._table_part(tag, values)
        elif tag in LISTS:
            self.lists.append(_List(tag, _number(values.get("start", "")) if tag == "ol" else 1))
        elif tag == "li":
            self._item(office.level(values))
        elif tag == "blockquote":
            writer.begin_quotation()
        elif tag == "br":
            writer.line_break()
        elif tag == "hr":
            writer.alone("<hr>")
        elif tag == "img":
            self._picture(values)

    def handle_endtag(self, tag: str) -> None:
        writer = self.writer
        self.depth -= 1
        if tag in EMPHASIS:
            if self.stack and self.stack[-1][0] == tag:
                if len(self.stack) == self.sign_at:
                    self.sign_at = 0
                self.marks = self.stack.pop()[1]
        elif tag in HEADINGS or tag in PARAGRAPHS:
            self.verbatim -= tag == "pre"
            self._end_block(tag)
        elif tag in TABLES:
            self._end_table_part(tag)
        elif tag in LISTS:
            if self.lists and self.lists.pop().written:
                writer.end_list()
        elif tag == "li":
            if self.lists and not self.lists[-1].written:
                writer.rest()
            else:
                writer.end_item()
        elif tag == "blockquote":
            writer.end_quotation()

    def handle_data(self, data: str) -> None:
        if self.sign_at:
            self.sign = f"{self.sign or ''}{data}"
            return
        if self.paragraph and data.strip():
            data = self._begin_item(self.paragraph, data)
        if not self.verbatim:
            self.writer.text(data, self.marks)
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self.writer.line_break()
            self.writer.text(line, self.marks)

    # lists

    def _item(self, level: int) -> None:
        around = self.lists[-1] if self.lists else _List("ul", 1)
        if level and not around.written:
            self.writer.item_at(level, around.tag, around.number)
        else:
            if self.lists and not around.written:
                around.written = self.writer.begin_list(around.tag, around.number)
            self.writer.begin_item(around.tag, around.number)
        around.number = min(around.number + 1, HIGHEST)

    def _begin_item(self, paragraph: office.Paragraph, words: str) -> str:
        """The first words of a paragraph of Word: they begin an item if a sign was drawn, or stands before them."""
        sign = self.sign
        if sign is None:
            written = office.written_sign(words)
            if written:
                sign, words = written
        self.paragraph = None
        if sign is not None or paragraph.certain:
            self.writer.item_at(paragraph.level, *office.item(sign or ""))
        return words

    def _end_block(self, tag: str) -> None:
        self.paragraph, self.sign_at = None, 0
        if tag == "p" and self.writer.levels and not self.lists:
            self.writer.rest()
        elif self.writer.in_item():
            self.writer.line_break()
        else:
            self.writer.end_block()

    # tables

    def _table_part(self, tag: str, values: dict[str, str]) -> None:
        if tag == "table":
            self.tables.append(next(self.data_tables))
            if self.tables[-1]:
                self.writer.begin_table()
            return
        table = self.writer.table
        if not table:  # one that only arranges: its rows are paragraphs
            if tag in ("tr", "caption"):
                self.writer.begin_block("p")
        elif tag == "tr":
            table.begin_row()
        elif tag in ("td", "th", "caption"):
            is_header = tag == "th" or table.in_head or values.get("role") in ("columnheader", "rowheader")
            self.cell = None if tag == "caption" else Cell.of(is_header, values)
            self.writer.begin_cell()
        else:
            table.in_head = tag == "thead"

    def _end_table_part(self, tag: str) -> None:
        writer = self.writer
        if tag == "table":
            if self.tables.pop():
                writer.end_table()
        elif not writer.table:
            if tag in ("td", "th"):
                writer.text(" ", self.marks)
            elif tag in ("tr", "caption"):
                self._end_block(tag)
        elif tag in ("td", "th", "caption"):
            writer.end_cell(self.cell)
            self.cell = None

    def _marked(self, tag: str, values: dict[str, str]) -> tuple[Mark, ...]:
        """The marks for words inside this element: at most one of each kind, in one order."""
        marks = dict(self.marks)
        style = values.get("style", "").lower()
        if tag == "a":
            href = safe_href(values.get("href", ""))
            if href:
                rel = "" if href.startswith("/") else f' rel="{REL}"'
                marks["a"] = f' href="{_quoted(href)}"{rel}'
        elif tag == "abbr":
            marks["abbr"] = f' title="{_quoted(values["title"])}"' if values.get("title") else ""
        elif EMPHASIS[tag] and not (EMPHASIS[tag] == "strong" and _NOT_BOLD.search(style)):
            marks[EMPHASIS[tag]] = ""
        if _BOLD.search(style):
            marks["strong"] = ""
        if _ITALIC.search(style):
            marks["em"] = ""
        raised = _RAISED.search(style)
        if raised:
            marks["sup" if raised.group(1) == "super" else "sub"] = ""
        if self.cell and self.cell.is_header:
            marks.pop("strong", None)  # as it is
        return tuple((kind, marks[kind]) for kind in _ORDER if kind in marks)

    def _picture(self, values: dict[str, str]) -> None:
        source = safe_picture(values.get("src", ""))
        if source:
            alt = _quoted(SPACE.sub(" ", values.get("alt", "")).strip())
            self.writer.alone(f'<figure><img alt="{alt}" src="{source}"></figure>')


def _number(said: str) -> int:
    return min(int(said), HIGHEST) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")

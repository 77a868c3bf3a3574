"""Any HTML becomes a flat, small structure: headings, paragraphs, lists, quotations, pictures, and words in them.

Only what is written here can come out, whatever goes in: depth is bounded, empty blocks vanish, a paragraph of an
editor that writes <div> and <br><br> is a paragraph, and what Word and Google Docs paste is read for its meaning.
"""

import re
from html import escape
from html.parser import HTMLParser

from portal.words.richtext.addresses import safe_href, safe_picture
from portal.words.richtext.writer import LISTS, SPACE, Mark, Writer

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
PARAGRAPHS = frozenset({"p", "div", "pre", "section", "article", "tr", "figcaption", "dt", "dd", "address"})
EMPHASIS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "a": "a", "abbr": "abbr", "span": ""}
VOID = frozenset({"br", "hr", "img"})
READ = {*HEADINGS, *PARAGRAPHS, *LISTS, *EMPHASIS, *VOID, "li", "blockquote", "td", "th"}
WRITTEN = frozenset("h2 h3 h4 p ul ol li blockquote strong em a abbr br hr figure img".split())
REL = "nofollow ugc"  # of every link that leaves the portal

_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)")
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(normal|[1-5]00)")
_ITALIC = re.compile(r"font-style\s*:\s*italic")

_ORDER = ("a", "abbr", "strong", "em")


def structured(html: str) -> str:
    """`html` (well-formed: the output of a parser) in our structure."""
    writer = Writer()
    reader = _Reader(writer)
    reader.feed(html)
    reader.close()
    return writer.finish()


class _Reader(HTMLParser):
    """Tells the writer what the tags mean."""

    def __init__(self, writer: Writer) -> None:
        super().__init__(convert_charrefs=True)
        self.writer = writer
        self.stack: list[tuple[str, tuple[Mark, ...]]] = []  # open inline elements and what they mean
        self.marks: tuple[Mark, ...] = ()
        self.verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        writer = self.writer
        if tag in EMPHASIS:
            self.stack.append((tag, self.marks))
            self.marks = self._marked(tag, values)
        elif tag in HEADINGS or tag in PARAGRAPHS:
            self.verbatim += tag == "pre"
            writer.begin_block(HEADINGS.get(tag, "p"))
        elif tag in LISTS:
            writer.begin_list(tag)
        elif tag == "li":
            writer.begin_item()
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
        if tag in EMPHASIS:
            if self.stack and self.stack[-1][0] == tag:
                self.marks = self.stack.pop()[1]
        elif tag in HEADINGS or tag in PARAGRAPHS:
            self.verbatim -= tag == "pre"
            if writer.in_item():
                writer.line_break()
            else:
                writer.end_block()
        elif tag in LISTS:
            writer.end_list()
        elif tag == "li":
            writer.end_item()
        elif tag == "blockquote":
            writer.end_quotation()
        elif tag in ("td", "th"):
            writer.text(" ", self.marks)

    def handle_data(self, data: str) -> None:
        if not self.verbatim:
            self.writer.text(data, self.marks)
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self.writer.line_break()
            self.writer.text(line, self.marks)

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
        return tuple((kind, marks[kind]) for kind in _ORDER if kind in marks)

    def _picture(self, values: dict[str, str]) -> None:
        source = safe_picture(values.get("src", ""))
        if source:
            alt = _quoted(SPACE.sub(" ", values.get("alt", "")).strip())
            self.writer.alone(f'<figure><img alt="{alt}" src="{source}"></figure>')


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")

"""Words out of stored HTML: for the search, for summaries, for mails."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

_BLOCKS = frozenset("p h2 h3 h4 li ul ol blockquote figure hr div table caption tr".split())
_CELLS = frozenset({"td", "th"})
_SMALL = {
    "sup": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")


def plain(html: str) -> str:
    """The words of stored HTML, a line for each block and each row of a table, alternative texts of pictures included.

    Raised and lowered digits stay so: 10² is not 102.
    """
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in _SPACES.sub(" ", "".join(reader.words)).split("\n"))
    return "\n".join(line for line in lines if line)


def excerpt(html: str, longest: int = 200) -> str:
    """The beginning of the words on one line, at most `longest` characters, cut between words with an ellipsis."""
    text = plain(html).replace("\n", " ")
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    if not text[longest - 1].isspace() and " " in cut:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:–-") + "…"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.small = ""  # sup or sub, where one is open
        self.cells = 0  # open ones: their words are one line
        self.is_first = False  # cell of its row

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CELLS:
            self.words.append("" if self.is_first else " | ")
            self.is_first, self.cells = False, 1
        elif tag in _BLOCKS or tag == "br":
            self.words.append(" " if self.cells else "\n")
            self.is_first = tag == "tr"
        elif tag in _SMALL:
            self.small = tag
        elif tag == "img":
            self.words.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self.cells = 0
        elif tag in _BLOCKS:
            self.words.append(" " if self.cells else "\n")
        elif tag == self.small:
            self.small = ""

    def handle_data(self, data: str) -> None:
        self.words.append(data.translate(_SMALL[self.small]) if self.small else data)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of stored HTML as plain words: a heading, a quotation, an item of a list with or without numbers, or a
    paragraph (which a row of a table is, too)."""

    kind: Literal["heading", "quote", "item", "step", "paragraph"]
    words: str


_KINDS: Mapping[str, Literal["heading", "quote", "item", "step"]] = {
    "h": "heading", "q": "quote", "u": "item", "o": "step",
}  # fmt: skip
_SIGN = "\ufdd0"  # a non-character, which no stored text has


def lines(html: str) -> Sequence[Line]:
    """The lines of `plain`, each with what it is: for what is set from blocks instead of HTML."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    found: list[Line] = []
    kind = ""
    for line in _SPACES.sub(" ", "".join(reader.words)).split("\n"):
        sign, words = (line[1:2], line[2:]) if line.startswith(_SIGN) else ("", line)
        kind = sign or kind  # what is on a line of its own says what the next one is
        if words.strip():
            found.append(Line(_KINDS.get(kind, "paragraph"), words.strip()))
            kind = ""
    return found


class _Lines(_Words):
    def __init__(self) -> None:
        super().__init__()
        self.lists: list[str] = []
        self.quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag in ("ul", "ol"):
            self.lists.append(tag[0])
        elif tag == "blockquote":
            self.quotes += 1
        sign = self._sign(tag)
        if sign and not self.cells:
            self.words.append(f"{_SIGN}{sign}")

    def _sign(self, tag: str) -> str:
        if tag == "li" and self.lists:
            return self.lists[-1]
        if tag in ("p", "blockquote") and self.quotes:
            return "q"
        return "h" if tag in ("h2", "h3", "h4") else ""

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "blockquote":
            self.quotes -= 1

"""Words out of stored HTML: for the search, for summaries, for mails."""

import re
from html.parser import HTMLParser

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

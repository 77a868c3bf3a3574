"""Writes tokens as lines: an element or a statement that does not fit on one is opened.

Lines begin at the margin: white space before a tag would be sent, and a table of people would be a third longer. What
continues a tag or an expression is indented.
"""

import itertools

from tools.templates.expressions import Shape, laid_out
from tools.templates.scan import Token, tokens
from tools.templates.spaces import IsBlockCall, Spaces
from tools.templates.tags import on_one_line, over_lines

WIDTH = 120
ALONE = frozenset({"set", "do", "import", "from", "extends", "include"})
Range = tuple[int, int]


def formatted(source: str, is_block_call: IsBlockCall = lambda _name: False) -> str:
    """The template as it is to be written.

    Raises ValueError where lines stand in an element that shows them: no template writes such a text itself.
    """
    found = tokens(source)
    spaces = Spaces(found, is_block_call)
    for gap in spaces.kept:
        if found[gap].space and found[gap].lines:
            raise ValueError(f"lines in an element that shows them, before {found[gap].text}")
    return _Printer(found, spaces).whole()


class _Printer:
    def __init__(self, found: list[Token], spaces: Spaces) -> None:
        self.tokens, self.spaces = found, spaces
        self.lines: list[str] = []
        self.line, self.dash = "", ""  # the dash is that of the next token

    def whole(self) -> str:
        self.children(0, len(self.tokens))
        return "\n".join([*self.lines, self.line]) + "\n"

    # --- what belongs together ---------------------------------------------------------------------------------------

    def items(self, start: int, end: int) -> list[Range]:
        """The nodes from start to end: elements with blocks in them, whole statements, single tokens."""
        found, at = [], start
        while at < end:
            stop = at + 1
            if self.tokens[at].kind == "begin":
                stop = self.spaces.chains[at][-1] + 1
            elif self.tokens[at].kind == "open" and self.tokens[at].partner > at and self._holds_block(at):
                stop = self.tokens[at].partner + 1
            found.append((at, stop))
            at = stop
        return found

    def _holds_block(self, at: int) -> bool:
        return any(self.spaces.is_block(n) for n in range(at, self.tokens[at].partner))

    def _is_tall(self, item: Range) -> bool:
        """Whether it wants lines of its own when what it stands in is opened."""
        first = self.tokens[item[0]]
        return any(self.spaces.is_block(n) for n in range(*item)) or first.name in ALONE or first.kind == "comment"

    def _must_open(self, start: int, end: int) -> bool:
        """Whether its writer broke it already, or blocks stand side by side in it."""
        if any(self._keeps_line(gap) for gap in range(start + 1, end)):
            return True
        return any(self._blocks_within(*inner) > 1 for inner in self._bodies(start, end))

    def _bodies(self, start: int, end: int) -> list[Range]:
        found = []
        for at in range(start, end):
            token = self.tokens[at]
            if token.kind in ("open", "begin", "middle") and at < token.partner < end + 1:
                found.append((at + 1, token.partner))
        return found

    def _blocks_within(self, start: int, end: int) -> int:
        return sum(
            self.spaces.is_block(item[0]) and self.tokens[item[0]].kind != "close" for item in self.items(start, end)
        )

    def _keeps_line(self, gap: int) -> bool:
        return self.tokens[gap].lines > 0 and gap not in self.spaces.kept

    # --- one line ----------------------------------------------------------------------------------------------------

    def gap(self, at: int) -> str:
        return " " if self.tokens[at].space and not self.spaces.is_loose(at) else ""

    def flat(self, start: int, end: int) -> str:
        return "".join((self.gap(n) if n > start else "") + on_one_line(self.tokens[n]) for n in range(start, end))

    def _tail(self, at: int) -> int:
        """The length of the words and tags that must follow on the same line."""
        end = at
        while end < len(self.tokens) and not (
            self.spaces.is_free(end) or self.tokens[end].space or self.tokens[end].is_jinja
        ):
            end += 1
        return sum(len(on_one_line(self.tokens[n])) for n in range(at, end))

    def fits(self, item: Range) -> bool:
        text = self.flat(*item)
        room = WIDTH - len(self.line) - self._tail(item[1])
        return not self._must_open(*item) and len(text) <= room and "\n" not in text

    # --- several lines -----------------------------------------------------------------------------------------------

    def children(self, start: int, end: int) -> None:
        before: Range | None = None
        for item in self.items(start, end):
            if before is not None:
                self._between(before, item)
            self.node(item)
            before = item

    def _between(self, before: Range, item: Range) -> None:
        gap = item[0]
        wanted = self._keeps_line(gap) or self._is_tall(before) or self._is_tall(item)
        too_long = len(self.line + self.gap(gap) + self.flat(*item)) + self._tail(item[1]) > WIDTH
        if not (wanted or too_long) or not self.break_line(gap):
            self.line += self.gap(gap)

    def node(self, item: Range) -> None:
        start, end = item
        if self.fits(item):
            text = self.flat(start, end)
            self.line += text[:2] + self.dash + text[2:]
            self.dash = ""
        elif self.tokens[start].kind == "begin":
            self.statement(self.spaces.chains[start])
        elif end - start > 1:
            self.element(start, end - 1)
        else:
            self.token(start)

    def element(self, start: int, last: int) -> None:
        self.token(start)
        opens = self.spaces.is_free(start + 1) and self.spaces.is_free(last) and last > start + 1
        if not (opens and self.break_line(start + 1)):
            self.line += self.gap(start + 1)
        self.children(start + 1, last)
        if not (opens and self.break_line(last)):
            self.line += self.gap(last)
        self.token(last)

    def statement(self, chain: tuple[int, ...]) -> None:
        for start, end in itertools.pairwise(chain):
            self.token(start)
            if end > start + 1:
                if not self.break_line(start + 1):
                    self.line += self.gap(start + 1)
                self.children(start + 1, end)
            if not self.break_line(end):
                self.line += self.gap(end)
        self.token(chain[-1])

    def break_line(self, gap: int) -> bool:
        """Begin a new line before this token, where that changes nothing of what is shown."""
        before, after = self.tokens[gap - 1], self.tokens[gap]
        is_sent = not before.is_statement  # Jinja takes away the line end after a statement
        dash = ""
        if gap in self.spaces.kept and after.space:
            return False
        if not self.spaces.is_free(gap) and after.space != is_sent:
            if after.space or not (before.is_jinja or after.is_jinja):
                return False
            if after.is_jinja:
                dash = "-"
            else:
                self.line = f"{self.line[:-2]}-{self.line[-2:]}"
        self.lines.append(self.line)
        if after.lines > 1 and gap in self.spaces.silent:
            self.lines.append("")
        self.line, self.dash = "", dash
        return True

    def token(self, at: int) -> None:
        token, dash, self.dash = self.tokens[at], self.dash, ""
        used, after = len(self.line), self._tail(at + 1)
        if token.kind in ("open", "close", "void"):
            text = over_lines(token, Shape(WIDTH, used, after))
        elif token.is_jinja:
            text = laid_out(token.parts[0], 0, Shape(WIDTH, used, after), (dash, ""))
        else:
            text = token.text
        *lines, last = text.split("\n")
        if lines:
            self.lines += [self.line + lines[0], *lines[1:]]
            self.line = last
        else:
            self.line += text

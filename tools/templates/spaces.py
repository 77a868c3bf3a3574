"""Where white space may be written anew because no browser shows it.

White space at the edge of a block-level element is not shown, nor is a second one after a first. A gap is `free` when
what comes before it, or what comes after it, is such an edge or white space, whichever way the statements go.
"""

import itertools
import re
from collections.abc import Callable
from functools import cache

from tools.templates.scan import Token

BLOCK = frozenset(
    "!doctype article aside body caption col colgroup dd details div dl dt fieldset figcaption figure footer form head header "
    "html legend li link main meta nav ol option p path rect script section summary table tbody td template "
    "tfoot th thead title tr ul".split()
)
WORDS_ONLY = frozenset({"title", "description"})  # blocks that become text or an attribute: every space in them counts
BOXES = frozenset({"svg", "select"})  # stand in a line and hold no line themselves
KEEPS = re.compile(r"<(?:title|textarea|pre|script)\b|<[^>]* class=\"[^>]*\blines\b")  # white space inside is kept
IN_LINE = re.compile(r"<\w+[^>]*class=\"(?:[^\"]* )?inline[\" ]")
IN_LINE_ITEMS = re.compile(r"<ol class=\"trail\"")
ROW = re.compile(
    r"<\w+[^>]*class=\"(?:[^\"]* )?(?:row|actions|tools|line|choice|fields)[\" ]"
)  # `display: flex`: its children are boxes
SILENT = frozenset({"set", "macro"})  # what stands between their tags is not sent there

IsBlockCall = Callable[[str], bool]


class Spaces:
    """The gaps of one template: gap i is the one before token i, the last one the end."""

    def __init__(self, tokens: list[Token], is_block_call: IsBlockCall = lambda _name: False) -> None:
        self.tokens, self.is_block_call = tokens, is_block_call
        self.chains = _chains(tokens)
        self.in_line, self.kept = _in_line(tokens), _kept(tokens)
        self.silent, self.in_row = self._silent(), _in_row(tokens)
        self._left, self._right = cache(self._ends_open), cache(self._starts_open)

    def is_free(self, gap: int) -> bool:
        """Whether white space may appear or vanish here."""
        if gap in self.silent or gap in self.kept:
            return gap in self.silent
        return gap in self.in_row or self._left(gap - 1) or self._right(gap)

    def is_loose(self, gap: int) -> bool:
        """Whether white space that stands here may be left out: right beside the edge of a block."""
        if gap in self.silent or gap in self.kept:
            return gap in self.silent
        if gap in (0, len(self.tokens)) or gap in self.in_row:
            return True
        before, after = self.tokens[gap - 1], self.tokens[gap]
        in_box = (before.kind == "open" and before.name in BOXES) or (after.kind == "close" and after.name in BOXES)
        return in_box or self.is_edge(gap - 1) or self.is_edge(gap)

    def is_block(self, at: int) -> bool:
        token = self.tokens[at]
        is_tag = token.kind in ("open", "close", "void") and (token.name in BLOCK or re.match(r"h[1-6{]", token.name))
        return bool(is_tag) and at not in self.in_line

    def is_edge(self, at: int) -> bool:
        """Whether this token is a tag of a block, or prints blocks."""
        token = self.tokens[at]
        if token.kind == "expression":
            called = re.match(r"(\w+)\(", token.parts[0].text)
            return called is not None and self.is_block_call(called[1])
        return self.is_block(at)

    def starts_block(self, start: int, end: int) -> bool:
        """Whether these tokens begin with a block on every way, or print nothing."""
        at = start
        while at < end:
            token = self.tokens[at]
            if token.kind == "begin" and token.name in ("if", "for"):
                chain = self.chains[at]
                if not all(self.starts_block(a + 1, b) for a, b in itertools.pairwise(chain)):
                    return False
                at = chain[-1]
            elif token.kind == "begin" and token.name in SILENT:
                at = self.chains[at][-1]
            elif token.kind not in ("statement", "comment"):
                return self._begins(at)
            at += 1
        return True

    def _begins(self, at: int) -> bool:
        called = re.match(r"call (\w+)\(", self.tokens[at].parts[0].text)
        return self.is_edge(at) or (called is not None and self.is_block_call(called[1]))

    def ends_block(self, start: int, end: int) -> bool:
        at = end - 1
        while at >= start:
            token = self.tokens[at]
            if token.kind == "end" and token.name in ("if", "for"):
                chain = self.chains[at]
                if not all(self.ends_block(a + 1, b) for a, b in itertools.pairwise(chain)):
                    return False
                at = chain[0]
            elif token.kind == "end" and token.name in (*SILENT, "call"):
                if token.name == "call" and not self._begins(self.chains[at][0]):
                    return False
                if token.name == "call":
                    return True
                at = self.chains[at][0]
            elif token.kind not in ("statement", "comment"):
                return self.is_edge(at)
            at -= 1
        return True

    def _ends_open(self, at: int) -> bool:
        """Whether what is sent up to this token ends at an edge or with white space, on every way."""
        if at < 0:
            return True
        token = self.tokens[at]
        if token.kind in ("statement", "comment"):
            return token.space or self._left(at - 1)
        if token.kind in ("begin", "middle", "end"):
            return self._statement_ends_open(at)
        return self.is_edge(at) or (token.kind == "open" and token.name in BOXES)

    def _statement_ends_open(self, at: int) -> bool:
        token, chain = self.tokens[at], self.chains[at]
        first = self.tokens[chain[0]]
        before = first.space or self._left(chain[0] - 1)
        if first.name == "block":
            return first.parts[0].text.split()[1] not in WORDS_ONLY
        if first.name in SILENT:
            return token.kind == "end" and before
        if first.name == "call" or (first.name not in ("if", "for")):
            return token.kind == "end" and self._begins(chain[0])
        if token.kind == "end":
            ways = all(self.tokens[b].space or self._left(b - 1) for b in chain[1:])
            return ways and (self._has_else(chain) or before)
        again = first.name == "if" or self.tokens[chain[1]].space or self.is_edge(chain[1] - 1)
        return before and again

    def _starts_open(self, at: int) -> bool:
        """Whether what is sent from this token on starts at an edge, on every way."""
        if at >= len(self.tokens):
            return True
        token = self.tokens[at]
        if token.kind in ("statement", "comment"):
            return self._right(at + 1)
        if token.kind in ("begin", "middle", "end"):
            return self._statement_starts_open(at)
        return self.is_edge(at) or (token.kind == "close" and token.name in BOXES)

    def _statement_starts_open(self, at: int) -> bool:
        token, chain = self.tokens[at], self.chains[at]
        first = self.tokens[chain[0]]
        if first.name == "block":
            return first.parts[0].text.split()[1] not in WORDS_ONLY
        if first.name in SILENT:
            return token.kind == "begin" and self._right(chain[-1] + 1)
        if first.name == "call" or (first.name not in ("if", "for")):
            return token.kind == "begin" and self._begins(chain[0])
        after = self._right(chain[-1] + 1)
        if token.kind == "begin":
            ways = all(self._right(a + 1) for a in chain[:-1])
            return ways and (self._has_else(chain) or after)
        again = first.name == "if" or self.is_edge(chain[0] + 1)
        return after and again

    def _has_else(self, chain: tuple[int, ...]) -> bool:
        return self.tokens[chain[0]].name == "if" and self.tokens[chain[-2]].name == "else"

    def _silent(self) -> frozenset[int]:
        """The gaps that are never sent: outside the blocks of a child template and the macros of a library."""
        outside, gaps, says = 0, [], False
        child = any(token.name == "extends" for token in self.tokens)
        for at, token in enumerate(self.tokens):
            outside -= token.kind == "end" and token.name in ("block", *SILENT)
            if outside == 0:
                gaps.append(at)
                says = says or not token.is_statement
            outside += token.kind == "begin" and token.name in ("block", *SILENT)
        silent = child or (not says and any(token.name == "macro" for token in self.tokens))
        inner = {at for at in gaps if self.tokens[at].kind == "end" and self.tokens[at].name in ("block", *SILENT)}
        return frozenset(gaps) - inner if silent else frozenset()


def _chains(tokens: list[Token]) -> dict[int, tuple[int, ...]]:
    """For every begin, middle and end the places of all of its statement."""
    found: dict[int, tuple[int, ...]] = {}
    for at, token in enumerate(tokens):
        if token.kind == "begin":
            chain = [at]
            while tokens[chain[-1]].kind != "end":
                chain.append(tokens[chain[-1]].partner)
            found |= dict.fromkeys(chain, tuple(chain))
    return found


def _in_line(tokens: list[Token]) -> frozenset[int]:
    """Tags of blocks that the stylesheet sets in a line."""
    found: set[int] = set()
    for at, token in enumerate(tokens):
        if token.kind == "open" and IN_LINE.match(token.text):
            found |= {at, token.partner}
        if token.kind == "open" and IN_LINE_ITEMS.match(token.text):
            items = [n for n in range(at + 1, token.partner) if tokens[n].name == "li"]
            found |= set(items)
    return frozenset(found)


def _in_row(tokens: list[Token]) -> frozenset[int]:
    """The gaps between the elements of a row: whatever white space stands there, the boxes stand apart by its `gap`."""
    found: set[int] = set()
    for at, token in enumerate(tokens):
        if token.kind == "open" and token.partner > at and ROW.match(token.text):
            inside = at + 1
            while inside < token.partner:
                here = tokens[inside]
                inside = here.partner + 1 if here.kind == "open" and here.partner > inside else inside + 1
                if here.kind in ("open", "void") and tokens[inside].kind in ("open", "void", "close"):
                    found.add(inside)
    return frozenset(found)


def _kept(tokens: list[Token]) -> frozenset[int]:
    """The gaps in elements that show their white space."""
    found: set[int] = set()
    for at, token in enumerate(tokens):
        if token.kind == "open" and token.partner > at and KEEPS.search(token.text):
            found |= set(range(at + 1, token.partner + 1))
    return frozenset(found)

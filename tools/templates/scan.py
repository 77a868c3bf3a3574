"""From the text of a template to its tokens, with the white space that is really sent between them.

What Jinja takes away (a dash, `trim_blocks`, `lstrip_blocks`) is taken away here too, so that the printer may write the
line breaks anew and still know what a page gets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "rect", "wbr"})
PAIRED = frozenset({"if", "for", "macro", "block", "call", "set", "filter", "with", "autoescape", "trans"})
MIDDLE = frozenset({"elif", "else"})
OPENING = {"{{": "}}", "{%": "%}", "{#": "#}"}
STRING = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"


@dataclass(frozen=True)
class Piece:
    """A Jinja tag (`{{`, `{%`, `{#`) with what stands in it, or the text between two of them (kind "")."""

    kind: str
    text: str
    eats_before: bool = False
    eats_after: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.text} {OPENING[self.kind]}" if self.kind else self.text


@dataclass
class Token:
    """What is never torn apart: an HTML tag, a word, a Jinja tag.

    kind: open, close, void, word, expression, statement (alone), begin, middle, end, comment. `name` is that of the tag or
    of the statement. `space` says whether white space is sent before it, `lines` how many line ends stand there.
    """

    kind: str
    parts: list[Piece]
    name: str = ""
    space: bool = False
    lines: int = 0
    partner: int = field(default=-1, compare=False)

    @property
    def text(self) -> str:
        return "".join(map(str, self.parts))

    @property
    def is_statement(self) -> bool:
        """Whether Jinja takes away the line end after it and the indentation before it."""
        return self.kind in ("statement", "begin", "middle", "end", "comment")

    @property
    def is_jinja(self) -> bool:
        return self.is_statement or self.kind == "expression"


def pieces(source: str) -> Iterator[Piece]:
    """The Jinja tags and the texts between them, as written."""
    start = at = 0
    while (found := re.compile(r"\{[{%#]").search(source, at)) is not None:
        kind, at = found.group(), found.start()
        if at > start:
            yield Piece("", source[start:at])
        end = source.index("#}", at) if kind == "{#" else _end(source, at + 2, OPENING[kind])
        inner = source[at + 2 : end]
        body = inner.removeprefix("-").removesuffix("-").strip()
        yield Piece(kind, body, inner.startswith("-"), inner.endswith("-") and len(inner) > 1)
        start = at = end + 2
    if start < len(source):
        yield Piece("", source[start:])


def _end(source: str, at: int, closing: str) -> int:
    """Where a Jinja tag ends: the closing sign outside strings and brackets."""
    depth = 0
    for found in re.compile(rf"{STRING}|[(\[{{]|%}}|[)\]}}]").finditer(source, at):
        sign = found.group()
        if depth == 0 and source.startswith(closing, found.start()):
            return found.start()
        depth += (sign in "([{") - (sign in ")]}") if len(sign) == 1 else 0
    raise ValueError(f"a Jinja tag without an end: {source[at : at + 60]}")


@dataclass(frozen=True)
class Gap:
    """White space as written, and whether any of it is sent."""

    written: str
    is_sent: bool

    @property
    def lines(self) -> int:
        return self.written.count("\n")


def sent(written: list[Piece]) -> Iterator[Piece | Gap]:
    """The Jinja tags and texts, these parted from the white space around them."""
    for number, piece in enumerate(written):
        if piece.kind:
            yield piece
            continue
        before = written[number - 1] if number else None
        after = written[number + 1] if number + 1 < len(written) else None
        core = piece.text.strip()
        if not core:
            left, starts_line = _after(before, piece.text)
            yield Gap(piece.text, bool(_before(after, left, starts_line)))
            continue
        lead = piece.text[: len(piece.text) - len(piece.text.lstrip())]
        trail = piece.text[len(piece.text.rstrip()) :]
        yield Gap(lead, bool(_after(before, lead)[0]))
        yield Piece("", core)
        yield Gap(trail, bool(_before(after, trail, starts_line=False)))


def _after(before: Piece | None, space: str) -> tuple[str, bool]:
    """What the tag before it leaves of white space, and whether that starts a line."""
    if before is None:
        return space, True
    if before.eats_after:
        return "", False
    if before.kind != "{{" and space.startswith("\n"):
        return space[1:], True
    return space, False


def _before(after: Piece | None, space: str, starts_line: bool) -> str:
    """What the tag after it leaves of white space."""
    if after is not None and after.eats_before:
        return ""
    head, newline, _last = space.rpartition("\n")
    if after is not None and after.kind != "{{" and (newline or starts_line):
        return head + newline
    return space


def tokens(source: str) -> list[Token]:
    """The template as tokens; those that belong together know each other's place."""
    reader = _Reader()
    for part in sent(list(pieces(source))):
        if isinstance(part, Gap):
            reader.gap(part.is_sent, part.lines)
        elif part.kind:
            reader.jinja(part)
        else:
            reader.markup(part.text)
    if reader.tag:
        raise ValueError(f"a tag without an end: {''.join(map(str, reader.tag))[:80]}")
    return _paired(reader.found)


class _Reader:
    """Puts tokens together; an HTML tag may hold Jinja tags."""

    def __init__(self) -> None:
        self.found: list[Token] = []
        self.tag: list[Piece] = []
        self.quote = ""
        self.space, self.lines = False, 0

    def gap(self, is_sent: bool, lines: int) -> None:
        if self.tag:
            if is_sent:
                self.tag.append(Piece("", " "))
        else:
            self.space, self.lines = self.space or is_sent, self.lines + lines

    def jinja(self, piece: Piece) -> None:
        if self.tag:
            self.tag.append(replace(piece, eats_before=False, eats_after=False))
        else:
            self._add(_jinja(piece))

    def markup(self, text: str) -> None:
        while text:
            if self.tag:
                text = self._in_tag(text)
                continue
            found = re.match(r"(\s+)|(<!--.*?-->)|(<(?=[a-z/!]))|(?:[^\s<]|<(?![a-z/!]))+", text, re.S | re.I)
            assert found is not None
            if found[3]:
                text = self._in_tag(text)
                continue
            if found[1]:
                self.gap(True, found[1].count("\n"))
            else:
                self._add(Token("word", [Piece("", found.group())]))
            text = text[found.end() :]

    def _in_tag(self, text: str) -> str:
        """Takes up to the end of the tag; returns what follows it."""
        for at, sign in enumerate(text):
            if self.quote:
                self.quote = "" if sign == self.quote else self.quote
            elif sign in "\"'":
                self.quote = sign
            elif sign == ">":
                parts, self.tag = [*self.tag, Piece("", text[: at + 1])], []
                self._add(_html(parts))
                return text[at + 1 :]
        self.tag.append(Piece("", text))
        return ""

    def _add(self, token: Token) -> None:
        token.space, token.lines = self.space, self.lines
        self.space, self.lines = False, 0
        self.found.append(token)


def _jinja(piece: Piece) -> Token:
    bare = [replace(piece, eats_before=False, eats_after=False)]
    if piece.kind != "{%":
        return Token("expression" if piece.kind == "{{" else "comment", bare)
    word = re.match(r"\w+", piece.text)
    name = word.group() if word else ""
    if name.startswith("end"):
        return Token("end", bare, name.removeprefix("end"))
    if name in MIDDLE:
        return Token("middle", bare, name)
    return Token("begin" if _begins(name, piece.text) else "statement", bare, name)


def _begins(name: str, text: str) -> bool:
    return name in PAIRED and not (name == "set" and re.match(r"set [\w., ]+=", text))


def _html(written: list[Piece]) -> Token:
    parts = _plain(written)
    text = "".join(map(str, parts))
    found = re.match(r"<(/?)([\w:-]*(?:\{\{.*?\}\})?)", text)
    assert found is not None
    name = found[2].lower()
    if found[1]:
        return Token("close", parts, name)
    return Token("void" if name in VOID or text.endswith("/>") or not name else "open", parts, name)


def _plain(parts: list[Piece]) -> list[Piece]:
    """One space between attributes, none before a statement that brings its own."""
    found: list[Piece] = []
    quote = ""
    for number, piece in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else None
        if piece.kind:
            if found and not quote and starts_attribute(parts, number):
                found[-1] = replace(found[-1], text=found[-1].text.rstrip()) if not found[-1].kind else found[-1]
            found.append(piece)
            continue
        text = ""
        for sign in piece.text:
            quote = "" if sign == quote else sign if not quote and sign in "\"'" else quote
            text += sign if quote or not sign.isspace() else "" if text.endswith(" ") else " "
        if not quote and following is None:
            text = re.sub(r" (/?>)$", r"\1", text)
        found.append(replace(piece, text=text))
    return [piece for piece in found if piece.kind or piece.text]


def starts_attribute(parts: list[Piece], number: int) -> bool:
    """Whether this statement begins white space and an attribute."""
    piece, following = parts[number], parts[number + 1] if number + 1 < len(parts) else None
    if piece.kind != "{%" or not piece.text.startswith(("if ", "for ")) or following is None:
        return False
    return starts_attribute(parts, number + 1) if following.kind else following.text.startswith((" ", "\n"))


def _paired(found: list[Token]) -> list[Token]:
    """Every begin, middle and end knows the next one of its statement; an open tag its close tag, where it has one."""
    waiting: list[int] = []
    for at, token in enumerate(found):
        if token.kind in ("begin", "open"):
            waiting.append(at)
        elif token.kind in ("middle", "end"):
            while found[waiting[-1]].kind == "open":
                waiting.pop()
            found[waiting[-1]].partner = at
            waiting.pop()
            if token.kind == "middle":
                waiting.append(at)
        elif token.kind == "close" and waiting and found[waiting[-1]].name == token.name:
            found[waiting.pop()].partner = at
    return found

"""A long Jinja tag over several lines: white space between its words is free, inside its strings it is not."""

import itertools
import re
import textwrap
from dataclasses import dataclass

from tools.templates.scan import OPENING, STRING, Piece

WORD = re.compile(rf"{STRING}|\s+|[(\[{{]|[)\]}}]|,|[^\s\"'()\[\]{{}},]+|.", re.S)
WEAKEST_FIRST = (("if", "else"), ("or",), ("and",), ("~",))
STEP = "  "
SHORT = 24  # items of a list no longer than this stand beside each other
QUOTES = ('"', "'")
OPEN, CLOSE = ("(", "[", "{"), (")", "]", "}")


@dataclass(frozen=True)
class Shape:
    """How far a line goes, and what stands on it before and after."""

    width: int
    used: int = 0
    after: int = 0


def laid_out(piece: Piece, indent: int, shape: Shape, dashes: tuple[str, str] = ("", "")) -> str:
    """The Jinja tag, on one line where it fits; `indent` is that of the line it begins on."""
    opening, closing = piece.kind + dashes[0], dashes[1] + OPENING[piece.kind]
    if piece.kind == "{#":
        return f"{opening} {piece.text} {closing}"
    text = flat(piece.text)
    if shape.used + len(opening) + len(text) + len(closing) + 2 + shape.after <= shape.width or text.startswith("raw"):
        return f"{opening} {text} {closing}"
    room = Shape(shape.width, shape.used + len(opening) + 1, shape.after + len(closing) + 1)
    return f"{opening} {_broken(text, indent, room)} {closing}"


def flat(text: str) -> str:
    """On one line, with one space where there was any, and none beside a bracket that was alone on its line.

    Strings that follow each other are one string to Jinja, and to the catalogues.
    """
    out = ""
    for word in WORD.findall(text):
        if word[0] in QUOTES and out.rstrip()[-1:] == word[0]:
            out = out.rstrip()[:-1] + word[1:]
            continue
        if word.isspace():
            out += "" if out[-1:] in OPEN and "\n" in word else " "
        else:
            if word in CLOSE:
                out = re.sub(r",? *$", "", out)
            out += word
    return out.strip()


def _broken(text: str, indent: int, shape: Shape) -> str:
    if re.fullmatch(STRING, text):
        return ("\n" + STEP * indent).join(_string(text, shape.width - len(STEP) * indent - shape.after))
    parts = _at_weakest(text)
    if len(parts) > 1 and not _one_call(text):
        deeper = "\n" + STEP * (indent + 1)
        lines = [_fitted(parts[0], indent, Shape(shape.width, shape.used))]
        for number, part in enumerate(parts[1:], 2):
            after = shape.after if number == len(parts) else 0
            lines.append(_fitted(part, indent + 1, Shape(shape.width, len(STEP) * (indent + 1), after)))
        return deeper.join(lines)
    return _brackets(text, indent, shape)


def _fitted(text: str, indent: int, shape: Shape) -> str:
    return text if shape.used + len(text) + shape.after <= shape.width else _broken(text, indent, shape)


def _string(text: str, width: int) -> list[str]:
    """A string as several that follow each other, parted behind spaces."""
    lines = textwrap.wrap(
        text[1:-1], width - 2, drop_whitespace=False, break_long_words=False, break_on_hyphens=False,
        replace_whitespace=False, expand_tabs=False,
    )  # fmt: skip
    return [f"{text[0]}{line}{text[0]}" for line in lines]


def _one_call(text: str) -> bool:
    """Whether nothing weak stands outside brackets."""
    return len(_at_weakest(text)) == 1


def _at_weakest(text: str) -> list[str]:
    """Parted before the operators that bind least, outside brackets."""
    words, depths, depth = WORD.findall(text), [], 0
    for word in words:
        depth -= word in CLOSE
        depths.append(depth)
        depth += word in OPEN
    outer = [(number, word) for number, word in enumerate(words) if depths[number] == 0]
    head = 1 if words and words[0] in ("if", "elif", "for") else 0
    for operators in WEAKEST_FIRST:
        cuts = [number for number, word in outer if word in operators and number >= head]
        if cuts:
            return _cut(words, cuts)
    return [text]


def _cut(words: list[str], cuts: list[int]) -> list[str]:
    edges = [0, *cuts, len(words)]
    return [part for a, b in itertools.pairwise(edges) if (part := "".join(words[a:b]).strip())]


def _brackets(text: str, indent: int, shape: Shape) -> str:
    """The longest outer bracket opened: what is in it on a line of its own, or each item on one."""
    found = max(_outer_brackets(text), key=lambda pair: pair[1] - pair[0], default=None)
    if found is None or found[1] - found[0] < 20:
        return text
    start, end = found
    items = _items(text[start + 1 : end])
    if len(items) == 1 and _outer_brackets(items[0]) == [(0, len(items[0]) - 1)]:
        tail = len(text) - end + shape.after
        return (
            text[: start + 1]
            + _brackets(items[0], indent, Shape(shape.width, shape.used + start + 1, tail))
            + text[end:]
        )
    deeper, back = "\n" + STEP * (indent + 1), "\n" + STEP * indent
    used = len(STEP) * (indent + 1)
    inside = ", ".join(items)
    if used + len(inside) > shape.width or len(items) == 1:
        lines = [_fitted(item, indent + 1, Shape(shape.width, used, 1)) for item in items]
        if max(map(len, items)) <= SHORT and len(items) > 1:
            lines = _filled(items, shape.width - used - 1)
        inside = ("," + deeper).join(lines)
    tail = text[end:]
    if len(STEP) * indent + len(tail) + shape.after > shape.width:
        tail = tail[0] + _fitted(tail[1:], indent, Shape(shape.width, len(STEP) * indent + 1, shape.after))
    return text[: start + 1] + deeper + inside + back + tail


def _filled(items: list[str], width: int) -> list[str]:
    """As many items on a line as fit."""
    lines = [items[0]]
    for item in items[1:]:
        if len(lines[-1]) + len(item) + 2 > width:
            lines.append(item)
        else:
            lines[-1] += f", {item}"
    return lines


def _outer_brackets(text: str) -> list[tuple[int, int]]:
    found, depth, start = [], 0, 0
    for match in WORD.finditer(text):
        if match.group() in OPEN:
            start = match.start() if depth == 0 else start
            depth += 1
        elif match.group() in CLOSE:
            depth -= 1
            if depth == 0:
                found.append((start, match.start()))
    return found


def _items(text: str) -> list[str]:
    items, depth = [""], 0
    for word in WORD.findall(text):
        depth += (word in OPEN) - (word in CLOSE)
        if word == "," and depth == 0:
            items.append("")
        else:
            items[-1] += word
    return [item.strip() for item in items if item.strip()]

"""An HTML tag over several lines: white space between its attributes is free, inside their quotes it is not."""

from collections.abc import Iterator

from tools.templates.expressions import STEP, Shape, flat, laid_out
from tools.templates.scan import Piece, Token, starts_attribute


def on_one_line(token: Token) -> str:
    """Any token on one line."""
    return "".join(
        str(Piece(p.kind, p.text if p.kind == "{#" else flat(p.text))) if p.kind else p.text for p in token.parts
    )


def over_lines(token: Token, shape: Shape) -> str:
    """The tag, on one line where it fits; further lines are indented."""
    text = on_one_line(token)
    if shape.used + len(text) + shape.after <= shape.width:
        return text
    attributes = list(_attributes(token))
    lines, used = [""], shape.used
    for number, attribute in enumerate(attributes):
        words = "".join(map(str, attribute))
        after = shape.after if number == len(attributes) - 1 else 0
        if number > 1 and used + 1 + len(words) + after > shape.width:
            lines.append(STEP)
            used = len(lines[-1])
            words = words.lstrip()
        written = ""
        for piece in attribute if used + len(words) + after > shape.width else ():
            there = used + len(written) - written.rfind("\n") - 1 if "\n" in written else used + len(written)
            written += laid_out(piece, 1, Shape(shape.width, there, after)) if piece.kind else piece.text
        lines[-1] += (written.lstrip() if lines[-1].endswith(STEP) else written) or words
        used = len(lines[-1].rpartition("\n")[2]) + (shape.used if len(lines) == 1 and "\n" not in lines[-1] else 0)
    return "\n".join(lines)


def _attributes(token: Token) -> Iterator[list[Piece]]:
    """The pieces of the tag, parted where a line may end: before white space or a statement, outside quotes and statements."""
    found: list[Piece] = []
    quote, depth = "", 0
    for number, piece in enumerate(token.parts):
        if piece.kind:
            if piece.kind == "{%" and piece.text.startswith(("if ", "for ")):
                if not quote and depth == 0 and found and starts_attribute(token.parts, number):
                    yield found
                    found = []
                depth += 1
            depth -= piece.kind == "{%" and piece.text.startswith("end")
            found.append(Piece(piece.kind, flat(piece.text)))
            continue
        start = 0
        for at, sign in enumerate(piece.text):
            if quote:
                quote = "" if sign == quote else quote
            elif sign in "\"'":
                quote = sign
            elif sign.isspace() and depth == 0 and (at > start or found):
                yield [*found, Piece("", piece.text[start:at])]
                found, start = [], at
        found.append(Piece("", piece.text[start:]))
    yield found

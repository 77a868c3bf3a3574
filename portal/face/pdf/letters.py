"""Which characters the fonts of papers have. One that none has would be an empty space: it is written in Latin letters."""

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

FONTS = Path(__file__).parents[2] / "papers" / "fonts"
_CONTROLS = frozenset(map(chr, range(32))) - {"\n"}
NOTHING = "?"  # for a sign that has no Latin letters either


def settable(text: str) -> str:
    """`text` with every character that no font has in Latin letters: a name from Tbilisi or Osaka is read aloud alike."""
    if text.isascii() and text.isprintable():
        return text
    strange = set(text) - _known()
    return text.translate({ord(one): _in_latin(one) for one in strange}) if strange else text


def _in_latin(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Mn", "Cc"):  # it joins, marks or dresses what stands before
        return ""
    return anyascii(character) or NOTHING


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """The characters that every weight has in one of the families."""
    families: dict[str, set[str]] = {}
    for path in sorted(FONTS.glob("*/*.ttf")):
        letters = set(letters_of(path.read_bytes()))
        families[path.parent.name] = families.get(path.parent.name, letters) & letters
    return frozenset("\n").union(*families.values()) - _CONTROLS


def letters_of(font: bytes) -> list[str]:
    """The characters of a TrueType font: the tables of format 4 and 12 in its `cmap` (OpenType 1.9, cmap)."""
    found: list[str] = []
    cmap = _table(font, b"cmap")
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        at = struct.unpack_from(">I", cmap, 4 + 8 * number + 4)[0]
        kind = struct.unpack_from(">H", cmap, at)[0]
        if kind == 4:
            found += _segments(cmap, at)
        elif kind == 12:
            groups = struct.unpack_from(">I", cmap, at + 12)[0]
            for first, last, _glyph in struct.iter_unpack(">III", cmap[at + 16 : at + 16 + 12 * groups]):
                found += map(chr, range(first, last + 1))
    return found


def _table(font: bytes, tag: bytes) -> bytes:
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        name, _sum, start, length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return font[start : start + length]
    raise ValueError("A font without this table")


def _segments(cmap: bytes, at: int) -> list[str]:
    double = struct.unpack_from(">H", cmap, at + 6)[0]
    ends, starts = at + 14, at + 16 + double
    found = []
    for place in range(0, double, 2):
        (last,), (first,) = struct.unpack_from(">H", cmap, ends + place), struct.unpack_from(">H", cmap, starts + place)
        (delta,), (jump,) = (struct.unpack_from(">H", cmap, starts + n * double + place) for n in (1, 2))
        here = starts + 2 * double + place
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", cmap, here + jump + 2 * (code - first))[0] if jump else code
            if glyph and (jump or (code + delta) & 0xFFFF):
                found.append(chr(code))
    return found

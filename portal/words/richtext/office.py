"""How Word and Outlook write lists: paragraphs that carry a level, and words that draw the sign of the item."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_LEVEL = re.compile(r"mso-list\s*:[^;]*?\blevel([1-9])\b")
_IGNORED = re.compile(r"mso-list\s*:\s*ignore")
_LIST_CLASS = re.compile(r"\bmsolist(?:paragraph|bullet|number|continue)", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:\d{1,3}\.)*(\d{1,4}|[a-z]|[ivxlcdm]{1,6}|[а-я])[.)]?", re.IGNORECASE)
# At the beginning of the words. A letter alone may be a word ("o", "a", "i"): it needs the wide blank that Word writes.
_WRITTEN = re.compile(
    r"[\s\u00a0]*(?:([·•▪‣§–—\uf0b7\uf0a7-]|\(?\d{1,3}[.)])[\s\u00a0]+|(o|[a-zа-я][.)])\s*\u00a0[\s\u00a0]*)"
)
_LETTERS = ("abcdefgh", "абвгдежз")
LEVELS = 9  # of lists in Word


class Item(NamedTuple):
    tag: str  # ul or ol
    number: int  # as it was drawn; 1 where it does not say


class Paragraph(NamedTuple):
    """A paragraph that may be an item of a list."""

    level: int
    certain: bool  # the program says so itself; otherwise only if its words begin with a sign


def paragraph(values: Mapping[str, str]) -> Paragraph | None:
    """What the attributes of a paragraph say, or None when it is none of a list."""
    level = _LEVEL.search(values.get("style", "").lower())
    if level:
        return Paragraph(int(level.group(1)), certain=True)
    return Paragraph(1, certain=False) if _LIST_CLASS.search(values.get("class", "")) else None


def heading(values: Mapping[str, str]) -> str:
    """The heading that Word Online writes as a paragraph; empty when it is none."""
    said = values.get("aria-level", "") if values.get("role") == "heading" else ""
    return f"h{said}" if said in tuple("123456") else ""


def is_sign(values: Mapping[str, str]) -> bool:
    """Does this element hold the sign of the item?"""
    return bool(_IGNORED.search(values.get("style", "").lower()))


def level(values: Mapping[str, str]) -> int:
    """The level that Word Online gives an item, each in a list of its own; 0 where it gives none."""
    said = values.get("data-aria-level", "")
    return int(said) if said in tuple("123456789") else 0


def item(sign: str) -> Item:
    """What a sign says: `3.` and `b)` are numbers, everything else a bullet."""
    sign = sign.strip(" \u00a0\n\t")
    numbered = _NUMBER.fullmatch(sign)
    if not numbered or not (sign[-1] in ".)" or sign.isdigit()):
        return Item("ul", 1)
    last = numbered.group(1).lower()
    if last.isdigit():
        return Item("ol", int(last))
    return Item("ol", next((letters.index(last) + 1 for letters in _LETTERS if last in letters), 1))


def written_sign(words: str) -> tuple[str, str] | None:
    """(sign, the words after it), or None when they begin with none."""
    found = _WRITTEN.match(words)
    return ((found.group(1) or found.group(2)), words[found.end() :]) if found else None

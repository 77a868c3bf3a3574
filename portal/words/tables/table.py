"""A table as it was read: lines of texts that know where they stood."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portal.words.text import fold


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not empty; `number` is that of the line or of the row of the sheet, from 1, as programs show it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All rows that are not empty. Of a workbook `sheet` is the one that was read, and `unread` are the others' names."""

    lines: Sequence[Line]
    sheet: str = ""
    unread: tuple[str, ...] = ()


def heads(table: Table, known: Mapping[str, Collection[str]]) -> dict[str, int] | None:
    """Which column is which, by the words of the first row, or None when none of them is known: then it is no header.

    `known` says for each column the words that may head it, in every language; case and accents do not count. The first
    column with a word wins.
    """
    if not table.lines:
        return None
    meant = {fold(word): name for name, words in known.items() for word in words}
    found: dict[str, int] = {}
    for place, cell in enumerate(table.lines[0].cells):
        name = meant.get(fold(cell[:200]).strip(" :*."))
        if name is not None:
            found.setdefault(name, place)
    return found or None

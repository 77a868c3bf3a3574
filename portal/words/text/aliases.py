"""Other names of a place: Chełm is Хелм, Велико Търново is Wielkie Tyrnowo. For finding only, never for showing."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from portal.words.data import rows
from portal.words.text.folding import fold

_TABLES = {
    "pl_city_aliases": ("pl", "bg", "en"),
    "pl_voivodeships": ("pl", "pl_genitive", "pl_locative", "bg", "en"),
    "bg_oblasts": ("bg", "pl", "en"),
}
_LONGEST_NAME = 3  # words


def aliases(text: str) -> str:
    """The folded other names of every place that `text` names, each once, one space between words."""
    words = fold(text).split()
    names = _names()
    found: dict[str, None] = {}
    for length in range(1, _LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            found.update(dict.fromkeys(other for other in names.get(name, ()) if other != name))
    return " ".join(found)


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Each folded name with all folded names of the same place."""
    groups: dict[str, dict[str, None]] = {}
    for table, columns in _TABLES.items():
        for row in rows(table):
            same = dict.fromkeys(_folded(row[column] for column in columns))
            for name in same:
                groups.setdefault(name, {}).update(same)
    return {name: tuple(others) for name, others in groups.items()}


def _folded(labels: Iterable[str]) -> Iterator[str]:
    for label in labels:
        for name in re.sub(r"\(.*?\)", "", label).split("/"):
            if folded := fold(name):
                yield folded

"""Small fixed tables that ship with the portal: vocabularies, areas, names of towns."""

import csv
from collections.abc import Iterable, Mapping
from importlib.resources import files


def rows(name: str) -> list[Mapping[str, str]]:
    """The rows of a table of this package, by its file name without the ending."""
    return read(lines(name))


def lines(name: str) -> list[str]:
    """The lines of a table of this package, its head first. No text in it goes over two of them."""
    return files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines()


def read(lines: Iterable[str]) -> list[Mapping[str, str]]:
    """The rows of some lines, of which the first is the head."""
    return list(csv.DictReader(lines))

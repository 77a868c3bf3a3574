"""Small fixed tables that ship with the portal: vocabularies, areas, names of towns."""

import csv
from collections.abc import Mapping
from importlib.resources import files


def rows(name: str) -> list[Mapping[str, str]]:
    """The rows of a table of this package, by its file name without the ending."""
    source = files(__name__).joinpath(f"{name}.csv")
    with source.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))

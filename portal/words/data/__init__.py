"""Small fixed tables that ship with the portal: vocabularies, areas, names of towns."""

import csv
import io
from collections.abc import Mapping
from importlib.resources import files


def rows(name: str) -> list[Mapping[str, str]]:
    """The rows of a table of this package, by its file name without the ending."""
    text = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))

"""The outlines of the regions, as they are drawn on the map of the directory (`tools/outlines`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from portal.organisations.places import country_of
from portal.words.data import rows


@dataclass(frozen=True, slots=True)
class Outline:
    """One region: its line, and the place where its number stands."""

    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """All regions of a country by their codes, in units of a drawing of this width and height."""

    width: int
    height: int
    outlines: Mapping[str, Outline]


@cache
def drawing(country: str) -> Drawing:
    """The drawing of PL or BG."""
    mine = [row for row in rows("region_outlines") if country_of(row["code"]) == country]
    outlines = {row["code"]: Outline(row["path"], int(row["x"]), int(row["y"])) for row in mine}
    return Drawing(int(mine[0]["width"]), int(mine[0]["height"]), outlines)

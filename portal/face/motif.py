"""A woven motif from a name: the default portrait and cover of whoever has uploaded no picture.

Pure and deterministic: the same name gives the same drawing for ever. The SVG carries classes only (k0 for the ground,
t1..t3 for the threads, d1..d6 for the dyes), no style and no colour: look.css dyes it per theme. A motif is mirrored in
both axes, so it can never turn into a sign with a direction, and its heart is a square, so it never reads as a cross.
"""

import functools
import hashlib
import unicodedata
from collections.abc import Callable, Iterable

from markupsafe import Markup

HALF = 5  # a motif is 11 x 11 stitches
SIDE = 2 * HALF + 1
STITCH = 6  # pixels of a stitch in a cover
DYES = 6

Table = list[list[int]]
Metric = Callable[[int, int], int]

METRICS: tuple[Metric, ...] = (
    lambda x, y: x + y,  # diamond
    lambda x, y: max(x, y, (2 * (x + y) + 1) // 3),  # octagon
    lambda x, y: x + y - min(x, y) // 2,  # star
    lambda x, y: max(x, y) + (x == y),  # notched square
)


@functools.lru_cache(maxsize=2048)
def motif(name: str) -> Markup:
    """The square beside a name in lists, about 1 kB (0.3 kB compressed)."""
    dyes, table = stitches(name)
    return _svg(13, 13, f"motif d{dyes}", _cloth_of(table, 13, 13, 1, 1))


@functools.lru_cache(maxsize=512)
def cover(name: str) -> Markup:
    """The band over a profile: the motif woven side by side with a hem above and below, for any width (1.3 kB).

    Its pattern has an id made from the name, so one cover per name and page.
    """
    dyes, table = stitches(name)
    tile = [row[:-1] for row in table]  # the last column is the first of the next repeat
    hem = [[1] * 10, [1, 2] * 5, [0] * 10]
    rows = hem + tile + hem[::-1]
    key = "w" + _digest(name).hex()[:8]
    body = _cloth_of(rows, 10, len(rows))
    return Markup(  # noqa: S704  (numbers and a hexadecimal digest, nothing of the name itself)
        f'<svg class="motif cover d{dyes}" aria-hidden="true">'
        f'<defs><pattern id="{key}" width="10" height="{len(rows)}" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({STITCH})">{body}</pattern></defs>'
        f'<rect width="100%" height="{len(rows) * STITCH}" fill="url(#{key})"/></svg>'
    )


def cloth(names: Iterable[str], columns: int = 5) -> Markup:
    """Many motifs woven into one cloth, row by row; a name keeps its own dyes. Only whole rows are woven."""
    return _cloth(tuple(names), columns)


@functools.lru_cache(maxsize=32)
def _cloth(names: tuple[str, ...], columns: int) -> Markup:
    rows = max(1, len(names) // columns)
    cells = []
    for number, name in enumerate(names[: rows * columns]):
        dyes, table = stitches(name)
        x, y = number % columns * (SIDE + 1), number // columns * (SIDE + 1)
        ground = f'<path class="k0" d="M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z"/>'
        cells.append(f'<g class="d{dyes}">{ground}{_threads(table, x, y)}</g>')
    return _svg(columns * (SIDE + 1) - 1, rows * (SIDE + 1) - 1, "motif cloth", "".join(cells))


def stitches(name: str) -> tuple[int, Table]:
    """The dyes (1..6) and an 11 x 11 table of thread numbers 0..3 (0 is the ground)."""
    digest = _digest(name)
    rings: list[int] = []
    for ring in range(2 * HALF + 2):  # neighbours never share a thread: every ring is seen
        choice = [thread for thread in (0, 1, 2, 3) if not rings or thread != rings[-1]]
        rings.append(choice[digest[1 + ring] % len(choice)])
    if rings[0] == 0:  # the eye in the middle is never the ground
        rings[0] = 2 if rings[1] == 1 else 1
    metric, hook, corner = METRICS[digest[0] % len(METRICS)], digest[20] % 3, digest[21] % 3 + 1
    span = range(-HALF, HALF + 1)
    table = [[_thread(abs(x), abs(y), rings, metric, hook, corner) for x in span] for y in span]
    return digest[22] % DYES + 1, table


def _thread(x: int, y: int, rings: list[int], metric: Metric, hook: int, corner: int) -> int:
    if hook == 1 and x and y and (x - y) % 4 == 0 and x + y > 3:
        return corner
    if hook == 2 and x + y > HALF + 1:
        return corner if (x + y) % 2 else 0
    # a square heart, because a plus in the middle would read as a cross
    return rings[metric(x, y)] if max(x, y) > 1 else rings[min(1, x + y)]


def _digest(name: str) -> bytes:
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    return hashlib.blake2s(folded.encode("utf-8", "replace")).digest()


def _cloth_of(table: Table, width: int, height: int, dx: int = 0, dy: int = 0) -> str:
    return f'<path class="k0" d="M0 0h{width}v{height}H0z"/>{_threads(table, dx, dy)}'


def _threads(table: Table, dx: int = 0, dy: int = 0) -> str:
    """One path per thread, drawn as lines one stitch thick: half the length of rectangles. It goes on from its end
    where that is shorter to write."""
    paths: dict[int, str] = {}
    ends: dict[int, tuple[int, int]] = {}  # where each thread ended
    for y, row in enumerate(table):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end] == row[x]:
                end += 1
            if row[x]:
                moves = [f"M{x + dx} {y + dy}.5"]
                if row[x] in ends:
                    last, line = ends[row[x]]
                    moves.append(f"m{x - last} {y - line}")
                paths[row[x]] = f"{paths.get(row[x], '')}{min(moves, key=len)}h{end - x}"
                ends[row[x]] = end, y
            x = end
    return "".join(f'<path class="t{thread}" d="{path}"/>' for thread, path in sorted(paths.items()))


def _svg(width: int, height: int, classes: str, body: str) -> Markup:
    return Markup(  # noqa: S704  (only numbers and our own class names)
        f'<svg class="{classes}" viewBox="0 0 {width} {height}" aria-hidden="true">{body}</svg>'
    )

"""Two texts side by side: what was taken out and what was put in, in a time that is known beforehand.

Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986): the time grows with the length and with the number of
differences, and that number is bounded. Texts with more differences than that have little in common that a reader could
follow, so they stand side by side as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

MOST = 100  # differences between two sequences that are looked for
LONGEST = 4_000  # words of two paragraphs that are compared word by word
SHOWN = 150  # rows of one text
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Did(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are in both texts, were taken out or put in."""

    did: Did
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph in both texts, side by side. Where `skipped` is not 0, so many rows stand here that are not shown."""

    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def is_same(self) -> bool:
        return all(piece.did is Did.SAME for piece in (*self.before, *self.after))


def compare(before: str, after: str) -> list[Row]:
    """The paragraphs (lines) of two texts side by side, with the words that differ; what is the same far from every
    difference is left out and counted. At most SHOWN rows and one that says how many more there are."""
    rows = list(_rows(_blocks(before), _blocks(after)))
    shown = list(_near(rows))
    rest = len(shown) - SHOWN
    return shown if rest <= 0 else [*shown[:SHOWN], Row(skipped=rest)]


def _blocks(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _rows(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    left = SHOWN  # rows that are compared word by word: no others are shown
    for out, put in _runs(before, after):
        if out == put:
            yield from (Row((Piece(Did.SAME, one),), (Piece(Did.SAME, one),)) for one in out)
            continue
        for one, other in zip_longest(out, put, fillvalue=""):  # in their order; those over stand alone
            yield Row(*(_words(one, other) if left > 0 else _whole(one, other)))
            left -= 1


def _whole(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    return (Piece(Did.OUT, before),) if before else (), (Piece(Did.IN, after),) if after else ()


def _words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    whole = _whole(before, after)
    if not before or not after:
        return whole
    a, b = _WORDS.findall(before), _WORDS.findall(after)
    if len(a) + len(b) > LONGEST:
        return whole
    left: list[Piece] = []
    right: list[Piece] = []
    same = 0
    for out, put in _runs(a, b):
        if out == put:
            same += sum(len(word) for word in out if not word.isspace())
            left.append(Piece(Did.SAME, "".join(out)))
            right.append(Piece(Did.SAME, "".join(put)))
        else:
            left += [Piece(Did.OUT, "".join(out))] if out else []
            right += [Piece(Did.IN, "".join(put))] if put else []
    # Two sentences that share a comma and a few letters are two sentences.
    return (tuple(left), tuple(right)) if 4 * same >= min(len(before), len(after)) else whole


def _near(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows that differ, with one neighbour before and after; the rest is counted."""
    differs = [not row.is_same for row in rows]
    skipped = 0
    for i, row in enumerate(rows):
        if any(differs[max(0, i - 1) : i + 2]):
            if skipped:
                yield Row(skipped=skipped)
            skipped = 0
            yield row
        else:
            skipped += 1
    if skipped and any(differs):
        yield Row(skipped=skipped)


def _runs(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Runs of both, alternately the same in both and different; the whole middle is one where too much differs."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    if start:
        yield a[:start], b[:start]
    x = y = start
    for i, j, length in _common(a[start : len(a) - end], b[start : len(b) - end]):
        i, j = i + start, j + start
        if i > x or j > y:
            yield a[x:i], b[y:j]
        yield a[i : i + length], b[j : j + length]
        x, y = i + length, j + length
    if x < len(a) - end or y < len(b) - end:
        yield a[x : len(a) - end], b[y : len(b) - end]
    if end:
        yield a[len(a) - end :], b[len(b) - end :]


def _common(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """(place in a, place in b, length) of what both have in the same order; nothing where more than MOST differs."""
    furthest = {1: 0}
    steps: list[dict[int, int]] = []
    for d in range(MOST + 1):
        steps.append(dict(furthest))
        for k in range(-d, d + 1, 2):
            down = k == -d or (k != d and furthest[k - 1] < furthest[k + 1])
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            y = x - k
            while x < len(a) and y < len(b) and a[x] == b[y]:
                x, y = x + 1, y + 1
            furthest[k] = x
            if x >= len(a) and y >= len(b):
                return _walked(steps, len(a), len(b))
    return []


def _walked(steps: Sequence[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    """The way back from the end of both, as runs from the beginning."""
    runs: list[tuple[int, int, int]] = []
    for d in range(len(steps) - 1, -1, -1):
        furthest, k = steps[d], x - y
        down = k == -d or (k != d and furthest[k - 1] < furthest[k + 1])
        from_x = furthest[k + 1] if down else furthest[k - 1]
        from_y = from_x - (k + 1 if down else k - 1)
        start = from_x if down else from_x + 1
        if d == 0:
            start = 0
        length = x - start
        if length:
            runs.append((start, start - k, length))
        x, y = from_x, from_y
    return [*reversed(runs)]

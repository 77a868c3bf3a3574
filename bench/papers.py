"""How long a paper takes: one page, and the longest that is let in, each with the start of its process."""

import datetime as dt
import os
import resource
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.servers import environment
from portal.cli import make_app
from portal.face.pdf import MOST_ROWS, TICK, Head, Paper, Rows, pdf_of

TIMES = 20
HEADS = (("Imię i nazwisko", 5), ("Organizacja, grupa lub miejscowość", 6), ("Obecność", 0))


@dataclass(frozen=True, slots=True)
class Made:
    """`seconds` by the clock and `cpu_seconds` of processor, the median of TIMES; the same of the longest paper, once."""

    seconds: float
    cpu_seconds: float
    longest_seconds: float
    longest_cpu_seconds: float


def measure() -> Made:
    with tempfile.TemporaryDirectory() as var:
        os.environ.update(environment(Path(var)))
        with make_app().app_context():
            page = [_once(12) for _ in range(TIMES)]
            longest = _once(MOST_ROWS - 2)
    return Made(median(one for one, _cpu in page), median(cpu for _one, cpu in page), *longest)


def seconds_of(url: str) -> float:
    """The median of TIMES that a server takes to answer with a paper."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        with urllib.request.urlopen(url) as answer:
            assert answer.read().startswith(b"%PDF-")
        taken.append(time.perf_counter() - began)
    return median(taken)


def _once(rows: int) -> tuple[float, float]:
    people = [(f"Żaneta Щастлива {number}", "Koło Gospodyń Wiejskich, Rudka", TICK) for number in range(rows)]
    paper = Paper(
        "Lista na warsztat", "Lista na warsztat", dt.datetime(2026, 11, 30, tzinfo=dt.UTC),
        [Head("Kongres", "Warsztat"), Rows("Osoby z miejscem", HEADS, people)],
    )  # fmt: skip
    before, began = _children(), time.perf_counter()
    pdf_of(paper)
    return time.perf_counter() - began, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

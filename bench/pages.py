"""How many public pages a second, against the reference page, in interleaved rounds."""

import re
import shutil
import statistics
import subprocess
import urllib.request
from dataclasses import dataclass

from bench.servers import Server

ROUNDS = 7
SECONDS = 2
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A page: requests a second (median), its ratio to the reference (median of the rounds' ratios), size in bytes."""

    name: str
    per_second: float
    ratio: float
    size: int


def rate(url: str, seconds: float = SECONDS, connections: int = CONNECTIONS) -> float:
    """Requests a second that a URL answers with 200."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("make bench needs wrk (Debian's package of that name).")
    done = subprocess.run(
        [wrk, "-t", "1", "-c", str(connections), "-d", f"{seconds}s", url], check=True, capture_output=True, text=True
    )
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(f"{url}\n{done.stdout}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert found
    return float(found[1])


def cpu_milliseconds(server: Server, path: str) -> float:
    """CPU time of the server's processes for a request."""
    url = server.base + path
    rate(url, 1)
    cpu = server.cpu_seconds()
    requests = rate(url) * SECONDS
    return (server.cpu_seconds() - cpu) * 1000 / requests


def compare(reference_url: str, pages: dict[str, str], rounds: int = ROUNDS) -> list[Row]:
    """Measure all pages and the reference in turn, round by round, so that the machine's mood hits all alike."""
    base: list[float] = []
    found: dict[str, list[float]] = {name: [] for name in pages}
    for url in (reference_url, *pages.values()):
        rate(url, 1)
    for _round in range(rounds):
        base.append(rate(reference_url))
        for name, url in pages.items():
            found[name].append(rate(url))
    rows = [Row("reference", statistics.median(base), 1.0, _size(reference_url))]
    for name, rates in found.items():
        ratios = [mine / theirs for mine, theirs in zip(rates, base, strict=True)]
        rows.append(Row(name, statistics.median(rates), statistics.median(ratios), _size(pages[name])))
    return rows


def _size(url: str) -> int:
    with urllib.request.urlopen(url) as answer:
        return len(answer.read())

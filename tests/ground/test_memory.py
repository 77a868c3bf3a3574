"""Threads share heaps, in every process and however the portal is started."""

import concurrent.futures
import urllib.request
from pathlib import Path

import psutil
import pytest

from portal.ground.memory import HEAPS
from tests.fixtures.live import MakeLive
from tests.support import processes
from tests.support.servers import ROOT, LivePortal

RESERVED = 64 << 20  # bytes of address space that glibc keeps aside for each heap but the first


def heaps(process: psutil.Process) -> int:
    """How many heaps a process has: its first one, and every used part with a reserved rest that makes 64 MB."""
    found, used = 1, (0, 0)
    for line in Path(f"/proc/{process.pid}/maps").read_text().splitlines():
        span, rights, *rest = line.split()
        begin, end = (int(part, 16) for part in span.split("-"))
        if rights == "---p" and len(rest) == 3 and begin == used[1] and end - used[0] == RESERVED:
            found += 1
        used = (begin, end) if rights == "rw-p" else (0, 0)
    return found


def roots(live: LivePortal, how: str) -> list[int]:
    """Start the portal and return the processes that were started by hand."""
    if how == "serve and worker":
        live.start()
    else:  # on a database that is not empty, so that it loads no demo
        live.run("person", "create", "--address", "a@example.org", "--name", "A", "--password", "lipa most chleb")
        live._web = processes.start([*live._portal(), how], live.log, environ=live.environ, cwd=ROOT)
        processes.wait_until(live._answers, "The portal", log=live.log)
    return [one.pid for one in (live._web, live._worker) if one]


def at_work(started: list[int]) -> list[psutil.Process]:
    """The web process and the worker, as soon as they have their threads."""
    every = [one for pid in started for one in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True))]
    return [one for one in every if not one.children() and one.num_threads() > 2]


@pytest.mark.parametrize("how", ["run", "serve and worker"])
def test_threads_share_heaps(make_live: MakeLive, how: str) -> None:
    live = make_live(workers=1)
    started = roots(live, how)
    processes.wait_until(lambda: len(at_work(started)) == 2, "Web and worker with their threads", log=live.log)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: urllib.request.urlopen(f"{live.base_url}/pl/").read(), range(24)))
    counted = {one.pid: heaps(one) for one in at_work(started)}
    assert len(counted) == 2
    assert max(counted.values()) <= HEAPS, counted

"""The two servers of a comparison: the fixed reference page and Synergia, under the same web server options."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.postgresql import PostgresServer

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it is, its processes and its data. The worker of background jobs, if any, stands apart."""

    base: str
    pid: int
    var: Path
    worker_pid: int | None = None

    def cpu_seconds(self) -> float:
        """CPU time of the server and its children so far, user and system."""
        ticks = os.sysconf("SC_CLK_TCK")
        return sum(_ticks(pid) for pid in family(self.pid)) / ticks

    def pss_megabytes(self) -> tuple[float, float]:
        """Memory of the server with its children, and of the worker with its own, shared pages shared out."""
        worker = family(self.worker_pid) if self.worker_pid else []
        return sum(map(_pss, family(self.pid))) / 1024, sum(map(_pss, worker)) / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def reference() -> Iterator[Server]:
    """The fixed page: Flask and Jinja, 20 rows, no database."""
    port = free_port()
    with _running(
        [*_granian(port, 2), "app:app"], ROOT / "bench" / "reference", {}, f"http://127.0.0.1:{port}", "/hello"
    ) as pid:
        yield Server(f"http://127.0.0.1:{port}", pid, ROOT)


@contextlib.contextmanager
def synergia(
    var: Path, *, workers: int = 2, database_url: str = "", with_worker: bool = False, page_cache: int = 16
) -> Iterator[Server]:
    """The portal over a database that is there already; clients are told apart by X-Forwarded-For."""
    port = free_port()
    settings = environment(var, port, database_url) | {
        "PORTAL_PROXIES": "1", "PORTAL_WORKERS": str(workers), "PORTAL_PAGE_CACHE": str(page_cache),
    }  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    with contextlib.ExitStack() as stack:
        pid = stack.enter_context(_running([sys.executable, "-m", "portal", "serve"], ROOT, settings, base, "/healthz"))
        worker_pid = None
        if with_worker:
            worker = [sys.executable, "-m", "portal", "worker"]
            worker_pid = stack.enter_context(_running(worker, ROOT, settings, base, "/healthz"))
        yield Server(base, pid, var, worker_pid)


def environment(var: Path, port: int = 8000, database_url: str = "") -> dict[str, str]:
    settings = {"PORTAL_VAR": str(var), "PORTAL_PORT": str(port), "PORTAL_BASE_URL": f"http://127.0.0.1:{port}"}
    return settings | ({"PORTAL_DATABASE_URL": database_url} if database_url else {})


def portal(var: Path, *arguments: str, database_url: str = "") -> str:
    """Run a console command of the portal over a data directory."""
    done = subprocess.run(
        [sys.executable, "-m", "portal", *arguments], cwd=ROOT, check=True, capture_output=True, text=True,
        env=os.environ | environment(var, database_url=database_url),
    )  # fmt: skip
    return done.stdout


@contextlib.contextmanager
def demo_data(database_url: str = "", **sizes: int) -> Iterator[Path]:
    """A data directory with the demo in it, of given sizes, gone afterwards; the database may be elsewhere, and stays."""
    with tempfile.TemporaryDirectory(prefix="synergia-bench-") as directory:
        var = Path(directory)
        portal(var, "db", "upgrade", database_url=database_url)
        asked = [part for name, size in sizes.items() for part in (f"--{name}", str(size))]
        portal(var, "demo", "load", *asked, database_url=database_url)
        yield var


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database on a PostgreSQL of its own, the one that the tests use."""
    server = PostgresServer()
    try:
        yield server.create("bench")
    finally:
        server.remove()


def _granian(port: int, workers: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "8", "--respawn-failed-workers", "--no-ws", "--log-level", "warning",
    ]  # fmt: skip


@contextlib.contextmanager
def _running(command: list[str], cwd: Path, settings: dict[str, str], base: str, probe: str) -> Iterator[int]:
    process = subprocess.Popen(command, cwd=cwd, env=os.environ | settings, start_new_session=True)
    try:
        _wait_for(base + probe, process)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{url}: the server ended with {process.returncode}")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{url}: not ready within {SECONDS_TO_START} s")


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for child in _children(pid):
        found += family(child)
    return found


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        tasks = Path(f"/proc/{pid}/task")
        return [int(c) for task in tasks.iterdir() for c in (task / "children").read_text().split()]
    return []


def _ticks(pid: int) -> int:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0


def _pss(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0

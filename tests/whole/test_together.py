"""`portal run` starts two programs: both run, or neither does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.support import processes

ROOT = Path(__file__).resolve().parents[2]
PATIENT = "import time; open('{name}', 'w').close(); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + PATIENT
CHILD = "import time; open('{name}-child', 'w').close(); time.sleep(60)"
PARENT = f'import subprocess, sys; subprocess.Popen([sys.executable, "-c", "{CHILD}"]); {DEAF}'
SHORT = "import os, time\nwhile not os.path.exists('one'): time.sleep(0.01)\nraise SystemExit({status})"

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """`start(PATIENT, SHORT)` runs these programs together in a process of their own, each with a name."""
    started: list[subprocess.Popen[bytes]] = []

    def run(*programs: str, patience: float = 12) -> subprocess.Popen[bytes]:
        commands = [[sys.executable, "-c", text] for text in programs]
        code = (
            "import pathlib, sys; from portal.commands import together; "
            f"together.PATIENCE = {patience}; sys.exit(together.run_together({commands!r}, pathlib.Path({str(tmp_path)!r})))"
        )
        started.append(processes.start([sys.executable, "-c", code], tmp_path / "log", cwd=ROOT))
        return started[-1]

    yield run
    for process in started:
        processes.stop(process)


def family(process: subprocess.Popen[bytes], tmp_path: Path, *names: str) -> list[psutil.Process]:
    """The programs, as soon as all of these names have said that they run."""
    processes.wait_until(
        lambda: all((tmp_path / name).exists() for name in names), "The programs", log=tmp_path / "log"
    )
    return psutil.Process(process.pid).children(recursive=True)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_who_asks_ends_both_within_seconds(start: Start, tmp_path: Path, by: signal.Signals) -> None:
    process = start(PATIENT.format(name="one"), PATIENT.format(name="two"))
    programs = family(process, tmp_path, "one", "two")
    assert len(programs) == 2
    began = time.monotonic()
    process.send_signal(by)
    assert process.wait(10) == 0
    assert time.monotonic() - began < 5
    assert not any(map(psutil.Process.is_running, programs))


@pytest.mark.parametrize("status", [0, 3])
def test_one_that_ends_by_itself_ends_the_other(start: Start, tmp_path: Path, status: int) -> None:
    process = start(PATIENT.format(name="one"), SHORT.format(status=status))
    assert process.wait(10) == 1
    assert (tmp_path / "one").exists()


def test_one_that_is_killed_ends_the_other(start: Start, tmp_path: Path) -> None:
    process = start(PATIENT.format(name="one"), PATIENT.format(name="two"))
    programs = family(process, tmp_path, "one", "two")
    programs[0].kill()
    assert process.wait(10) == 1
    assert not any(map(psutil.Process.is_running, programs))


def test_one_that_does_not_listen_is_ended_with_its_children(start: Start, tmp_path: Path) -> None:
    process = start(PARENT.format(name="one"), PATIENT.format(name="two"), patience=0.5)
    programs = family(process, tmp_path, "one", "one-child", "two")
    assert len(programs) == 3
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    processes.wait_until(lambda: not any(map(is_alive, programs)), "The end of all")


def is_alive(program: psutil.Process) -> bool:
    return program.is_running() and program.status() != psutil.STATUS_ZOMBIE


def test_what_they_print_is_printed(start: Start, tmp_path: Path) -> None:
    process = start("print('a line of the web server')", PATIENT.format(name="two"))
    process.wait(10)
    assert "a line of the web server" in (tmp_path / "log").read_text(encoding="utf-8")
    assert os.path.getsize(tmp_path / "log") < 100

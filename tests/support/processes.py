"""Child processes that end with the tests, also when the tests are killed."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def free_port() -> int:
    """A port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(
    command: list[str],
    log: Path,
    *,
    environ: Mapping[str, str] | None = None,
    user: str | None = None,
    cwd: Path | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a program that gets `death_signal` when this process ends in whatever way."""

    def follow_parent_to_death() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal))

    identity = {"user": user, "group": user, "extra_groups": []} if user else {}
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(os.environ if environ is None else environ),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=follow_parent_to_death,
            **identity,
        )


def stop(process: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> None:
    """End a process politely, then for certain."""
    if process.poll() is not None:
        return
    process.send_signal(by)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(ready: Callable[[], bool], what: str, *, log: Path | None = None, seconds: float = 30.0) -> None:
    """Wait until something is ready; fails with the end of its log."""
    deadline = time.monotonic() + seconds
    pause = 0.01
    while not ready():
        if time.monotonic() > deadline:
            tail = log.read_text(errors="replace")[-2000:] if log and log.exists() else ""
            raise TimeoutError(f"{what} was not ready after {seconds:.0f} s\n{tail}")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.2)

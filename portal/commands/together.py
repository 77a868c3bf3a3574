"""Several programs that live and die together: when one ends, or somebody asks for it, all end."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

PATIENCE = 12  # seconds from the polite request to the end for certain: the web server finishes its answers in ten
ASKED = (signal.SIGINT, signal.SIGTERM)


def run_together(commands: Sequence[Sequence[str]], cwd: Path) -> int:
    """Run the programs until SIGINT or SIGTERM (0) or until the first of them ends by itself (1). None is left then.

    Each has a session of its own, so Ctrl+C reaches this process only. What they print is printed.
    """
    ear, mouth = socket.socketpair()
    mouth.setblocking(False)
    signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)  # a byte for each signal: none is missed in a race
    for number in (*ASKED, signal.SIGCHLD):
        signal.signal(number, lambda _number, _frame: None)
    programs: list[subprocess.Popen[bytes]] = []
    try:
        programs += (subprocess.Popen(command, cwd=cwd, start_new_session=True) for command in commands)  # noqa: S603
        while all(program.poll() is None for program in programs):
            if set(ear.recv(64)).intersection(ASKED):
                return 0
        return 1
    finally:
        _end(programs)


def _end(programs: Sequence[subprocess.Popen[bytes]]) -> None:
    for program in programs:
        if program.poll() is None:
            program.terminate()
    last = time.monotonic() + PATIENCE
    for program in programs:
        try:
            program.wait(max(0.0, last - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)  # with what it has started
            program.wait()

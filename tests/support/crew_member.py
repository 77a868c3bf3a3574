"""A real worker with probes for jobs and short times: `python -m tests.support.crew_member JSON`, started by `crew.py`.

A probe notes in a file when it begins and ends, by the monotonic clock that all processes of a machine share.
"""

import datetime as dt
import json
import os
import sys
import time
from pathlib import Path
from typing import Any


def set_clock(folder: Path) -> None:
    """The portal's clock is ahead of the true one by the seconds in the file `clock`, from the moment it says so."""
    from portal.ground import clock

    true_now, shift = clock.now, folder / "clock"

    def now() -> dt.datetime:
        return true_now() + dt.timedelta(seconds=float(shift.read_text() or 0) if shift.exists() else 0)

    clock.now = now


class Probe:
    """A job that takes `seconds`, and hangs for as long as there is a file `hang`."""

    def __init__(self, folder: Path, name: str, seconds: float) -> None:
        self.folder, self.name, self.seconds = folder, name, seconds

    def __call__(self) -> int:
        begun = time.monotonic()
        self._note(begun, None)
        while time.monotonic() < begun + self.seconds or (self.folder / "hang").exists():
            time.sleep(0.05)
        self._note(begun, time.monotonic())
        return 1

    def _note(self, begun: float, ended: float | None) -> None:
        line = json.dumps([self.name, os.getpid(), begun, ended]) + "\n"
        with open(self.folder / "runs", "ab", buffering=0) as file:
            file.write(line.encode())


def main(how: dict[str, Any]) -> None:
    folder = Path(how["folder"])
    set_clock(folder)
    from portal import cli, periodic
    from portal.ground.jobs import Periodic, declaring, pulse, worker
    from portal.ground.jobs import queue as jobs_queue

    declaring.MINUTE = dt.timedelta(seconds=how["minute"])
    pulse.BEAT, worker.LOOK, worker.LOST, jobs_queue.AWAY = how["beat"], 0.1, 1e9, 0.5
    probes = [
        Periodic(one["name"], one["minutes"], Probe(folder, one["name"], one["seconds"]), lane=one["lane"],
                 longest=one["longest"])
        for one in how["probes"]
    ]  # fmt: skip
    of_the_portal = periodic.periodic
    periodic.periodic = lambda: [*probes, *(one for one in of_the_portal() if one.name in how["real"])]
    sys.argv = ["portal", "worker"]
    cli.main()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

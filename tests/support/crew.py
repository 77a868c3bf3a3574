"""Several real workers on one database, with probes for jobs, and what became of every run."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.support import processes
from tests.support.servers import ROOT, LivePortal


@dataclass(frozen=True)
class Probe:
    """A job of the crew: every `minutes` (of the crew's own length), and how many seconds it takes."""

    name: str
    minutes: int = 1
    seconds: float = 0.0
    lane: str = "main"
    longest: int = 1000


@dataclass(frozen=True)
class Run:
    """One run of a probe, in seconds of the monotonic clock; `ended` is None when it did not come to its end."""

    job: str
    pid: int
    begun: float
    ended: float | None


@dataclass
class Crew:
    """`minute` and `beat` are seconds. `real` names jobs of the portal that run beside the probes."""

    live: LivePortal
    folder: Path
    probes: Sequence[Probe]
    minute: float = 1.0
    beat: float = 0.5
    real: Sequence[str] = ()
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, number: int = 1) -> "Crew":
        how = json.dumps({
            "folder": str(self.folder), "minute": self.minute, "beat": self.beat, "real": list(self.real),
            "probes": [asdict(probe) for probe in self.probes],
        })  # fmt: skip
        command = [sys.executable, "-m", "tests.support.crew_member", how]
        environ = self.live.environ | {"PYTHONPATH": str(ROOT)}
        for _ in range(number):
            self.workers.append(processes.start(command, self.live.log, environ=environ, cwd=ROOT))
        return self

    def stop(self) -> None:
        for worker in self.workers:
            worker.terminate()
        for worker in self.workers:
            processes.stop(worker)

    def kill(self, pid: int) -> None:
        """kill -9: the process ends in the middle of whatever it does."""
        worker = next(one for one in self.workers if one.pid == pid)
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def set_clock(self, seconds: float) -> None:
        """From now on the clock of all workers is so many seconds ahead of the true one."""
        new = self.folder / "clock.new"
        new.write_text(str(seconds))
        new.rename(self.folder / "clock")

    def hang(self, hangs: bool) -> None:
        """From now on probes do not come to their end, or they do again."""
        mark = self.folder / "hang"
        mark.touch() if hangs else mark.unlink()

    def runs(self, job: str | None = None) -> list[Run]:
        """What has run so far, in the order of its beginning."""
        path = self.folder / "runs"
        found: dict[tuple[str, int, float], Run] = {}
        for line in path.read_text().splitlines() if path.exists() else ():
            run = Run(*json.loads(line))
            found[run.job, run.pid, run.begun] = run
        return sorted((one for one in found.values() if job in (None, one.job)), key=lambda one: one.begun)

    def wait_for(self, number: int, job: str | None = None, *, seconds: float = 120) -> list[Run]:
        """Wait until so many runs came to their end; returns these."""

        def ended() -> list[Run]:
            return [run for run in self.runs(job) if run.ended is not None]

        what = f"{number} runs of {job or 'all jobs'}"
        processes.wait_until(lambda: len(ended()) >= number, what, log=self.live.log, seconds=seconds)
        return ended()

    def wait_for_more(self, number: int, job: str | None = None) -> list[Run]:
        """The same, of runs that begin from now on."""
        before = len(self.runs(job))
        return self.wait_for(before + number, job)[before:]

    def overlaps(self) -> list[tuple[Run, Run]]:
        """Runs of one job of which the second began before the first had ended."""
        found = []
        for job in {run.job for run in self.runs()}:
            complete = [run for run in self.runs(job) if run.ended is not None]
            found += [(one, two) for one, two in pairwise(complete) if two.begun < (one.ended or 0)]
        return found

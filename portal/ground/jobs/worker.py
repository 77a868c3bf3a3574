"""A worker: a thread for each lane, one for its heartbeat and one that hears the queue. None waits for another.

It finds by itself what is due; the queue only calls it sooner. When it cannot keep a promise (a job hangs, or the others
must take it for dead) it starts anew in its place: the one way to stop a thread.
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import NoReturn

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portal.ground import clock
from portal.ground.config import CONFIG
from portal.ground.db import transaction
from portal.ground.errors import Busy
from portal.ground.jobs import declaring, pulse
from portal.ground.jobs.declaring import Periodic
from portal.ground.jobs.pulse import Pulse
from portal.ground.jobs.queue import listen
from portal.ground.jobs.running import finish, perform
from portal.ground.jobs.table import ask_for, claim, enter, known, take_back

log = logging.getLogger(__name__)

LOOK = 5.0  # seconds between two looks at what is due
PATIENCE = 8.0  # seconds for what runs when the end is asked for
TICK = 0.2  # seconds
LOST = 300.0  # seconds without a heartbeat until a worker without a job starts anew, too: its connections may hang


@dataclass(frozen=True, slots=True)
class Running:
    """A job that runs, and since when (of time.monotonic)."""

    job: Periodic
    begun: float

    @property
    def hangs(self) -> bool:
        return time.monotonic() - self.begun > self.job.longest * declaring.MINUTE.total_seconds()


class Worker:
    """Does the jobs of an application until SIGTERM or SIGINT."""

    def __init__(self, app: Flask, jobs: Sequence[Periodic]) -> None:
        self._app = app
        self._pulse = Pulse(pulse.new_name())
        self._lanes = {lane: [job for job in jobs if job.lane == lane] for lane in {job.lane: None for job in jobs}}
        self._lane_of = {job.name: job.lane for job in jobs}
        self._calls = {lane: threading.Event() for lane in self._lanes}
        self._running: dict[str, Running] = {}  # by lane
        self._over = threading.Event()
        self._is_asked_to_end = False

    def run(self) -> None:
        """Work until somebody asks for the end; then what runs may come to its end, for some seconds."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_to_end)
        works = {"heartbeat": self._beat, "queue": self._listen}
        works |= {f"lane {lane}": partial(self._work, lane) for lane in self._lanes}
        threads = [threading.Thread(target=work, name=name, daemon=True) for name, work in works.items()]
        for thread in threads:
            thread.start()
        while not self._is_asked_to_end:
            time.sleep(TICK)
            if reason := self._broken_promise() or _dead(threads):
                _start_anew(reason)
        self._end(threads)

    def _ask_to_end(self, _number: int, _frame: FrameType | None) -> None:
        self._is_asked_to_end = True  # no lock is taken here: a signal comes in the middle of anything

    def _end(self, threads: Sequence[threading.Thread]) -> None:
        self._over.set()
        for call in self._calls.values():
            call.set()
        last = time.monotonic() + PATIENCE
        for thread in threads:
            thread.join(max(0.0, last - time.monotonic()))
        if any(thread.is_alive() for thread in threads):
            log.warning("the worker ends before its jobs: they are done again", extra={"error": self._names()})
            logging.shutdown()
            os._exit(0)
        self._safely("leaving", self._pulse.end)

    def _names(self) -> str:
        return ", ".join(running.job.name for running in tuple(self._running.values()))

    def _broken_promise(self) -> str | None:
        """Why this process must end, if it must. On SQLite nobody is cut off: whoever takes over writes the same file."""
        if hanging := [one.job.name for one in tuple(self._running.values()) if one.hangs]:
            return f"hangs: {', '.join(hanging)}"
        if self._pulse.is_buried:
            return "others took this worker for dead"
        if not CONFIG.of(self._app).is_sqlite and self._pulse.quiet_for > (self._patience if self._running else LOST):
            return "the database does not hear this worker"
        return None

    @property
    def _patience(self) -> float:
        return pulse.CUT_OFF * pulse.BEAT

    # --- threads -------------------------------------------------------------------------------------------------

    def _safely(self, what: str, work: Callable[[], object]) -> object:
        """What the work returns; None when it could not be done. A database that is away is no news for a traceback."""
        with self._app.app_context():
            try:
                return work()
            except Exception as error:
                is_away = isinstance(error, SQLAlchemyError | Busy)
                log.warning("not done: %s", what, exc_info=not is_away, extra={"error": type(error).__name__})
                return None

    def _beat(self) -> None:
        over = False
        while not over:
            self._safely("heartbeat", self._pulse.beat)
            over = self._over.wait(pulse.BEAT)

    def _listen(self) -> None:
        listen(self._app, self._hear, self._over.wait)

    def _hear(self, name: str) -> None:
        """Somebody wants this job sooner."""
        self._safely(f"wish for {name}", partial(ask_for, name))
        if lane := self._lane_of.get(name):
            self._calls[lane].set()

    def _work(self, lane: str) -> None:
        while not self._over.is_set():
            self._calls[lane].clear()
            if not self._safely(f"lane {lane}", partial(self._did_one, lane)):
                self._calls[lane].wait(LOOK)

    def _did_one(self, lane: str) -> bool:
        """Do the job of this lane that has been due longest; False when there is none for this worker."""
        jobs = self._lanes[lane]
        rows = known(job.name for job in jobs)
        if missing := [job.name for job in jobs if job.name not in rows]:
            enter(missing)
            return True
        if mine := [row.name for row in rows.values() if row.worker == self._pulse.name]:
            self._drop(mine)
            return True
        now = clock.now()
        due = [job for job in jobs if rows[job.name].worker is None and job.is_due(rows[job.name].due_at, now)]
        return any(self._did(lane, job) for job in sorted(due, key=lambda job: rows[job.name].due_at))

    def _drop(self, names: Sequence[str]) -> None:
        """Free what a lost answer of the database left with this worker, which does nothing of this lane now."""
        with transaction():
            take_back([self._pulse.name], names)

    def _did(self, lane: str, job: Periodic) -> bool:
        """Was it this worker that did the job? Whom the others may not hear takes none."""
        is_heard = self._pulse.beats and not self._pulse.is_buried and self._pulse.quiet_for < self._patience
        if not is_heard or not claim(job, self._pulse.name):
            return False
        self._running[lane] = Running(job, time.monotonic())
        try:
            ran = perform(job)
        finally:
            del self._running[lane]
        finish(job, self._pulse.name, ran)
        return True


def _dead(threads: Sequence[threading.Thread]) -> str | None:
    names = [thread.name for thread in threads if not thread.is_alive()]
    return f"ended by itself: {', '.join(names)}" if names else None


def _start_anew(reason: str) -> NoReturn:
    """The same program in the same process, without any of its threads and connections."""
    log.error("the worker starts anew: %s", reason)
    logging.shutdown()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606

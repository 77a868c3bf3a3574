"""Who lives: each worker counts in a row of its own, and sees whether the others go on counting.

No clock decides. A worker is silent when its count stands still while another one has counted on SILENT times; where the
database takes no writes, nobody counts and nobody is silent. The times in the rows are for those who watch the portal.
"""

import datetime as dt
import logging
import os
import secrets
import socket
import time

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.jobs.table import Heartbeat, Job, take_back
from portal.ground.statements import changed_rows

log = logging.getLogger(__name__)

BEAT = 10.0  # seconds
SILENT = 6  # beats of the one who listens
CUT_OFF = 4  # beats that one could not make: before others take over, after SILENT
STALE = dt.timedelta(minutes=3)  # for `/readyz`
CONSOLE = "console"  # how the names of those begin who run a job from the console: they are no workers


def new_name(kind: str = "worker") -> str:
    """A name that nobody had before: also a worker that starts anew is another one."""
    return f"{kind} {socket.gethostname()[:15]} {os.getpid()} {secrets.token_hex(4)}"


def lives() -> bool:
    """Does a worker live? One of many is enough."""
    now = clock.machine_now()
    near = Heartbeat.at.between(now - STALE, now + STALE)  # ahead: the clock was set back
    worker = ~Heartbeat.name.startswith(CONSOLE, autoescape=True)
    return db.session.scalar(sa.select(Heartbeat.name).where(near, worker).limit(1)) is not None


class Pulse:
    """The pulse of one worker, and what it hears of the others. `is_buried`: others took it for dead."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.beats = 0
        self.is_buried = False
        self._last = time.monotonic()
        self._heard: dict[str, tuple[int | None, int]] = {}  # of others: their count, and mine when it last moved

    @property
    def quiet_for(self) -> float:
        """Seconds since its last beat."""
        return time.monotonic() - self._last

    def beat(self) -> None:
        """Count on; whoever has been silent for too long loses its claims and its row."""
        began = time.monotonic()
        with transaction() as session:
            if not self._counted_on():
                self.is_buried = True
                return
            counts = {row.name: row.beats for row in session.execute(sa.select(Heartbeat.name, Heartbeat.beats))}
            claimants = session.scalars(sa.select(Job.worker).where(Job.worker.is_not(None)).distinct())
            everybody: dict[str, int | None] = {**dict.fromkeys(filter(None, claimants)), **counts}
            everybody.pop(self.name)
            if silent := self._silent(everybody):
                take_back(silent)
                session.execute(sa.delete(Heartbeat).where(Heartbeat.name.in_(silent)))
        self.beats += 1
        self._last = began

    def _counted_on(self) -> bool:
        if self.beats == 0:
            db.session.merge(Heartbeat(name=self.name, at=clock.machine_now(), beats=1))
            return True
        mine = sa.update(Heartbeat).where(Heartbeat.name == self.name)
        return changed_rows(db.session, mine.values(at=clock.machine_now(), beats=self.beats + 1)) == 1

    def _silent(self, everybody: dict[str, int | None]) -> list[str]:
        """Of these, whose count has not moved while this one has counted SILENT times."""
        for name, count in everybody.items():
            if name not in self._heard or self._heard[name][0] != count:
                self._heard[name] = count, self.beats
        self._heard = {name: heard for name, heard in self._heard.items() if name in everybody}
        return [name for name, (_count, mine) in self._heard.items() if self.beats - mine >= SILENT]

    def end(self) -> None:
        """Leave: nobody needs to wait for the silence."""
        with transaction() as session:
            session.execute(sa.delete(Heartbeat).where(Heartbeat.name == self.name))

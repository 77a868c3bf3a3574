"""One run of a job, under its claim."""

import _thread
import logging
import threading
import time
from dataclasses import asdict, dataclass

from flask import Flask

from portal.ground.batches import note, noted
from portal.ground.db import db, transaction
from portal.ground.jobs import pulse
from portal.ground.jobs.declaring import Periodic
from portal.ground.jobs.pulse import Pulse
from portal.ground.jobs.table import Ending, claim, end, enter, take_back

log = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds between two looks at a job that somebody else is doing


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run: how much was done, how much of it failed, and the first error."""

    outcome: Ending
    done: int
    failed: int
    milliseconds: int
    error: str | None


def perform(job: Periodic) -> Ran:
    """Do it, in the application's context; whatever goes wrong is logged and counted."""
    begun = time.monotonic()
    done: object = 0
    with noted() as failures:
        try:
            done = job.run()
        except Exception as error:
            db.session.rollback()
            note(error)
            log.exception("%s failed", job.name)
    spent = round((time.monotonic() - begun) * 1000)
    outcome = Ending.FAILED if failures.number else Ending.DONE
    return Ran(outcome, int(done) if isinstance(done, int) else 0, failures.number, spent, failures.first or None)


def finish(job: Periodic, worker: str, ran: Ran) -> None:
    """Write down what came of it and free the job."""
    end(job.name, worker, asdict(ran))


def run_now(app: Flask, job: Periodic) -> Ran:
    """Run a job in this process. One that is running is waited for first, so what comes of it is newer than the question.

    Whoever has it and is silent loses it, as among workers.
    """
    me = Pulse(pulse.new_name(pulse.CONSOLE))
    me.beat()
    over = threading.Event()
    beating = threading.Thread(target=_beat_on, args=(app, me, over), daemon=True)
    beating.start()
    try:
        enter([job.name])
        while not claim(job, me.name, is_asked=True):
            time.sleep(PATIENCE)
        ran = perform(job)
        finish(job, me.name, ran)
    finally:
        over.set()
        beating.join()
        with transaction():
            take_back([me.name])  # nothing, unless it was stopped in the middle
        me.end()
    return ran


def _beat_on(app: Flask, me: Pulse, over: threading.Event) -> None:
    while not over.wait(pulse.BEAT):
        with app.app_context():
            try:
                me.beat()
            except Exception:
                log.exception("no heartbeat")
        if me.is_buried:  # this process was asleep, and somebody else may be doing the job by now
            _thread.interrupt_main()

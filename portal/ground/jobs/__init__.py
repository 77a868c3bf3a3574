"""Background work: a table says what is due, any number of workers do it, and a queue only wakes them.

A job runs in one worker at a time, under a claim that lasts for as long as that worker says that it lives. Jobs of one lane
follow each other; lanes never wait for one another. See docs/decisions/0028-who-lives-is-told-by-counting.md.
"""

from portal.ground.jobs.declaring import MAIN, Periodic
from portal.ground.jobs.pulse import Pulse, lives
from portal.ground.jobs.queue import QUEUE, huey, init_jobs, wake
from portal.ground.jobs.running import Ran, run_now
from portal.ground.jobs.table import Ending, Heartbeat, Job, known
from portal.ground.jobs.worker import Worker

__all__ = [
    "MAIN",
    "QUEUE",
    "Ending",
    "Heartbeat",
    "Job",
    "Periodic",
    "Pulse",
    "Ran",
    "Worker",
    "huey",
    "init_jobs",
    "known",
    "lives",
    "run_now",
    "wake",
]

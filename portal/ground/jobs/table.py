"""The table of what is due, and who does it.

A claim names a worker and no time: whether that worker still lives is seen by its pulse, so a clock that is set forward or
back neither frees a claim nor keeps one.
"""

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime, db, transaction
from portal.ground.jobs.declaring import Periodic
from portal.ground.statements import changed_rows, engine_name, insert_into

log = logging.getLogger(__name__)

NAME = 40  # characters of the name of a worker


class Heartbeat(Model):
    """A worker that lives: how often it has said so, and when last, by the clock of the machine."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(sa.String(NAME), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    beats: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = UNSEEN


class Ending(StrEnum):
    """How a run ended. `lost`: its worker died or hung, and another one does it again."""

    DONE = "done"
    FAILED = "failed"
    LOST = "lost"


class Job(Model):
    """A piece of periodic work: when it is due, who does it now, and how it went the last time."""

    __tablename__ = "periodic_job"
    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    due_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    worker: Mapped[str | None] = mapped_column(sa.String(NAME))  # of the run that is going on
    begun_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # Of the last run that ended:
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(sa.String(10))
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    milliseconds: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(sa.String(200))

    __table_args__ = (sa.CheckConstraint("outcome IN ('done', 'failed', 'lost')", name="outcome"), UNSEEN)


def known(names: Iterable[str]) -> Mapping[str, Job]:
    """The rows of these jobs; one that no worker has met yet has none."""
    return {job.name: job for job in db.session.scalars(sa.select(Job).where(Job.name.in_(names)))}


def enter(names: Collection[str]) -> None:
    """Give jobs their rows: they are due at once."""
    with transaction() as session:
        statement = insert_into(Job, engine_name()).on_conflict_do_nothing(index_elements=["name"])
        for name in names:
            session.execute(statement, {"name": name, "due_at": clock.now(), "done": 0, "failed": 0, "milliseconds": 0})


def claim(job: Periodic, worker: str, *, is_asked: bool = False) -> bool:
    """Take a job that is due, or one that somebody `is_asked` for now. False where another one has taken it.

    Its next time is set now and not at the end: who wakes it meanwhile is heard.
    """
    now = clock.now()
    following = job.next_due(now)
    due = sa.or_(Job.due_at <= now, Job.due_at > following)
    free = (Job.name == job.name, Job.worker.is_(None), sa.true() if is_asked else due)
    with transaction() as session:
        taken = sa.update(Job).where(*free).values(worker=worker, begun_at=now, due_at=following)
        return changed_rows(session, taken) == 1


def end(name: str, worker: str, values: Mapping[str, object]) -> None:
    """Say how a run ended and free the job. Changes nothing where the claim went to somebody else meanwhile."""
    mine = sa.update(Job).where(Job.name == name, Job.worker == worker)
    with transaction() as session:
        session.execute(mine.values(worker=None, ended_at=clock.now(), **values))


def ask_for(name: str) -> None:
    """Make a job due now; one that is running is done once more."""
    now = clock.now()
    with transaction() as session:
        session.execute(sa.update(Job).where(Job.name == name, Job.due_at > now).values(due_at=now))


def take_back(workers: Collection[str], names: Collection[str] | None = None) -> None:
    """Free what workers had claimed that will not come to its end: it is due again (inside a transaction)."""
    lost = [Job.worker.in_(workers), *([] if names is None else [Job.name.in_(names)])]
    for name in db.session.scalars(sa.select(Job.name).where(*lost)):
        log.error("%s did not come to its end and is done again", name)
    now = clock.now()
    how = {"ended_at": now, "outcome": Ending.LOST, "error": "Nobody heard of its end."}
    db.session.execute(sa.update(Job).where(*lost).values(worker=None, due_at=now, **how))

"""Background work: Huey carries it, the database knows what is to be done.

Huey may lose a job when its process is killed, so a job only wakes: what is due stands in tables, and a periodic sweep
finds it again. Exactly one worker runs the periodic jobs (`portal worker`), others `portal worker --no-periodic`.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.appvar import AppVar
from portal.ground.config import CONFIG, Config
from portal.ground.db import UNSEEN, Model, UtcDateTime, db, transaction

if TYPE_CHECKING:  # Huey brings all its storages along: it is imported where it is used
    from huey import Huey
    from redis import ConnectionPool

log = logging.getLogger(__name__)

WAKE_DELAY = 1  # seconds
QUEUE_WAIT = 2  # seconds for an answer of the queue: longer than the one second that its readers wait for work
HEARTBEAT_STALE = dt.timedelta(minutes=3)


class Heartbeat(Model):
    """When a worker last said that it lives."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = UNSEEN


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that runs every `minutes`, in the application's context."""

    name: str
    minutes: int
    run: Callable[[], object]


def make_huey(config: Config) -> "Huey":
    """The queue: in Redis or PostgreSQL when they are configured, else in a SQLite file of its own."""
    from huey import PostgresHuey, RedisHuey, SqliteHuey

    if config.redis_url:
        return RedisHuey("synergia", connection_pool=_redis_pool(config.redis_url), immediate=False)
    if not config.is_sqlite:
        dsn = config.database_url.replace("postgresql+psycopg://", "postgresql://")
        return PostgresHuey("synergia", dsn=dsn, connect_timeout=QUEUE_WAIT, immediate=False)
    return SqliteHuey("synergia", filename=str(config.var / "jobs.db"), immediate=False, fsync=False)


def _redis_pool(url: str) -> "ConnectionPool":
    """Connections that give up: a Redis that hangs must not hold the request that wakes the worker."""
    from redis import ConnectionPool

    return ConnectionPool.from_url(url, socket_timeout=QUEUE_WAIT, socket_connect_timeout=1)


class Task(Protocol):
    """What Huey makes of a function: it can be put into the queue."""

    def schedule(self, args: tuple[str, ...], delay: int) -> object: ...


@dataclass
class Queue:
    """The queue of an application and the jobs that can be woken by name. It is opened when it is first needed."""

    wakers: Mapping[str, Callable[[], object]]
    woken: dict[str, float] = field(default_factory=dict)
    opened: "tuple[Huey, Task] | None" = None


QUEUE: AppVar[Queue] = AppVar("queue")


def init_jobs(app: Flask, *, wakers: Mapping[str, Callable[[], object]]) -> None:
    """`wakers` are the jobs that can be woken by name."""
    QUEUE.set(app, Queue(wakers))


def huey(app: Flask) -> "Huey":
    """The queue of the application."""
    return _opened(app)[0]


def _opened(app: Flask) -> "tuple[Huey, Task]":
    """The queue, with its one task: run a waker."""
    queue = QUEUE.of(app)
    if queue.opened is None:
        made = make_huey(CONFIG.of(app))

        def run_waker(name: str) -> None:
            with app.app_context():
                queue.wakers[name]()

        queue.opened = made, made.task(name="wake")(run_waker)
    return queue.opened


def wake(name: str) -> None:
    """Ask the worker to run a waker within two seconds; one pending request of a process serves all its use-cases."""
    woken = QUEUE.get().woken
    moment = time.monotonic()
    if moment < woken.get(name, 0.0):
        return
    woken[name] = moment + WAKE_DELAY
    try:
        _enqueue(name)
    except Exception:
        log.exception("the queue is away; the sweep of the worker will find the work")


def _enqueue(name: str) -> None:
    """Put the wish into the queue; once more when PostgreSQL had cut the connection since the last time."""
    waker = _opened(current_app._get_current_object())[1]  # type: ignore[attr-defined]
    try:
        waker.schedule(args=(name,), delay=WAKE_DELAY)
    except Exception as error:
        from psycopg import OperationalError  # 9 MB that a portal on SQLite does without

        if not isinstance(error, OperationalError):
            raise
        waker.schedule(args=(name,), delay=WAKE_DELAY)


def beat(name: str = "worker") -> None:
    """Say that the worker lives."""
    with transaction() as session:
        session.merge(Heartbeat(name=name, at=clock.now()))


def schedule(app: Flask, jobs: list[Periodic]) -> None:
    """Give Huey the periodic jobs (only in the worker that runs them)."""
    queue = huey(app)
    for job in jobs:
        queue.periodic_task(_every(job.minutes), name=job.name)(_in_context(app, job))


def run_at_start(jobs: list[Periodic]) -> None:
    """Do every periodic job once, in the application's context; one that fails has its next turn like any other time."""
    for job in jobs:
        try:
            job.run()
        except Exception:
            db.session.rollback()
            log.exception("%s failed at the start of the worker", job.name)


def _every(minutes: int) -> Callable[[dt.datetime], bool]:
    """When a job runs: whole parts of an hour, whole hours (at seven past), or once a day (at 3:07 UTC)."""
    from huey import crontab

    if minutes < 60:
        return crontab(minute=f"*/{minutes}") if minutes > 1 else crontab()
    return crontab(minute="7", hour="3" if minutes >= 24 * 60 else f"*/{minutes // 60}")


def _in_context(app: Flask, job: Periodic) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            job.run()

    return run

"""The queue: Huey carries the wish to do a job sooner than it is due. What it loses is found a minute later."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from flask import Flask, current_app

from portal.ground.appvar import AppVar
from portal.ground.config import CONFIG, Config

if TYPE_CHECKING:  # Huey brings all its storages along: it is imported where it is used
    from huey import Huey
    from redis import ConnectionPool

log = logging.getLogger(__name__)

WAKE_DELAY = 1  # seconds
QUEUE_WAIT = 2  # seconds for an answer of the queue: longer than the one second that its readers wait for work
LOOK = 0.25  # seconds between two looks into a queue that cannot call
AWAY = 5  # seconds until a queue that is away is asked again


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
    """The queue of an application, opened when it is first needed. `heard` is what its worker does with a wish."""

    heard: Callable[[str], None] = lambda name: None
    woken: dict[str, float] = field(default_factory=dict)
    opened: "tuple[Huey, Task] | None" = None


QUEUE: AppVar[Queue] = AppVar("queue")


def init_jobs(app: Flask) -> None:
    QUEUE.set(app, Queue())


def huey(app: Flask) -> "Huey":
    """The queue of the application."""
    return _opened(app)[0]


def _opened(app: Flask) -> "tuple[Huey, Task]":
    """The queue, with its one task: tell the worker the name of a job."""
    queue = QUEUE.of(app)
    if queue.opened is None:
        made = make_huey(CONFIG.of(app))

        def tell(name: str) -> None:
            queue.heard(name)

        queue.opened = made, made.task(name="wake")(tell)
    return queue.opened


def wake(name: str) -> None:
    """Ask for a job of this name within two seconds; one pending request of a process serves all its use-cases."""
    woken = QUEUE.get().woken
    moment = time.monotonic()
    if moment < woken.get(name, 0.0):
        return
    woken[name] = moment + WAKE_DELAY
    try:
        _enqueue(name)
    except Exception as error:
        log.warning("the queue is away: %s waits for its time", name, extra={"error": type(error).__name__})


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


def listen(app: Flask, heard: Callable[[str], None], wait: Callable[[float], bool]) -> None:
    """Hear wishes until `wait(seconds)` says that it is over. A queue that is away is told once, and asked again."""
    QUEUE.of(app).heard = heard
    is_away = over = False
    while not over:
        try:
            pause = 0.0 if _heard_one(app) else LOOK
            if is_away:
                log.warning("the queue is back")
            is_away = False
        except Exception as error:
            if not is_away:
                log.warning("the queue is away: jobs wait for their time", extra={"error": type(error).__name__})
            is_away, pause = True, AWAY
        over = wait(pause)


def _heard_one(app: Flask) -> bool:
    """Take the next wish, if there is one; a queue that can call waits a second for it."""
    queue = huey(app)
    for due in queue.read_schedule():
        queue.enqueue(due)
    task = queue.dequeue()
    if task is not None:
        queue.execute(task)
    return task is not None

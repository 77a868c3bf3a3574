"""What the portal uses of Huey, which has no types of its own: see portal/ground/jobs.py."""

import datetime as dt
from collections.abc import Callable

from huey.api import TaskWrapper
from huey.consumer import Consumer
from redis import ConnectionPool

class Huey:
    def task(self, *, name: str) -> Callable[[Callable[[str], object]], TaskWrapper]: ...
    def periodic_task(
        self, validate_datetime: Callable[[dt.datetime], bool], *, name: str
    ) -> Callable[[Callable[[], object]], object]: ...
    def create_consumer(
        self,
        *,
        workers: int,
        periodic: bool,
        initial_delay: float,
        backoff: float,
        max_delay: float,
        check_worker_health: bool,
    ) -> Consumer: ...

class RedisHuey(Huey):
    def __init__(self, name: str, *, connection_pool: ConnectionPool, immediate: bool) -> None: ...

class PostgresHuey(Huey):
    def __init__(self, name: str, *, dsn: str, connect_timeout: int, immediate: bool) -> None: ...

class SqliteHuey(Huey):
    def __init__(self, name: str, *, filename: str, immediate: bool, fsync: bool) -> None: ...

def crontab(minute: str = ..., hour: str = ...) -> Callable[[dt.datetime], bool]: ...

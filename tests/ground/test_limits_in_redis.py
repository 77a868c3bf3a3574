"""Limits that Redis counts: by all processes together, and by the database as long as Redis is away."""

import dataclasses
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.ground import clock, limits
from portal.ground.config import CONFIG, Config
from portal.ground.errors import TooMany
from tests.fixtures.pages import BEGINNING
from tests.support.client import CheckedClient
from tests.support.servers import RedisServer

HOUSEHOLD = "2001:db8:1:2"
Tries = list[tuple[str | None, str | None]]  # (address, IP)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of this test alone, because it is going to die."""
    server = RedisServer(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def counted(app: Flask, redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with its limits and its queue in Redis."""
    config = dataclasses.replace(CONFIG.of(app), redis_url=redis.url)
    for name, value in {"config": config, "huey": None, "waker": None, "woken": {}}.items():
        monkeypatch.setitem(app.extensions, f"portal.{name}", value)
    return app


def let_through(settings: dict[str, str], name: str, tries: Tries) -> int:
    """How many tries a process of its own lets through."""
    app = create_app(Config.from_environment(settings))
    through = 0
    with app.app_context(), clock.frozen(BEGINNING):
        for address, ip in tries:
            try:
                limits.check(name, address=address, ip=ip)
                through += 1
            except TooMany:
                continue
    return through


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    """Two processes that share nothing with this one but Redis."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize(
    ("name", "tries", "most"),
    [
        ("sign-in", [("a@example.org", None)] * 10, 10),
        ("sign-in", [(None, f"{HOUSEHOLD}:{number:x}::1") for number in range(80)], 100),
        ("mail", [("a@example.org", None)] * 5, 5),
        ("mail", [(None, "192.0.2.7")] * 400, 600),
    ],
    ids=["sign-in, address", "sign-in, household", "mail, address", "mail, client"],
)
def test_two_processes_share_one_limit(
    redis: RedisServer, processes: ProcessPoolExecutor, tmp_path: Path, name: str, tries: Tries, most: int
) -> None:
    settings = {"PORTAL_VAR": str(tmp_path), "PORTAL_REDIS_URL": redis.url}
    running = [processes.submit(let_through, settings, name, tries) for _ in range(2)]
    assert sum(one.result() for one in running) == most


def answers(send: Callable[[], int], times: int) -> dict[int, int]:
    return dict(Counter(send() for _ in range(times)))


def test_redis_dying_opens_no_gate_and_breaks_no_form(
    counted: Flask, redis: RedisServer, client: CheckedClient
) -> None:
    """The database begins to count; Redis, when it is back and empty, begins again."""

    def ask() -> int:
        return client.submit("/pl/account/password/forgotten", {"email": "wanda@example.org"}).status_code

    with clock.frozen(BEGINNING):
        assert answers(ask, 4) == {303: 4}
        redis.stop()
        assert answers(ask, 7) == {303: 5, 429: 2}
        redis.start()
        assert answers(ask, 6) == {303: 5, 429: 1}


def test_a_redis_that_hangs_holds_no_request(counted: Flask, redis: RedisServer, client: CheckedClient) -> None:
    """Neither where it counts nor where it wakes the worker."""
    os.kill(redis.process.pid, signal.SIGSTOP)
    try:
        sent = client.submit("/bg/account/password/forgotten", {"email": "wanda@example.org"})
        assert sent.status_code == 303
    finally:
        os.kill(redis.process.pid, signal.SIGCONT)

"""Pages are fresh on every node in the very next request, whoever wrote; Redis may be there, hang or go."""

import concurrent.futures
import http.client
import itertools
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis

from portal.ground.db import transaction
from portal.organisations.models import Organisation
from portal.words.i18n import Localized
from tests.factories.organisations import make_organisation
from tests.fixtures.live import MakeLive
from tests.support.databases import inside
from tests.support.servers import LivePortal, RedisServer

READERS = 6


def page(live: LivePortal, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": live.base_url.removeprefix("http://")})
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def rename(number: int, name: str) -> None:
    with transaction() as session:
        session.get_one(Organisation, number).name = Localized.of("pl", name)


@pytest.fixture
def two_nodes(make_live: MakeLive, tmp_path: Path) -> Callable[..., tuple[LivePortal, LivePortal]]:
    """Two portals on one database, each with processes, memory and a directory of its own."""

    def made(engine: str, **settings: str) -> tuple[LivePortal, LivePortal]:
        first = make_live(engine, workers=2, **settings)
        url = first.environ.get("PORTAL_DATABASE_URL") or f"sqlite:///{first.environ['PORTAL_VAR']}/synergia.db"
        second = make_live(workers=1, database_url=url, **settings)
        return first.start(worker=False), second.start(worker=False)

    return made


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_next_request_on_every_node_shows_what_was_written(
    two_nodes: Callable[..., tuple[LivePortal, LivePortal]], engine: str
) -> None:
    nodes = two_nodes(engine)
    with inside(nodes[0]):
        organisation = make_organisation(name="Lipa 0")
        number, path = organisation.id, f"/pl/organisations/{organisation.slug}"
        with concurrent.futures.ThreadPoolExecutor(READERS) as pool:
            for name in (f"Lipa {count}" for count in range(1, 30)):
                rename(number, name)
                pages = pool.map(page, itertools.islice(itertools.cycle(nodes), READERS), [path] * READERS)
                assert all(f"<h1>{name}</h1>" in one or f">{name}<" in one for one in pages), name


def test_page_of_one_node_serves_another_until_redis_hangs(
    two_nodes: Callable[..., tuple[LivePortal, LivePortal]], redis_server: RedisServer
) -> None:
    nodes = two_nodes("sqlite", redis_url=redis_server.url)
    with inside(nodes[0]):
        organisation = make_organisation(name="Lipa 0")
        number, path = organisation.id, f"/pl/organisations/{organisation.slug}"
        for name in ("Lipa 1", "Lipa 2"):
            rename(number, name)
            assert all(f">{name}<" in page(node, path) for node in nodes)
        assert any(key.startswith(b"page:") for key in _keys(redis_server))
        os.kill(redis_server.process.pid, signal.SIGSTOP)
        try:
            for name in ("Lipa 3", "Lipa 4"):
                rename(number, name)
                assert all(f">{name}<" in page(node, path) for node in nodes)
        finally:
            os.kill(redis_server.process.pid, signal.SIGCONT)


def _keys(server: RedisServer) -> list[bytes]:
    return list(Redis.from_url(server.url).scan_iter())

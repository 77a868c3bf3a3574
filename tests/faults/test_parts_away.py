"""What happens when a part of the machine is away: a clear page with a time, nothing lost, and everything back by itself."""

import os
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.fixtures.live import MakeLive
from tests.support.postgresql import PostgresServer
from tests.support.processes import wait_until
from tests.support.servers import LivePortal


def status(url: str) -> int:
    """The HTTP status of a GET; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=15) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def failure(url: str) -> tuple[int, str, str]:
    """Status, Retry-After and text of an answer that is an error."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(url, timeout=15)
    return caught.value.code, caught.value.headers.get("Retry-After", ""), caught.value.read().decode()


@pytest.mark.postgresql
def test_database_away_is_503_with_a_time_and_comes_back(own_server: PostgresServer, tmp_path: Path) -> None:
    portal = LivePortal(tmp_path, workers=1, database_url=own_server.create("away"))
    portal.run("db", "upgrade")
    portal.start(worker=False)
    try:
        assert status(f"{portal.base_url}/pl/organisations") == 200
        own_server.stop()
        code, retry_after, text = failure(f"{portal.base_url}/bg/organisations")
        assert (code, retry_after) == (503, "60")
        assert "Порталът временно не е достъпен" in text
        assert status(f"{portal.base_url}/healthz") == 200
        assert failure(f"{portal.base_url}/readyz")[0] == 503
        own_server.start()
        wait_until(lambda: status(f"{portal.base_url}/pl/organisations") == 200, "The portal", log=portal.log)
    finally:
        portal.stop()


def test_killed_web_process_is_replaced(make_live: MakeLive) -> None:
    portal = make_live(workers=2).start(worker=False)
    for child in _children_of(portal):
        os.kill(child, signal.SIGKILL)
    wait_until(lambda: status(f"{portal.base_url}/en/") == 200, "A new web process", log=portal.log)


def _children_of(portal: LivePortal) -> list[int]:
    """The web processes below granian's own."""
    web = portal.web_pid
    found = [int(pid) for pid in Path(f"/proc/{web}/task/{web}/children").read_text().split()]
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in found}
    return [pid for pid, command in commands.items() if b"resource_tracker" not in command]


def test_slow_uploads_do_not_stop_the_public_pages(make_live: MakeLive) -> None:
    """Ten clients send 1 MB at 10 kB a second to two processes of eight threads; pages still answer."""
    portal = make_live(workers=2).start(worker=False)
    enough = threading.Event()
    senders = [threading.Thread(target=_upload_slowly, args=(portal.port, enough)) for _ in range(10)]
    for sender in senders:
        sender.start()
    time.sleep(1)
    try:
        for _ in range(10):
            assert status(f"{portal.base_url}/en/") == 200
    finally:
        enough.set()
        for sender in senders:
            sender.join()


def _upload_slowly(port: int, enough: threading.Event) -> None:
    head = (
        f"POST /en/account/sign-up HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 1000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head.encode())
        for _ in range(100):
            if enough.wait(0.1):
                return
            connection.sendall(b"x" * 1000)

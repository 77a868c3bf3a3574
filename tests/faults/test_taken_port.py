"""Two portals never share a port: the second one says what is wrong and ends, before it touches anything."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.live import MakeLive
from tests.support.processes import free_port, wait_until
from tests.support.servers import ROOT, LivePortal

TAKEN = "another program listens there. Stop it, or set PORTAL_PORT to a free port."


def portal(var: Path, port: int, command: str, **settings: str) -> subprocess.Popen[str]:
    environ = os.environ | {"PORTAL_VAR": str(var), "PORTAL_PORT": str(port)} | settings
    return subprocess.Popen(
        [sys.executable, "-m", "portal", command], cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip


@pytest.mark.parametrize("command", ["serve", "run"])
def test_second_portal_on_a_port_says_so_and_ends(make_live: MakeLive, tmp_path: Path, command: str) -> None:
    first = make_live(workers=1).start(worker=False)
    second = portal(tmp_path / "second", first.port, command)
    said, complained = second.communicate(timeout=60)
    assert second.returncode == 1
    assert complained == f"Error: The portal cannot listen on 127.0.0.1:{first.port}: {TAKEN}\n"
    assert said == ""
    assert not list((tmp_path / "second").glob("*.db"))


@pytest.mark.parametrize("reuse", [False, True])
def test_port_of_another_program_is_left_to_it(tmp_path: Path, reuse: bool) -> None:
    """Also that of one that would share it."""
    with socket.socket() as other:
        if reuse:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        second = portal(tmp_path, other.getsockname()[1], "serve")
        _said, complained = second.communicate(timeout=60)
    assert second.returncode == 1
    assert TAKEN in complained


def test_of_two_that_start_at_one_moment_one_serves(make_live: MakeLive, tmp_path: Path) -> None:
    made = make_live(workers=1)
    both = [portal(Path(made.environ["PORTAL_VAR"]), made.port, "serve") for _ in range(2)]
    try:
        wait_until(lambda: any(one.poll() is not None for one in both), "The end of one", seconds=60)
        ended, serving = sorted(both, key=lambda one: one.poll() is None)
        assert ended.wait() == 1
        assert TAKEN in ended.communicate()[1]
        wait_until(lambda: answers(made), "The other", seconds=60)
        assert serving.poll() is None
    finally:
        for one in both:
            one.terminate()
            one.communicate(timeout=20)


def test_port_is_free_again_after_an_end(make_live: MakeLive) -> None:
    """Connections that the portal has closed stay with the kernel for a minute; they do not count."""
    made = make_live(workers=1).start(worker=False)
    with socket.create_connection(("127.0.0.1", made.port)) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        while connection.recv(65536):
            pass
    made.stop()
    made.start(worker=False)
    assert answers(made)


@pytest.mark.parametrize(
    ("bind", "reason"), [("192.0.2.1", "this machine has no such address"), ("no.such.host.invalid", "Name or service")]
)
def test_address_of_another_machine_is_named(tmp_path: Path, bind: str, reason: str) -> None:
    started = portal(tmp_path, free_port(), "serve", PORTAL_BIND=bind, PORTAL_DEMO_PUBLIC="1")
    _said, complained = started.communicate(timeout=60)
    assert started.returncode == 1
    assert reason in complained
    assert "Traceback" not in complained


def answers(made: LivePortal) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", made.port), timeout=5) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(15).startswith(b"HTTP/1.1 200")
    except OSError:
        return False

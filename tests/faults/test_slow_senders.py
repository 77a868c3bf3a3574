"""Who sends slowly, or stops in the middle, waits alone: everybody else is answered, and honest slow senders get through."""

import contextlib
import resource
import select
import socket
import time
import urllib.request
from collections.abc import Iterator

import pytest

from portal.commands.serving import HEAD_SECONDS
from tests.support.processes import wait_until
from tests.support.servers import LivePortal
from tests.support.sockets import answer, connections, form_head, head

PAGE = "/pl/account/sign-up"
LINES = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
SECONDS = 2  # for a body
SILENT = 1200
MANY = 48  # three for each thread of the web processes


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivePortal]:
    portal = LivePortal(tmp_path_factory.mktemp("slow"), workers=2, body_seconds=str(SECONDS))
    portal.run("db", "upgrade")
    portal.start(worker=False)
    yield portal
    portal.stop()


def assert_answers_at_once(portal: LivePortal) -> None:
    for path in ("/healthz", "/en/", "/en/organisations") * 3:
        began = time.monotonic()
        with urllib.request.urlopen(portal.base_url + path, timeout=5) as page:
            assert page.status == 200
        assert time.monotonic() - began < 1, path


@contextlib.contextmanager
def half_sent(portal: LivePortal, kind: str, length: int) -> Iterator[list[socket.socket]]:
    """Connections with a form of 4,000 bytes of which `length` have come."""
    with connections(portal.port, MANY, form_head(portal.port, 4000, kind, PAGE) + b"a" * length) as opened:
        yield opened


@pytest.mark.parametrize(("kind", "length"), [(LINES, 2000), (PARTS, 2000), (LINES, 0), (PARTS, 3999)])
def test_half_sent_forms_hold_nobody_up_and_are_told_so(portal: LivePortal, kind: str, length: int) -> None:
    with half_sent(portal, kind, length) as stopped:
        began = time.monotonic()
        assert_answers_at_once(portal)
        assert time.monotonic() - began < SECONDS, "the forms were still waited for"
        for connection in stopped:
            status, headers, text = answer(connection)
            assert (status, headers["connection"]) == (408, "close")
            assert "Formularz nie dotarł w całości" in text.replace("\u00a0", " ")
        assert SECONDS < time.monotonic() - began < SECONDS + 8


def test_connections_that_say_nothing_keep_nobody_out(portal: LivePortal) -> None:
    """More than two processes took when each might open 1,024 files; what keeps them is the silence between two requests."""
    _first, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(allowed, 4096), allowed))
    asked = head(portal.port, path="/healthz")
    began = time.monotonic()
    with connections(portal.port, SILENT, asked) as silent:
        for connection in silent[::100]:
            assert answer(connection)[0] == 200
        assert_answers_at_once(portal)
        assert time.monotonic() - began < HEAD_SECONDS / 2, "the first ones had to end before the last ones were heard"


def test_half_sent_heads_hold_nobody_up(portal: LivePortal) -> None:
    with connections(portal.port, MANY, head(portal.port)[:-3]):
        assert_answers_at_once(portal)


def test_slow_form_of_an_old_telephone_gets_through(portal: LivePortal) -> None:
    """8 kB in pieces, over twice the seconds of a body that does not come."""
    body = b"email=slow%40example.org&name=" + b"x" * 8000
    pieces = [body[at : at + 400] for at in range(0, len(body), 400)]
    with connections(portal.port, 1, form_head(portal.port, len(body), LINES, PAGE)) as (sender,):
        began = time.monotonic()
        for piece in pieces:
            sender.sendall(piece)
            time.sleep(2 * SECONDS / len(pieces))
        status, _headers, text = answer(sender)
        assert time.monotonic() - began > 2 * SECONDS
        assert status == 422
        assert "slow@example.org" in text


def test_drop_by_drop_is_not_slow_but_stopped(portal: LivePortal) -> None:
    """A byte every tenth of a second keeps no request open for longer than its seconds."""
    with connections(portal.port, 1, form_head(portal.port, 1000, LINES, PAGE)) as (sender,):
        began = time.monotonic()
        while not select.select([sender], [], [], 0.1)[0] and time.monotonic() - began < 4 * SECONDS:
            sender.sendall(b"a")
        assert time.monotonic() - began < 2 * SECONDS
        assert answer(sender)[0] == 408


def test_body_without_a_length_is_refused(portal: LivePortal) -> None:
    """The end of a chunked body could not be told from a cut connection."""
    chunked = head(portal.port, f"Content-Type: {LINES}", "Transfer-Encoding: chunked", method="POST", path=PAGE)
    with connections(portal.port, 1, chunked + b"7\r\nemail=a\r\n0\r\n\r\n") as (sender,):
        assert answer(sender)[0] == 411


def test_large_bodies_that_come_together_hold_a_bounded_memory(portal: LivePortal) -> None:
    """Forty uploads of 8 MB stop at their last byte: most find no room, none costs the pages anything."""
    length = 8 * 1024 * 1024
    first = form_head(portal.port, length, PARTS, PAGE) + b"a" * (length - 1)
    before = portal.memory()
    with connections(portal.port, 40, first) as stopped:
        assert_answers_at_once(portal)
        assert portal.memory() - before < 2 * 100 * 1024 * 1024
        statuses = [answer(connection)[0] for connection in stopped]
        assert set(statuses) == {408, 503}
    wait_until(lambda: portal.memory() - before < 100 * 1024 * 1024, "The memory", seconds=20)

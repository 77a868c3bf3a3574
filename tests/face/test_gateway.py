"""From the web server to WSGI and back: what the head says, answers that nobody takes, an end that waits for answers."""

import ast
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from portal.face.web.gateway import IN_MEMORY, THREADS, WRITERS
from tests.support import processes
from tests.support.servers import ROOT
from tests.support.sockets import answer, connections, head

MEGABYTE = 1024 * 1024
APPLICATION = """
import sys, time
from portal.face.web import at_once
from portal.face.web.gateway import Gateway


def application(environ, start_response):
    if environ["PATH_INFO"] != "/en/ready":
        at_once.check(environ)
    print(environ["REQUEST_METHOD"], environ.get("portal.refused", 0), file=sys.stderr, flush=True)
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/large":
        return (b"a" * 65536 for _ in range(192))
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1)
    return [repr({name: value for name, value in environ.items() if isinstance(value, str)}).encode()]


gateway = Gateway(application, seconds=2, at_once=True)
"""


class Served:
    """A small WSGI application behind the gateway, in one process."""

    def __init__(self, directory: Path) -> None:
        self.log = directory / "log"
        (directory / "small.py").write_text(APPLICATION, encoding="utf-8")
        self.port = processes.free_port()
        options = "--interface rsgi --http 1 --loop asyncio --no-ws --log-level warning --workers 1 --port".split()
        command = [sys.executable, "-m", "granian", *options, str(self.port), "small:gateway"]
        environ = {"PYTHONPATH": f"{ROOT}:{directory}"}
        self.process = processes.start(command, self.log, environ=environ, cwd=directory)
        processes.wait_until(self._listens, "The small application", log=self.log)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def memory(self) -> int:
        return sum(one.memory_info().rss for one in psutil.Process(self.process.pid).children())

    def environ(self, *lines: str, path: str = "/") -> dict[str, str]:
        with connections(self.port, 1, head(self.port, *lines, path=path)) as (connection,):
            found: dict[str, str] = ast.literal_eval(answer(connection)[2])
            return found


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    processes.stop(served.process)


def test_head_becomes_what_wsgi_asks_for(served: Served) -> None:
    environ = served.environ("Cookie: a=1", "Cookie: b=2", "X-Twice: 1", "X-Twice: 2", path="/%C5%82/%ff?q=%ff&a")
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/ł/\ufffd"
    assert environ["QUERY_STRING"] == "q=%ff&a"
    assert (environ["HTTP_COOKIE"], environ["HTTP_X_TWICE"]) == ("a=1; b=2", "1,2")
    assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"]) == ("127.0.0.1", str(served.port))
    assert (environ["REQUEST_METHOD"], environ["wsgi.url_scheme"]) == ("GET", "http")


def test_words_that_a_program_did_not_encode_arrive(served: Served) -> None:
    environ = served.environ(path="/ł?q=дом")
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/ł"
    assert environ["QUERY_STRING"].encode("latin-1").decode() == "q=дом"


def test_header_that_only_looks_like_one_of_the_proxy_is_left_out(served: Served) -> None:
    environ = served.environ("X_Forwarded_For: 192.0.2.1", "X-Forwarded_For: 192.0.2.2", "X-Real: 1")
    assert environ["HTTP_X_REAL"] == "1"
    assert "HTTP_X_FORWARDED_FOR" not in environ


def made(asking: list[socket.socket]) -> None:
    """Wait until the first byte of each answer has come."""
    for connection in asking:
        connection.recv(1, socket.MSG_PEEK)


def test_large_answers_that_nobody_takes_cost_neither_memory_nor_a_thread(served: Served) -> None:
    """What the process has at hand for answers that are made at once is there after the first of them."""
    asked = head(served.port, path="/large")
    with connections(served.port, 3 * THREADS, asked) as first:
        made(first)
        before = served.memory()
        with connections(served.port, 3 * THREADS, asked) as waiting:
            made(waiting)
            began = time.monotonic()
            served.environ()
            assert time.monotonic() - began < 1
            assert served.memory() - before < 3 * THREADS * IN_MEMORY  # each answer has twelve times as much
        received = b""
        while len(received) < 12 * MEGABYTE:
            piece = first[0].recv(MEGABYTE)
            assert piece
            received += piece
    assert received.count(b"a" * 65536) > 180


def test_whoever_waits_to_write_holds_up_nobody_who_reads(served: Served) -> None:
    with connections(served.port, 3 * WRITERS, head(served.port, "Content-Length: 0", method="POST", path="/slow")):
        processes.wait_until(lambda: served.log.read_text().count("POST") == WRITERS, "The writers", log=served.log)
        served.environ()
        assert served.log.read_text().split().count("POST") == WRITERS  # none of them has been answered


def test_page_that_lies_ready_waits_for_no_thread_and_one_that_does_not_gets_one(served: Served) -> None:
    assert served.environ(path="/en/made")["PATH_INFO"] == "/en/made"
    with connections(served.port, 3 * THREADS, head(served.port, path="/slow")):
        processes.wait_until(lambda: served.log.read_text().count("GET") == THREADS + 1, "The readers", log=served.log)
        assert served.environ(path="/en/ready")["PATH_INFO"] == "/en/ready"
        assert served.log.read_text().split().count("GET") == THREADS + 2  # all threads are with the slow ones


def test_question_whether_the_process_lives_waits_for_no_reader(served: Served) -> None:
    with connections(served.port, 3 * THREADS, head(served.port, path="/slow")):
        processes.wait_until(lambda: served.log.read_text().count("GET") == THREADS, "The readers", log=served.log)
        served.environ(path="/healthz")
        assert served.log.read_text().split().count("GET") == THREADS + 1


def test_form_whose_sender_has_gone_is_refused_to_the_application(served: Served) -> None:
    """What has come of it is no answer of anybody."""
    with connections(served.port, 1, head(served.port, "Content-Length: 100", method="POST") + b"name=a"):
        pass
    processes.wait_until(lambda: "POST" in served.log.read_text(), "The request")
    assert "POST 400" in served.log.read_text()


def test_answer_that_is_being_made_is_still_given_at_the_end(served: Served) -> None:
    with connections(served.port, 1, head(served.port, path="/slow")) as (connection,):
        time.sleep(0.3)
        served.process.send_signal(signal.SIGTERM)
        assert answer(connection)[0] == 200
    assert served.process.wait(10) == 0

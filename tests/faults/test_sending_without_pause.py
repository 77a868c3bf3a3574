"""Sixty-four clients who send without a pause for a minute: nobody is turned away, and the portal goes on answering."""

import concurrent.futures
import http.client
import threading
import time

import pytest

from tests.faults.test_seat_races import Visitor, outcome, prepared
from tests.fixtures.live import MakeLive
from tests.fixtures.proof import Proof
from tests.fixtures.soundness import assert_sound
from tests.support.databases import inside
from tests.support.servers import LivePortal

CLIENTS = 64


def healthy(live: LivePortal, over: threading.Event) -> list[float]:
    """How long `/healthz` took to answer, asked until it is over."""
    took = []
    while not over.is_set():
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=30)
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()
        took.append(time.monotonic() - begun)
        over.wait(0.5)
    return took


@pytest.mark.prove
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_nobody_is_turned_away_and_the_portal_goes_on_answering(
    make_live: MakeLive, database: str, proof: Proof
) -> None:
    """The measure: 4 processes of 8 threads, 64 clients, a minute; no 503, and `/healthz` within a second."""
    tried, seconds = proof.count(120, 3000), proof.count(20, 60)
    live = make_live(database, workers=4)
    with inside(live):
        workshop, paths = prepared(tried)
        live.start(worker=False)
        over, deadline = threading.Event(), time.monotonic() + seconds
        left, visitors = iter(paths), [Visitor(live.port) for _ in range(CLIENTS)]
        guard = threading.Lock()

        def send(visitor: Visitor) -> int:
            sent = 0
            while time.monotonic() < deadline:
                with guard:
                    path = next(left, None)
                if path is None:
                    break
                visitor.confirm(path)
                sent += 1
            return sent

        with concurrent.futures.ThreadPoolExecutor(CLIENTS + 1) as pool:
            asking = pool.submit(healthy, live, over)
            sent = sum(pool.map(send, visitors))
            over.set()
            slowest = max(asking.result())
        counter, booked, _first, waiting = outcome(workshop)
        assert_sound()
    answers = [status for visitor in visitors for status in visitor.answers]
    refused = answers.count(503)
    proof.record(
        f"confirmations of {CLIENTS} clients without a pause, {database}; slowest answer of /healthz {slowest:.2f} s",
        tried=len(answers), held=len(answers) - refused,
    )  # fmt: skip
    assert (refused, set(answers)) == (0, {303})
    assert counter == booked and booked + len(waiting) == sent
    assert slowest < proof.count(10, 1)  # a second where nothing else runs; beside other tests, less than anybody waits

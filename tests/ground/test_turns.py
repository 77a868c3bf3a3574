"""Whoever comes first is served first, between threads and processes; whoever dies or gives up holds nobody back."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground import turns
from portal.ground.db import db, transaction
from portal.registration import services
from portal.registration.services import seats
from tests.factories.events import make_event
from tests.factories.registrations import submit
from tests.support.processes import wait_until

WAITER = """
import sys, time
from portal.ground import turns
print("comes", flush=True)
with turns.in_order(sys.argv[1], time.monotonic() + 30):
    print("has it", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def line(tmp_path: Path) -> str:
    return str(tmp_path / "line")


def drawn(path: str) -> int:
    """How many have come so far."""
    raw = Path(path).read_bytes()[:8] if Path(path).exists() else b""
    return int.from_bytes(raw, sys.byteorder)


def soon() -> float:
    return time.monotonic() + 20


def stand(path: str, then: Callable[[], None]) -> threading.Thread:
    """Somebody comes now, and does something when it is their turn."""

    def wait() -> None:
        with turns.in_order(path, soon()):
            then()

    number = drawn(path)
    thread = threading.Thread(target=wait)
    thread.start()
    wait_until(lambda: drawn(path) > number, "somebody comes", seconds=5)
    return thread


def test_turns_come_in_the_order_of_arrival(line: str) -> None:
    served: list[int] = []
    with turns.in_order(line, soon()):
        waiting = [stand(line, lambda number=number: served.append(number)) for number in range(12)]
        assert served == []
    for thread in waiting:
        thread.join(10)
    assert served == list(range(12))


def other_process(path: str) -> subprocess.Popen[str]:
    number = drawn(path)
    process = subprocess.Popen(
        [sys.executable, "-c", WAITER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    wait_until(lambda: drawn(path) > number, "another process comes", seconds=10)
    return process


def test_processes_stand_in_the_same_line_and_the_dead_hold_nobody_back(line: str) -> None:
    served: list[str] = []
    with turns.in_order(line, soon()):
        dead, living = other_process(line), other_process(line)
        last = stand(line, lambda: served.append("last"))
        dead.send_signal(signal.SIGKILL)
        dead.wait()
    assert living.stdout is not None and living.stdin is not None
    assert [living.stdout.readline(), living.stdout.readline()] == ["comes\n", "has it\n"]
    time.sleep(0.05)
    assert served == []
    living.communicate("\n", timeout=10)
    last.join(10)
    assert served == ["last"]


def test_who_waits_too_long_leaves_the_line(line: str) -> None:
    served: list[str] = []
    with turns.in_order(line, soon()):
        begun = time.monotonic()
        with pytest.raises(turns.TooLate), turns.in_order(line, begun + 0.1):
            served.append("never")
        assert 0.1 <= time.monotonic() - begun < 2
        after = stand(line, lambda: served.append("next"))
    after.join(10)
    assert served == ["next"]


def test_who_fails_in_the_turn_gives_it_on(line: str) -> None:
    with pytest.raises(ValueError, match="inside"), turns.in_order(line, soon()):
        raise ValueError("inside")
    with turns.in_order(line, time.monotonic() + 1):
        pass


def test_system_without_such_locks_keeps_nobody_waiting(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the lock file behind the line lets in one at a time, in no order."""
    monkeypatch.setattr(turns, "_SET", None)
    with turns.in_order(line, soon()), turns.in_order(line, soon()):
        assert not Path(line).exists()


def test_number_that_somebody_holds_already_is_not_drawn_twice(line: str) -> None:
    """A file that was put back to an older state: the numbers go on behind those that wait."""
    served: list[str] = []
    with turns.in_order(line, soon()):
        Path(line).write_bytes(bytes(16))
        after = stand(line, lambda: served.append("after"))
        assert served == []
    after.join(10)
    assert (served, drawn(line)) == (["after"], 2)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_who_wants_an_event_of_postgresql_is_served_in_the_order_of_arrival(app: Flask) -> None:
    event = make_event()
    forms, event_id = [submit(event).id for _ in range(6)], event.id
    confirmed: list[int] = []

    def confirm(number: int) -> None:
        with app.app_context():
            services.confirm(number)
            confirmed.append(number)

    def waiting() -> int:
        with db.engine.connect() as connection:
            query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            return int(connection.scalar(sa.text(query)) or 0)

    threads = [threading.Thread(target=confirm, args=[number]) for number in forms]
    with transaction() as session:
        seats.lock_event(session, event_id)
        for count, thread in enumerate(threads, start=1):
            thread.start()
            wait_until(lambda count=count: waiting() >= count, "the next one waits", seconds=5)
    for thread in threads:
        thread.join(10)
    queue = sa.text("SELECT id FROM registration ORDER BY queue_at, id")
    assert list(db.session.scalars(queue)) == forms

"""The table of what is due: one worker at a time, whatever the clocks say and whoever dies."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground import jobs
from portal.ground.db import db, transaction
from portal.ground.jobs import Ending, Heartbeat, Job, Periodic, Pulse, pulse
from portal.ground.jobs.running import finish, perform
from portal.ground.jobs.table import ask_for, claim, end, enter
from tests.support.moments import at_once

NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)  # where the frozen clock stands


def job(name: str = "one", minutes: int = 5, run: Callable[[], object] = lambda: None) -> Periodic:
    return Periodic(name, minutes, run)


def row(name: str = "one") -> Job:
    db.session.rollback()
    return jobs.known([name])[name]


def beat(times: int, *pulses: Pulse) -> None:
    for _ in range(times):
        for one in pulses:
            one.beat()


@pytest.mark.parametrize(
    ("minutes", "now", "then"),
    [
        (1, "10:00:00", "10:01"),
        (1, "10:00:59", "10:01"),
        (5, "10:03:00", "10:05"),
        (60, "10:03:00", "10:07"),
        (60, "10:07:00", "11:07"),
        (120, "10:08:00", "12:07"),
        (24 * 60, "03:06:59", "03:07"),
    ],
)
def test_a_job_has_its_times_by_the_clock(minutes: int, now: str, then: str) -> None:
    day = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    hour, minute = then.split(":")
    following = job(minutes=minutes).next_due(dt.datetime.combine(day, dt.time.fromisoformat(now), dt.UTC))
    assert following == day.replace(hour=int(hour), minute=int(minute))


def test_daily_work_is_due_the_next_night() -> None:
    assert job(minutes=24 * 60).next_due(NOW) == dt.datetime(2026, 11, 22, 3, 7, tzinfo=dt.UTC)


def test_new_job_is_due_at_once_and_then_at_its_time(app: Flask, frozen_clock) -> None:
    enter(["one"])
    assert claim(job(), "a")
    finish(job(), "a", perform(job()))
    assert not claim(job(), "a")
    frozen_clock.shift(minutes=4, seconds=59)
    assert not claim(job(), "a")
    frozen_clock.shift(seconds=1)
    assert claim(job(), "a")


def test_job_that_missed_many_times_runs_once(app: Flask, frozen_clock) -> None:
    enter(["one"])
    frozen_clock.shift(days=3)
    assert claim(job(), "a")
    end("one", "a", {})
    assert not claim(job(), "a")


def test_of_many_workers_at_once_one_gets_the_job(app: Flask) -> None:
    enter(["one"])
    got: list[str] = []

    def take(name: str) -> None:
        if claim(job(), name):
            got.append(name)

    at_once(app, [lambda name=f"worker {number}": take(name) for number in range(6)])
    assert len(got) == 1 and row().worker == got[0]


def test_entering_again_changes_nothing(app: Flask) -> None:
    enter(["one"])
    assert claim(job(), "a")
    enter(["one", "two"])
    assert (row("one").worker, row("two").worker) == ("a", None)


def test_what_is_asked_for_is_due_now_and_once_more_when_it_runs(app: Flask, frozen_clock) -> None:
    enter(["one"])
    assert claim(job(), "a")
    frozen_clock.shift(seconds=10)
    ask_for("one")
    assert not claim(job(), "b")
    end("one", "a", {"outcome": Ending.DONE})
    assert claim(job(), "b")
    end("one", "b", {"outcome": Ending.DONE})
    assert not claim(job(), "b")
    ask_for("nobody knows this one")


def test_clock_that_is_set_back_stops_nothing(app: Flask, frozen_clock) -> None:
    frozen_clock.shift(days=300)
    enter(["one", "two"])
    assert claim(job(), "a")
    end("one", "a", {})
    frozen_clock.shift(days=-300)
    assert row().due_at > NOW + dt.timedelta(days=1)
    assert claim(job(), "a")
    end("one", "a", {})
    assert not claim(job(), "a"), "and from then on it keeps its times"
    assert claim(job("two"), "a"), "one that never ran, too"


@pytest.mark.parametrize("days", [-300, 300])
def test_clock_that_is_moved_frees_no_claim_of_a_worker_that_lives(app: Flask, frozen_clock, days: int) -> None:
    enter(["one"])
    one, two = Pulse("one"), Pulse("two")
    beat(1, one, two)
    assert claim(job(), "one")
    for _ in range(3):
        frozen_clock.shift(days=days)
        beat(5, one, two)
        assert not claim(job(), "two")
    assert row().worker == "one" and jobs.lives()


def test_who_is_silent_loses_its_job_and_its_row(app: Flask) -> None:
    enter(["one"])
    dead, alive = Pulse("dead"), Pulse("alive")
    beat(2, dead, alive)
    assert claim(job(), "dead")
    beat(pulse.SILENT - 1, alive)
    assert row().worker == "dead" and not claim(job(), "alive")
    beat(2, alive)
    assert (row().worker, row().outcome) == (None, Ending.LOST)
    assert claim(job(), "alive")
    db.session.rollback()
    assert db.session.scalars(sa.select(Heartbeat.name)).all() == ["alive"]


def test_claim_of_somebody_who_never_beat_is_taken_back_too(app: Flask) -> None:
    enter(["one"])
    assert claim(job(), "unheard")
    alive = Pulse("alive")
    beat(pulse.SILENT, alive)
    assert row().worker == "unheard"
    beat(2, alive)
    assert row().worker is None


def test_who_was_taken_for_dead_learns_it_and_can_end_nothing(app: Flask) -> None:
    enter(["one"])
    asleep, awake = Pulse("asleep"), Pulse("awake")
    beat(1, asleep, awake)
    assert claim(job(), "asleep")
    beat(pulse.SILENT + 1, awake)
    assert claim(job(), "awake")
    end("one", "asleep", {"outcome": Ending.DONE})
    assert (row().worker, row().outcome) == ("awake", Ending.LOST)
    assert not asleep.is_buried
    asleep.beat()
    assert asleep.is_buried


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_where_nobody_can_write_nobody_is_silent(app: Flask) -> None:
    """What counts is how often others could say that they live, not how long it is ago."""
    one, two = Pulse("one"), Pulse("two")
    beat(1, one, two)
    full = "CREATE TRIGGER full BEFORE UPDATE ON heartbeat BEGIN SELECT RAISE(ABORT, 'full'); END"
    with transaction() as session:
        session.execute(sa.text(full))
    for _ in range(pulse.SILENT * 3):
        with pytest.raises(sa.exc.DBAPIError):
            two.beat()
    with transaction() as session:
        session.execute(sa.text("DROP TRIGGER full"))
    beat(pulse.SILENT - 1, two)
    one.beat()
    assert not one.is_buried


def test_one_of_many_workers_is_enough_and_the_console_is_none(app: Flask, frozen_clock) -> None:
    assert not jobs.lives()
    Pulse(pulse.new_name(pulse.CONSOLE)).beat()
    assert not jobs.lives()
    beat(1, Pulse("one"), Pulse("two"))
    frozen_clock.shift(minutes=2)
    Pulse("three").beat()
    frozen_clock.shift(minutes=2)
    assert jobs.lives()
    frozen_clock.shift(minutes=2)
    assert not jobs.lives()


def test_clock_set_back_does_not_make_a_dead_worker_live(app: Flask, frozen_clock) -> None:
    Pulse("one").beat()
    frozen_clock.shift(days=-1)
    assert not jobs.lives()


def test_no_two_workers_have_one_name_and_each_fits(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "a-very-long-name-of-a-host.example.org")
    monkeypatch.setattr("os.getpid", lambda: 4194304)
    names = [pulse.new_name(kind) for kind in ("worker", "worker", pulse.CONSOLE)]
    assert len(set(names)) == 3 and max(map(len, names)) <= 40


def test_run_counts_what_it_did_and_fails_with_its_first_error(app: Flask) -> None:
    def broken() -> int:
        raise KeyError("anna@example.org")

    ran = perform(job(run=lambda: 12))
    assert (ran.outcome, ran.done, ran.failed, ran.error) == (Ending.DONE, 12, 0, None)
    ran = perform(job(run=broken))
    assert (ran.outcome, ran.done, ran.failed, ran.error) == (Ending.FAILED, 0, 1, "KeyError")
    assert perform(job(run=lambda: "words")).done == 0


def test_run_from_the_console_waits_for_the_one_that_is_going_on(app: Flask) -> None:
    order: list[str] = []
    begun, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        may_end.wait(30)
        order.append("the first")

    def first() -> None:
        with app.app_context():
            jobs.run_now(app, job(run=slow))

    running = threading.Thread(target=first)
    running.start()
    assert begun.wait(30)
    threading.Timer(1.0, may_end.set).start()
    ran = jobs.run_now(app, job(run=lambda: order.append("the second")))
    running.join()
    assert order == ["the first", "the second"]
    assert (ran.outcome, row().outcome, row().worker) == (Ending.DONE, Ending.DONE, None)
    assert db.session.scalars(sa.select(Heartbeat.name)).all() == []


def test_run_from_the_console_that_is_stopped_leaves_nothing_behind(app: Flask) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.run_now(app, job(run=stop))
    assert (row().worker, row().outcome) == (None, Ending.LOST)
    assert db.session.scalars(sa.select(Heartbeat.name)).all() == []

"""One worker and its lanes: what it takes, in which order, and what it leaves to others."""

from collections.abc import Callable

from flask import Flask

from portal.ground import jobs
from portal.ground.db import db
from portal.ground.jobs import Ending, Job, Periodic, Worker
from portal.ground.jobs.table import ask_for, claim, enter


def job(name: str = "one", run: Callable[[], object] = lambda: None) -> Periodic:
    return Periodic(name, 5, run)


def row(name: str = "one") -> Job:
    db.session.rollback()
    return jobs.known([name])[name]


def test_worker_that_nobody_can_hear_takes_no_job(app: Flask) -> None:
    done: list[int] = []
    worker = Worker(app, [job(run=lambda: done.append(1))])
    enter(["one"])
    assert not worker._did_one("main")
    worker._pulse.beat()
    assert worker._did_one("main")
    ask_for("one")
    for happened in ({"_last": worker._pulse._last - 3600}, {"is_buried": True}):
        before = dict(vars(worker._pulse))
        vars(worker._pulse).update(happened)
        assert not worker._did_one("main")
        vars(worker._pulse).update(before)
    assert done == [1]


def test_claim_of_which_a_worker_does_not_know_is_dropped_and_the_job_done(app: Flask) -> None:
    """The database took the claim, and its answer was lost."""
    done: list[int] = []
    worker = Worker(app, [job(run=lambda: done.append(1))])
    worker._pulse.beat()
    enter(["one"])
    assert claim(job(), worker._pulse.name)
    assert worker._did_one("main") and worker._did_one("main")
    assert done == [1] and (row().worker, row().outcome) == (None, Ending.DONE)


def test_lane_does_what_has_been_due_longest_first(app: Flask, frozen_clock) -> None:
    done: list[str] = []
    names = ["one", "two", "three"]
    worker = Worker(app, [job(name, run=lambda name=name: done.append(name)) for name in names])
    worker._pulse.beat()
    for name in reversed(names):
        enter([name])
        frozen_clock.shift(seconds=1)
    while worker._did_one("main"):
        pass
    assert done == ["three", "two", "one"]


def test_job_without_a_row_gets_one_from_the_worker(app: Flask) -> None:
    done: list[int] = []
    worker = Worker(app, [job(run=lambda: done.append(1))])
    worker._pulse.beat()
    while worker._did_one("main"):
        pass
    assert done == [1]


def test_lanes_are_those_of_the_jobs(app: Flask) -> None:
    lanes = {"one": "main", "two": "mail", "three": "tasks"}
    worker = Worker(app, [Periodic(name, 1, lambda: None, lane=lane) for name, lane in lanes.items()])
    assert {lane: [one.name for one in jobs_of] for lane, jobs_of in worker._lanes.items()} == {
        "main": ["one"], "mail": ["two"], "tasks": ["three"],
    }  # fmt: skip

"""Long work is done item by item, once each, whatever happens to who does it."""

import pytest
import sqlalchemy as sa

from portal import mail
from portal.ground.db import db
from portal.ground.errors import Busy, Conflict
from portal.tasks import services
from portal.tasks.models import Task, TaskState
from portal.tasks.services import running
from tests.factories.people import make_person
from tests.tasks.conftest import KIND


def now(task: Task) -> Task:
    db.session.rollback()
    return db.session.get_one(Task, task.id, populate_existing=True)


def mails() -> list[str]:
    return sorted(row.dedupe_key for row in mail.listed())


def test_everything_is_done_once_and_counted(work, task) -> None:
    services.run_due()
    ended = now(task)
    assert (ended.state, ended.done, ended.total, ended.failed) == (TaskState.DONE, 10, 10, 0)
    assert work.done == list(range(1, 11)) and work.ended == ["done"]
    assert ended.result == {"marks": 10} and ended.ended_at is not None and not ended.lease
    assert services.run_due() == 0, "what has ended is begun again"


def test_bad_item_is_counted_and_the_others_are_done(work, task) -> None:
    work.bad = frozenset({4, 10})
    services.run_due()
    ended = now(task)
    assert (ended.state, ended.done, ended.failed) == (TaskState.DONE, 10, 2)
    assert work.spoilt == [4, 10] and len(work.done) == 8
    assert mails() == sorted(f"item:{number}" for number in range(1, 10) if number != 4), (
        "a bad item left half its work"
    )


def test_runner_that_dies_leaves_whole_steps_and_another_goes_on(work, task, frozen_clock) -> None:
    """What was not committed is done again: the steps of the dead runner count, the one in which it died does not."""

    class Killed(BaseException):
        pass

    def die(item: int) -> None:
        if item == 5:
            raise Killed

    work.before = die
    with pytest.raises(Killed):
        services.run_due()
    db.session.rollback()
    assert (now(task).state, now(task).done, mails()) == (TaskState.RUNNING, 3, ["item:1", "item:2", "item:3"])
    work.before = lambda item: None
    assert services.run_due() == 0, "two runners hold one task"
    frozen_clock.shift(seconds=61)
    services.run_due()
    assert (now(task).state, now(task).done, len(mails())) == (TaskState.DONE, 10, 10)


def test_lease_from_before_the_clock_was_set_back_holds_nothing_up(work, task, frozen_clock) -> None:
    lease = running.take()
    assert lease is not None and running.take() is None
    frozen_clock.shift(hours=-3)
    services.run_due()
    assert now(task).state == TaskState.DONE


def test_slow_runner_that_was_thought_dead_does_nothing_more(work, task, frozen_clock) -> None:
    slow = running.take()
    assert slow is not None and running.step(slow)
    frozen_clock.shift(seconds=61)
    other = running.take()
    assert other is not None and running.step(other)
    assert not running.step(slow)
    assert work.done == [1, 2, 3, 4, 5, 6]


def test_stopped_between_two_steps(work, task, owner) -> None:
    lease = running.take()
    assert lease is not None and running.step(lease)
    services.cancel(task, by=owner)
    assert not running.step(lease)
    ended = now(task)
    assert (ended.state, ended.done, work.ended) == (TaskState.CANCELLED, 3, ["cancelled"])
    assert services.run_due() == 0
    with pytest.raises(Conflict):
        services.cancel(task, by=owner)


def test_work_that_never_gets_on_is_given_up_with_a_reason(work, task, frozen_clock) -> None:
    def break_down(item: int) -> None:
        raise Busy

    work.before = break_down
    for _ in range(running.TRIES + 1):
        services.run_due()
        frozen_clock.shift(seconds=61)
    ended = now(task)
    assert (ended.state, ended.error, ended.done, work.ended) == (TaskState.FAILED, services.STUCK, 0, ["failed"])


def test_end_that_cannot_be_told_fails_the_task_and_holds_up_nobody(work, task, frozen_clock) -> None:
    class Broken(list):
        def append(self, state: str) -> None:
            raise ValueError(state)

    work.ended = Broken()
    for _ in range(running.TRIES + 2):
        services.run_due()
        frozen_clock.shift(seconds=61)
    ended = now(task)
    assert (ended.state, ended.error, ended.done) == (TaskState.FAILED, services.STUCK, 10)
    assert services.run_due() == 0


def test_work_that_gets_on_slowly_is_not_given_up(work, task, frozen_clock) -> None:
    work.items = 3 * (running.TRIES + 3)
    while now(task).is_open:
        lease = running.take()
        assert lease is not None
        running.step(lease)  # and dies
        frozen_clock.shift(seconds=61)
    assert now(task).state == TaskState.DONE


def test_kind_says_that_all_is_in_vain(work, task) -> None:
    def give_up(item: int) -> None:
        raise services.CannotGoOn("gone")

    work.before = give_up
    services.run_due()
    assert (now(task).state, now(task).error) == (TaskState.FAILED, "gone")


def test_kind_of_another_release_fails_and_stops_nobody(work, task) -> None:
    with pytest.raises(LookupError):
        services.start("nobody knows", arguments={}, by=make_person())
    with running.transaction() as session:
        session.execute(sa.update(Task).values(kind="gone"))
    other = services.start(KIND, arguments={}, by=make_person())
    services.run_due()
    assert (now(task).state, now(task).error) == (TaskState.FAILED, services.UNKNOWN)
    assert now(other).state == TaskState.DONE


def test_tasks_take_turns(work, task, monkeypatch) -> None:
    other = services.start(KIND, arguments={}, by=make_person())
    monkeypatch.setattr(running, "TURN", 0.0)
    first = running.take()
    assert first is not None and running._turn(first) == 1
    second = running.take()
    assert second is not None and (first.number, second.number) == (task.id, other.id)
    services.run_due()
    assert now(task).state == TaskState.DONE


def test_total_follows_what_is_there(work, task) -> None:
    """More came while it ran, or some left: in the end all that was there is done."""

    def more(item: int) -> None:
        work.items = 12

    work.before = more
    services.run_due()
    assert (now(task).done, now(task).total) == (12, 12)


def test_ended_tasks_are_forgotten_after_their_time(work, task, frozen_clock) -> None:
    services.run_due()
    waiting = services.start(KIND, arguments={}, by=make_person())
    frozen_clock.shift(days=29)
    assert services.remove_old() == 0
    frozen_clock.shift(days=2)
    assert services.remove_old() == 1
    assert db.session.scalars(sa.select(Task.id)).all() == [waiting.id]

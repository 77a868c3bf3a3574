"""Asking whether people come while something else happens: another worker, a need, an event that asks nobody."""

import contextvars
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from portal.events.reminding import days_before
from portal.ground.db import db
from portal.registration import services
from tests.factories.events import make_event, make_team_member, refreshed
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_reconfirming import asked, asking


def by_many(app: Flask, workers: int = 4) -> list[int]:
    """Several workers do it at the same time; returns what each has done."""

    def work() -> int:
        with app.app_context():
            return services.reconfirm()

    with ThreadPoolExecutor(workers) as pool:
        running = [pool.submit(contextvars.copy_context().run, work) for _ in range(workers)]
        done = [one.result() for one in running]
    db.session.rollback()  # what they have written is seen by the next statement
    return done


def test_workers_at_the_same_time_ask_and_release_each_person_once(
    app: Flask, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    event = asking(seats=6)
    people = [confirmed(event) for _ in range(6)]
    outbox.deliver()
    for days in (7, 3, 2):
        frozen_clock.set(days_before(event, days))
        assert sum(by_many(app)) == len(people)
        told = Counter(str(one["To"]) for one in outbox.deliver())
        assert told == Counter(one.email for one in people)
    assert {refreshed(one).status for one in people} == {"expired"}


def test_need_that_is_told_after_the_asking_keeps_the_place(
    app: Flask, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    """The second mail says that the place stays, and it does."""
    event = asking(seats=3)
    make_team_member(event, "access")
    silent = confirmed(event, locale="en")
    asked(event, frozen_clock)
    assert refreshed(silent).release_at is not None
    services.ask(silent.id, kinds=["captions"], note="", agrees=True)
    outbox.deliver()
    frozen_clock.set(days_before(event, 3))
    services.reconfirm()
    (again,) = outbox.to(silent.email)[-1:] if outbox.deliver() else ()
    assert refreshed(silent).release_at is None
    assert "the place stays yours" in outbox.text(again)
    frozen_clock.set(days_before(event, 2))
    services.reconfirm()
    assert refreshed(silent).status == "confirmed"


def test_need_that_is_told_after_the_second_mail_keeps_the_place_too(app: Flask, frozen_clock: FrozenClock) -> None:
    event = asking(seats=3)
    make_team_member(event, "access")
    silent = confirmed(event)
    for days in (7, 3):
        frozen_clock.set(days_before(event, days))
        services.reconfirm()
    services.ask(silent.id, kinds=["captions"], note="", agrees=True)
    frozen_clock.set(days_before(event, 2))
    services.reconfirm()
    assert (refreshed(silent).status, refreshed(silent).release_at) == ("confirmed", None)


def test_yes_where_nobody_asks_changes_nothing(app: Flask) -> None:
    one = confirmed(make_event())
    assert services.come(one.id) is False
    assert refreshed(one).reconfirmed_at is None

"""Work on many things at once: what fails is undone and told, the rest is done."""

import datetime as dt
import logging
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.batches import each, noted, together
from portal.ground.db import db, transaction
from portal.ground.jobs import Ending, Periodic
from portal.ground.jobs.running import perform
from portal.news import services as news
from portal.news.models import Post
from portal.organisations.models import Organisation
from portal.words.i18n import Localized
from tests.factories.news import make_post
from tests.factories.organisations import make_organisation


def test_one_bad_item_is_undone_and_told_and_the_others_are_done(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    rows = [make_organisation(name=f"Lipa {number}").id for number in range(3)]

    def rename(number: int) -> int:
        with transaction() as session:
            session.get_one(Organisation, number).name = Localized.of("pl", "Klon")
            session.flush()
            if number == rows[1]:
                raise RuntimeError("poisoned")
        return 1

    with caplog.at_level(logging.ERROR):
        assert each("renaming", rows, rename) == 2
    db.session.rollback()
    names = [db.session.get_one(Organisation, number).name.source for number in rows]
    assert names == ["Klon", "Lipa 1", "Klon"]
    assert [record.getMessage() for record in caplog.records] == [f"renaming: {rows[1]} failed"]


def test_one_bad_item_of_a_batch_is_left_and_the_others_follow_alone(app: Flask) -> None:
    rows = [make_organisation(name=f"Lipa {number}").id for number in range(5)]
    batches: list[int] = []

    def rename(numbers: Sequence[int]) -> int:
        batches.append(len(numbers))
        with transaction() as session:
            for number in numbers:
                session.get_one(Organisation, number).name = Localized.of("pl", "Klon")
                session.flush()
                if number == rows[1]:
                    raise RuntimeError("poisoned")
        return len(numbers)

    with noted() as failures:
        assert together("renaming", rows, 3, rename) == 4
    assert (failures.number, batches) == (1, [3, 1, 1, 1, 2])
    db.session.rollback()
    names = [db.session.get_one(Organisation, number).name.source for number in rows]
    assert names == ["Klon", "Lipa 1", "Klon", "Klon", "Klon"]


def test_post_that_cannot_be_read_holds_up_no_other(app: Flask, frozen_clock) -> None:
    at = dt.datetime(2026, 11, 22, 9)
    first, second = (make_post(state="scheduled", at=at, title=f"Wpis {number}").id for number in (1, 2))
    with transaction() as session:
        session.execute(sa.text("UPDATE post SET title = '{' WHERE id = :number"), {"number": first})
    frozen_clock.shift(days=2)
    assert news.publish_due() == 1
    db.session.rollback()
    assert dict(tuple(row) for row in db.session.execute(sa.select(Post.id, Post.status))) == {
        first: "scheduled", second: "published",
    }  # fmt: skip


def test_what_fails_is_counted_for_the_job_that_it_is_part_of(app: Flask) -> None:
    def broken(number: int) -> int:
        if number % 2:
            raise KeyError(f"anna{number}@example.org")
        return number

    with noted() as failures:
        assert each("numbers", range(6), broken) == 6
    assert (failures.number, failures.first) == (3, "KeyError"), "the kind of error: its words may name people"
    assert each("numbers", [1], broken) == 0
    assert failures.number == 3


def test_job_with_one_bad_item_ends_as_failed_and_tells_what_it_did(app: Flask) -> None:
    ran = perform(Periodic("numbers", 1, lambda: each("numbers", ["2", "x", "3"], int)))
    assert (ran.outcome, ran.done, ran.failed, ran.error) == (Ending.FAILED, 5, 1, "ValueError")

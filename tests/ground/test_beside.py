"""A small write beside what a request does."""

import datetime as dt
import threading
import time

import sqlalchemy as sa

from portal.ground.beside import note
from portal.ground.db import db, transaction
from portal.ground.jobs import Heartbeat

BEFORE, NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
LATER = sa.update(Heartbeat).values(at=NOW)


def beat_at() -> dt.datetime:
    db.session.rollback()
    at = db.session.scalar(sa.select(Heartbeat.at))
    assert at is not None
    return at


def begin() -> None:
    with transaction() as session:
        session.add(Heartbeat(name="one", at=BEFORE))


def test_what_is_noted_stays_though_the_request_only_reads(app):
    begin()
    with app.test_request_context("/", method="GET"):
        assert db.session.scalar(sa.select(Heartbeat.at)) == BEFORE
        note(LATER)
        db.session.rollback()
    assert beat_at() == NOW


def test_nothing_is_noted_within_a_use_case(app):
    begin()
    with transaction():
        note(LATER)
    assert beat_at() == BEFORE


def test_a_note_waits_for_nobody(app):
    begin()
    took: list[float] = []

    def from_another_request() -> None:
        with app.app_context():
            start = time.monotonic()
            note(LATER)
            took.append(time.monotonic() - start)
            db.session.remove()

    with transaction() as session:
        session.execute(sa.update(Heartbeat).values(name="two"))
        thread = threading.Thread(target=from_another_request)
        thread.start()
        thread.join(10)
    assert len(took) == 1 and took[0] < 1
    assert beat_at() == BEFORE

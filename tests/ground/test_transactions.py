"""One use-case is one transaction; everything else only reads."""

import threading
import time

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import db as database
from portal.ground.db import after_commit, db, transaction
from portal.ground.errors import Busy
from tests.factories.events import make_event


def add_person(name: str = "Ada") -> int:
    with transaction() as session:
        person = Person(name=name, email=None, locale="pl")
        session.add(person)
        session.flush()
        return person.id


def names() -> list[str]:
    return list(db.session.scalars(sa.select(Person.name).order_by(Person.id)))


def test_write_outside_a_transaction_is_refused_by_the_connection(app: Flask) -> None:
    db.session.add(Person(name="Ada", locale="pl"))
    with pytest.raises(sa.exc.DBAPIError):
        db.session.flush()
    db.session.rollback()
    assert names() == []


def test_connection_that_has_written_refuses_again(app: Flask) -> None:
    add_person("Ada")
    with pytest.raises(sa.exc.DBAPIError):
        db.session.execute(sa.delete(Person))
    db.session.rollback()
    assert names() == ["Ada"]


def test_transaction_commits_at_its_end(app: Flask) -> None:
    add_person()
    db.session.rollback()
    assert names() == ["Ada"]


def test_failure_rolls_everything_back(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction() as session:
        session.add(Person(name="Ada", locale="pl"))
        session.flush()
        _ = 1 / 0
    assert names() == []


def test_inner_transaction_is_a_savepoint(app: Flask) -> None:
    with transaction() as session:
        session.add(Person(name="kept", locale="pl"))
        with pytest.raises(ZeroDivisionError), transaction():
            session.add(Person(name="lost", locale="pl"))
            session.flush()
            _ = 1 / 0
    assert names() == ["kept"]


def test_transaction_with_unsaved_changes_is_refused(app: Flask) -> None:
    db.session.add(Person(name="stray", locale="pl"))
    with pytest.raises(RuntimeError, match="outside a transaction"), transaction():
        pass
    db.session.expunge_all()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_get_never_writes(app: Flask, method: str) -> None:
    with (
        app.test_request_context("/en/", method=method),
        pytest.raises(RuntimeError, match="never writes"),
        transaction(),
    ):
        pass


def test_work_after_commit_is_dropped_with_the_rollback(app: Flask) -> None:
    done: list[str] = []
    with transaction():
        after_commit(lambda: done.append("kept"))
    with pytest.raises(ZeroDivisionError), transaction():
        after_commit(lambda: done.append("lost"))
        _ = 1 / 0
    assert done == ["kept"]


def test_objects_loaded_before_are_read_again(app: Flask) -> None:
    person_id = add_person("before")
    stale = db.session.get_one(Person, person_id)
    assert stale.name == "before"

    def rename() -> None:
        with app.app_context(), transaction() as session:
            session.get_one(Person, person_id).name = "after"

    thread = threading.Thread(target=rename)
    thread.start()
    thread.join()
    with transaction() as session:
        assert session.get_one(Person, person_id, with_for_update=True, populate_existing=True).name == "after"


def test_no_update_is_lost_between_threads(app: Flask) -> None:
    person_id = add_person("0")

    def count() -> None:
        with app.app_context():
            for _ in range(20):
                with transaction() as session:
                    person = session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
                    person.name = str(int(person.name) + 1)

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert names() == ["120"]


def test_a_held_lock_is_waited_for_and_then_busy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    person_id = add_person()
    monkeypatch.setattr(database, "LOCK_WAIT", 0.3)
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context(), transaction() as session:
            session.get_one(Person, person_id, with_for_update=True)
            held.set()
            free.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    began = time.monotonic()
    with pytest.raises(Busy), transaction() as session:
        session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
    assert time.monotonic() - began >= 0.2
    free.set()
    thread.join()


def test_number_of_a_deleted_row_is_never_given_again(app: Flask) -> None:
    first = add_person()
    with transaction() as session:
        session.delete(session.get_one(Person, first))
    assert add_person() != first


def test_every_table_gives_its_numbers_once() -> None:
    numbered = [table for table in db.metadata.tables.values() if table.autoincrement_column is not None]
    assert len(numbered) > 10
    again = [
        t.name
        for t in numbered
        if not t.dialect_kwargs.get("sqlite_autoincrement") and not t.autoincrement_column.foreign_keys
    ]
    assert again == []


@pytest.mark.both_engines
def test_row_that_changed_before_it_was_locked_is_busy_and_nothing_is_done(app: Flask) -> None:
    number = make_event().id
    with pytest.raises(Busy), transaction() as session:
        known = session.get_one(Event, number)
        assert known.row_version == 1
        write = sa.update(Event).where(Event.id == number).values(row_version=2)  # as somebody else would have done
        session.execute(write, execution_options={"synchronize_session": False})
        session.get_one(Event, number, with_for_update=True, populate_existing=True)
    with transaction() as session:
        assert session.get_one(Event, number).row_version == 1

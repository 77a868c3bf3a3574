"""What only reads: in no transaction on PostgreSQL, with statements that are planned once, a part at a time when it is long."""

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from portal.accounts.models import Person
from portal.ground.db import db, transaction
from portal.ground.statements import streamed
from tests.factories.people import make_person

ON_POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
CHOSEN = "set_connection_execution_options"  # the last event before a transaction begins
NAMES = sa.select(Person.name).order_by(Person.id)


def people(number: int) -> list[str]:
    return [make_person(name=f"Person {one}").name for one in range(number)]


@pytest.mark.both_engines
def test_long_read_is_whole_and_in_order(app: Flask) -> None:
    expected = people(7)
    assert [row.name for row in streamed(NAMES, 2)] == expected
    assert [row.name for row in streamed(NAMES, 100)] == expected  # once more in the same session


@pytest.mark.both_engines
def test_use_case_can_begin_in_the_middle_of_a_long_read(app: Flask) -> None:
    people(5)
    first = next(streamed(NAMES, 2))
    with transaction() as session:
        session.execute(sa.update(Person).values(name="renamed"))
        assert {row.name for row in streamed(NAMES, 2)} == {"renamed"}
    assert (first.name, {row.name for row in streamed(NAMES, 2)}) == ("Person 0", {"renamed"})


@ON_POSTGRESQL
def test_long_read_brings_so_many_rows_at_a_time(app: Flask) -> None:
    people(5)
    rows = streamed(NAMES, 2)
    next(rows)
    assert db.session.scalar(sa.text("SELECT count(*) FROM pg_cursors")) == 1
    db.session.rollback()
    assert db.session.scalar(sa.text("SELECT count(*) FROM pg_cursors")) == 0


@ON_POSTGRESQL
def test_reading_holds_no_transaction(app: Flask) -> None:
    """Nobody who reads slowly keeps old rows from being cleared away, nor a migration waiting."""
    db.session.scalars(NAMES).all()
    driver = db.session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    assert driver.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    with transaction() as session:
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        assert driver.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS


@ON_POSTGRESQL
def test_statement_of_every_request_is_planned_once(app: Flask) -> None:
    """A ROLLBACK would have psycopg forget the statements that it has prepared."""
    for _request in range(8):
        db.session.scalars(NAMES).all()
        db.session.remove()
    known = sa.text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT person.name%'")
    assert db.session.scalar(known) == 1


def cut(number: int) -> None:
    """Have the server hang up on the connection with this number."""
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])


@ON_POSTGRESQL
def test_connection_that_was_cut_at_rest_is_not_given_to_a_request(app: Flask) -> None:
    number = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
    assert number is not None
    db.session.remove()
    cut(number)
    assert db.session.scalar(sa.text("SELECT pg_backend_pid()")) != number
    with transaction() as session:
        session.add(Person(name="Ada", locale="pl"))
    assert db.session.scalars(NAMES).all() == ["Ada"]


@ON_POSTGRESQL
def test_use_case_that_begins_on_a_connection_that_is_being_cut_begins_on_another(app: Flask) -> None:
    """The server has not hung up when the pool looks, and has when the first statement comes."""
    numbers: list[int] = []

    def cut_once(connection: sa.Connection, _chosen: dict[str, object]) -> None:
        if not numbers:
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            numbers.append(driver.info.backend_pid)
            cut(numbers[0])

    db.session.remove()
    event.listen(db.engine, CHOSEN, cut_once)
    try:
        with transaction() as session:
            assert session.scalar(sa.text("SELECT pg_backend_pid()")) != numbers[0]
            session.add(Person(name="Ada", locale="pl"))
    finally:
        event.remove(db.engine, CHOSEN, cut_once)
    assert db.session.scalars(NAMES).all() == ["Ada"]

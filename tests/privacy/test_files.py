"""Who is forgotten is gone from the files of the database, and what people typed never gets into a log."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import services
from portal.accounts.models import Person
from portal.ground.config import CONFIG
from portal.ground.db import db, transaction
from portal.ground.quiet import without_values
from portal.ground.traces import write_anew
from portal.periodic import periodic
from tests.factories.lives import EMAIL, FIRST, NAME, full_life
from tests.factories.people import make_person

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
WORDS = [word.encode() for word in (NAME, EMAIL, FIRST)]


def found(app: Flask, *words: bytes) -> set[str]:
    """The files of the database (itself, log, journal) that hold one of these words."""
    path = CONFIG.of(app).sqlite_path
    assert path is not None
    files = [file for file in path.parent.glob(f"{path.name}*") if file.is_file()]
    return {file.name for file in files if any(word in file.read_bytes() for word in words)}


@on_sqlite
def test_nothing_in_the_files_names_somebody_who_left(app: Flask, outbox) -> None:
    life = full_life()
    outbox.deliver()
    db.session.rollback()
    assert found(app, *WORDS)
    services.erase_person(life.person.id, by=life.person)
    outbox.deliver()  # the last mail leaves no trace
    db.session.rollback()
    assert write_anew()
    assert found(app, *WORDS) == set()
    assert not write_anew()  # once is enough


@on_sqlite
def test_the_log_is_cut_with_the_erasure_itself(app: Flask) -> None:
    person = make_person(NAME, EMAIL)
    services.update_person(person.id, name="Wanda Przejściowa", locale="pl")
    services.erase_person(person.id, by=person)
    assert found(app, NAME.encode(), "Wanda Przejściowa".encode()) == set()


@on_sqlite
def test_a_reader_at_that_moment_delays_the_cut_to_the_hourly_tidying(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person(NAME, EMAIL)
    reader = sa.create_engine(CONFIG.of(app).database_url, poolclass=sa.NullPool)
    with reader.connect() as reading:
        reading.execute(sa.text("SELECT count(*) FROM person")).all()
        services.erase_person(person.id, by=person)
    tidy()
    assert found(app, NAME.encode()) == set()


def tidy() -> None:
    next(work for work in periodic() if work.name == "tidy").run()


def test_errors_of_the_database_say_nothing_that_somebody_typed(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    make_person(NAME, "wanda.tajna@example.org")
    with pytest.raises(sa.exc.IntegrityError) as refused, transaction() as session:
        session.add(Person(name="Imię Tajne", email="wanda.tajna@example.org", locale="pl"))
    logged = "".join([str(refused.value), repr(refused.value), str(refused.value.orig), repr(refused.value.orig)])
    assert "person" in logged
    assert "tajn" not in logged.lower()
    db.session.rollback()
    with pytest.raises(sa.exc.DBAPIError) as wrong, transaction() as session:
        session.execute(
            sa.text("INSERT INTO person (name, email) VALUES (:name, :email)"), {"name": "Tajna", "email": "t"}
        )
    assert "tajn" not in f"{wrong.value}{wrong.value.orig}".lower()


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        (
            "duplicate key value violates x\nDETAIL:  Key (email)=(a@b.pl) already exists.",
            "duplicate key value violates x",
        ),
        (
            "null value in column y\nDETAIL:  Failing row contains (1, Anna\n\nNowak).\nCONTEXT: z",
            "null value in column y",
        ),
        (
            'invalid input syntax for type integer: "Anna\nNowak"\nLINE 1: ...',
            'invalid input syntax for type integer: "…"',
        ),
        ("UNIQUE constraint failed: person.email", "UNIQUE constraint failed: person.email"),
    ],
)
def test_what_a_database_repeats_is_left_out(message: str, kept: str) -> None:
    assert without_values(message) == kept


@on_sqlite
def test_every_connection_overwrites_what_it_deletes(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
    assert Path(str(CONFIG.of(app).sqlite_path)).exists()

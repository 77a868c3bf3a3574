"""After whatever a test did to it, the PostgreSQL database is again what the migrations made, to the last sequence."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from portal.ground.db import db
from tests.factories.organisations import make_organisation
from tests.support.databases import NAME, Databases
from tests.support.postgresql import PREFIX, ROLE, PostgresServer, binaries, remove_left_over


def dump(server: PostgresServer, name: str) -> list[str]:
    """Everything that a database holds, as statements that make it."""
    command = [str(binaries() / "pg_dump"), "-h", str(server.root), "-U", ROLE, name]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [line for line in lines if not line.startswith(("\\restrict", "\\unrestrict"))]  # with a word by chance


def connect(server: PostgresServer) -> psycopg.Connection:
    return psycopg.connect(host=str(server.root), user=ROLE, dbname=NAME)


@pytest.fixture
def used(databases: Databases) -> PostgresServer:
    """The server, with a database that a test has filled."""
    app: Flask = databases.application("postgresql")
    with app.app_context():
        make_organisation()
        db.session.rollback()
    return databases.server


def renewed(databases: Databases) -> None:
    databases.application("postgresql")
    assert dump(databases.server, NAME) == dump(databases.server, databases.postgresql_template())


def test_rows_and_sequences_are_undone(used: PostgresServer, databases: Databases) -> None:
    assert dump(used, NAME) != dump(used, databases.postgresql_template())
    copies = dict(used._copies)
    renewed(databases)
    assert used._copies == copies, "the database was copied anew: every test would pay for that"


@pytest.mark.parametrize(
    "damage",
    [
        "CREATE TABLE stray (id integer)",
        "ALTER TABLE person ADD COLUMN stray integer",
        "ALTER TABLE person ALTER COLUMN name TYPE text",
        "ALTER TABLE person ALTER COLUMN name DROP NOT NULL",
        "DROP TABLE heartbeat",
        "DROP INDEX ix_audit_entry_object",
        "ALTER TABLE audit_entry ADD CONSTRAINT ck_stray CHECK (number > -1)",
        "CREATE FUNCTION stray() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "UPDATE alembic_version SET version_num = 'elsewhere'",
        "DELETE FROM alembic_version",
        "ALTER SEQUENCE person_id_seq INCREMENT BY 7",
    ],
)
def test_damage_beyond_rows_is_undone(used: PostgresServer, databases: Databases, damage: str) -> None:
    with connect(used) as connection:
        connection.execute(damage.encode())
    renewed(databases)


def test_transaction_that_a_thread_left_open_is_ended(used: PostgresServer, databases: Databases) -> None:
    with connect(used) as left:
        left.execute("INSERT INTO audit_head (id, number, hash) VALUES (1, 5, 'x') ON CONFLICT (id) DO NOTHING")
        renewed(databases)
        with pytest.raises(psycopg.OperationalError):
            left.commit()
        left.close()


def test_what_a_killed_server_left_is_removed(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    for name, number in (("gone", gone.pid), ("here", os.getpid()), ("filling", -os.getpid())):
        (tmp_path / f"{PREFIX}{name}" / "data").mkdir(parents=True)
        (tmp_path / f"{PREFIX}{name}" / "data" / "postmaster.pid").write_text(f"{number}\n/somewhere\n")
    for name in ("young", "old"):
        (tmp_path / f"{PREFIX}{name}").mkdir()
    os.utime(tmp_path / f"{PREFIX}old", (0, 0))
    remove_left_over(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        f"{PREFIX}{name}" for name in ("filling", "here", "young")
    ]

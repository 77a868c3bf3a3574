"""Addresses of databases are taken as libpq and SQLAlchemy write them, or refused in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from portal.ground.config import Config
from portal.ground.db import engine_options
from portal.ground.hosts import driver_url
from tests.support.databases import Databases
from tests.support.processes import free_port

SEVERAL = "postgresql+psycopg://u:p@/db?host=h1,h2&port=5433,5434&target_session_attrs=primary"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("postgres://u:p@h/db", "postgresql+psycopg://u:p@h/db"),
        ("postgresql://u:p%40x@h:5433/db?sslmode=require", "postgresql+psycopg://u:p%40x@h:5433/db?sslmode=require"),
        ("postgresql://u:p@h1:5433,h2:5434/db", SEVERAL),
        ("postgresql://u:p@h1:5433,h2:5434/db?target_session_attrs=read-write", SEVERAL),
        ("postgresql+psycopg://u:p@/db?host=h1:5433&host=h2:5434", SEVERAL),
        ("postgresql://u:p@/db?host=h1,h2&port=5433,5434&target_session_attrs=primary", SEVERAL),
        ("postgresql://u@/db?host=/var/run/postgresql", "postgresql+psycopg://u@/db?host=/var/run/postgresql"),
        ("postgresql://u@[::1]:5433/db", "postgresql+psycopg://u@[::1]:5433/db"),
        ("sqlite:////srv/synergia.db", "sqlite:////srv/synergia.db"),
    ],
)
def test_every_way_of_writing_it_becomes_one(given: str, made: str) -> None:
    assert driver_url(given) == made
    assert driver_url(made) == made


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("mysql://u@h/db", "must begin with postgresql://"),
        ("/srv/synergia.db", "must begin with postgresql://"),
        ("postgresql://u@h", "names no database"),
        ("postgresql://u@h:99999/db", "a port is a number from 1 to 65535"),
        ("postgresql://u@h1:x,h2/db", "a port is a number from 1 to 65535"),
        ("postgresql://u@a,b/db?port=1,2,3", "2 hosts and 3 ports"),
        ("postgresql://u@a,b/db?target_session_attrs=standby", "must be primary"),
    ],
)
def test_what_could_never_connect_is_refused_in_a_sentence(given: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        driver_url(given)


@pytest.mark.postgresql
def test_the_second_of_two_hosts_answers_where_the_first_is_away(databases: Databases, tmp_path) -> None:
    one = sa.make_url(databases.server.create("hosts"))
    password = f":{one.password}" if one.password else ""
    host, port = one.host or one.query["host"], one.port or one.query.get("port", "5432")
    given = f"postgresql://{one.username}{password}@/{one.database}?host=127.0.0.1,{host}&port={free_port()},{port}"
    config = Config.from_environment({"PORTAL_VAR": str(tmp_path), "PORTAL_DATABASE_URL": given})
    options = engine_options(config)
    engine = sa.create_engine(config.database_url, connect_args=options["connect_args"], poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1
    with psycopg.connect(config.database_url.replace("postgresql+psycopg://", "postgresql://")) as queue:
        assert queue.execute("SELECT 1").fetchone() == (1,)


def test_database_that_is_away_is_told_in_a_sentence(tmp_path: Path) -> None:
    address = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    told = subprocess.run(
        [sys.executable, "-m", "portal", "audit", "verify"], capture_output=True, text=True, check=False,
        env={**os.environ, "PORTAL_VAR": str(tmp_path), "PORTAL_DATABASE_URL": address},
    )  # fmt: skip
    assert told.returncode == 1
    assert "PORTAL_DATABASE_URL" in told.stderr and "Traceback" not in told.stderr

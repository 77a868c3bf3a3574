"""Work of another process is held in its middle, so that it is killed there on a machine of any speed."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from portal.ground.db import db, transaction

SECONDS = 60
STEPS = SECONDS * 5_000_000  # SQLite has no sleep: it counts, some millions a second

HOLD = {
    "sqlite": (
        "CREATE VIEW held_steps AS WITH RECURSIVE steps(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM steps WHERE n < {steps})"
        " SELECT max(n) AS reached FROM steps",
        "CREATE TRIGGER held BEFORE INSERT ON {table} WHEN (SELECT count(*) FROM {table}) >= {rows}"
        " BEGIN SELECT reached FROM held_steps; END",
    ),
    "postgresql": (
        "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF (SELECT count(*) FROM {table}) >= {rows} THEN PERFORM pg_sleep({seconds}); END IF; RETURN NEW; END $$",
        "CREATE TRIGGER held BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION held()",
    ),
}
LET_GO = {
    "sqlite": ("DROP TRIGGER held", "DROP VIEW held_steps"),
    "postgresql": (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # it does not notice that its process is dead
        " WHERE datname = current_database() AND wait_event = 'PgSleep'",
        "DROP FUNCTION held CASCADE",
    ),
}


@contextmanager
def held_after(table: str, rows: int) -> Iterator[None]:
    """Whoever writes one more row than these into a table waits there, in its transaction, for about a minute."""
    engine = db.engine.dialect.name
    _run(*(one.format(table=table, rows=rows, seconds=SECONDS, steps=STEPS) for one in HOLD[engine]))
    try:
        yield
    finally:
        _run(*LET_GO[engine])


def _run(*statements: str) -> None:
    with transaction() as session:
        for statement in statements:
            session.execute(sa.text(statement))

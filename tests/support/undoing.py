"""A used PostgreSQL database taken back to its template: milliseconds, where a new copy is up to half a second of disk.

What a test did is found by looking, so nothing that it did can be forgotten: every table is asked for rows, every
sequence for its place, the catalogues for anything made, changed or taken away. Where rows alone have changed they go;
where something else has, the answer is no, and the database is copied anew.
"""

import time

import psycopg
from psycopg.sql import SQL, Identifier, Literal

PATIENCE = 0.1  # seconds that a closed connection has to be gone; then it is ended
LARGEST = 1_000_000  # bytes of a table that is emptied by deleting: the place of dead rows is not given back
_CATALOGUES = (
    "attribute", "attrdef", "constraint", "index", "proc", "rewrite", "sequence", "statistic", "trigger", "type",
)  # fmt: skip
_OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
_SEQUENCES = "SELECT format('%I.%I', schemaname, sequencename), start_value, last_value FROM pg_sequences ORDER BY 1"


class Template:
    """What a database that nobody has used looks like."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.tables = [str(row[0]) for row in connection.execute(_TABLES)]
        self.shape = _shape(connection)
        self.sequences = connection.execute(_SEQUENCES).fetchall()
        self.rows = {table: _rows(connection, table) for table, _size in self._filled(connection)}

    def undo(self, connection: psycopg.Connection) -> bool:
        """Make a used copy as it was; False when that takes a new copy. `connection` commits by itself."""
        _be_alone(connection)
        if _shape(connection) != self.shape:
            return False
        filled = dict(self._filled(connection))
        if any(size > LARGEST for size in filled.values()) or any(
            _rows(connection, table) != rows for table, rows in self.rows.items()
        ):
            return False
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")  # no foreign keys, no triggers
            for table in filled.keys() - self.rows.keys():
                connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
            for sequence in connection.execute(_SEQUENCES).fetchall():
                if sequence not in self.sequences:
                    self._rewind(connection, sequence[0])
        return True

    def _filled(self, connection: psycopg.Connection) -> list[tuple[str, int]]:
        """Every table that has a row, with its bytes."""
        one = SQL("(SELECT {name}, pg_relation_size({name}::regclass) FROM {table} LIMIT 1)")
        each = [one.format(name=Literal(table), table=Identifier(table)) for table in self.tables]
        return [(str(name), int(size)) for name, size in connection.execute(SQL(" UNION ALL ").join(each))]

    def _rewind(self, connection: psycopg.Connection, name: str) -> None:
        start, last = next((start, last) for known, start, last in self.sequences if known == name)
        connection.execute("SELECT setval(%s, %s, %s)", (name, start if last is None else last, last is not None))


def _shape(connection: psycopg.Connection) -> tuple[object, ...]:
    """What changes with anything but rows: how many entries each catalogue has, and which transaction wrote there last."""
    counts = [f"(SELECT (count(*), max(xmin::text::bigint))::text FROM pg_{name})" for name in _CATALOGUES]
    made = "(SELECT (count(*), max(oid))::text FROM pg_class)"  # its rows change when a table grows
    return connection.execute(SQL(f"SELECT {', '.join([made, *counts])}")).fetchone() or ()  # type: ignore[arg-type]


def _rows(connection: psycopg.Connection, table: str) -> str:
    query = SQL("SELECT md5(string_agg(one::text, ' ' ORDER BY one::text)) FROM {} AS one").format(Identifier(table))
    return str((connection.execute(query).fetchone() or ("",))[0])


def _be_alone(connection: psycopg.Connection) -> None:
    """Wait for connections that are closing; end those of a thread that a test left behind."""
    deadline = time.monotonic() + PATIENCE
    while connection.execute(f"SELECT 1 {_OTHERS}").fetchone():
        if time.monotonic() > deadline:
            connection.execute(f"SELECT pg_terminate_backend(pid, 5000) {_OTHERS}")
        time.sleep(0.001)

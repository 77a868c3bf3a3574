"""What the search needs of each database beside its tables, for `create_all` and for migrations alike.

SQLite: two FTS5 tables without content of their own, kept by triggers. `search_trigram` finds words anywhere inside
words; skeletons stand in it in capitals, which keeps their trigrams apart from those of the words themselves.
`search_word` finds whole words and beginnings, which is many times cheaper when a word is common.
PostgreSQL: one trigram index. Both give the same hits, because the folding is ours.
"""

import sys
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import event

from portal.ground import migrations
from portal.ground.db import db
from portal.ground.derived import Derived
from portal.ground.statements import engine_name, table
from portal.words.search.models import SearchDocument

# The columns of each table, and how they are made of those of search_document.
_COLUMNS = {
    "search_trigram": {"words": "{0}fold || {0}alias || upper({0}skeleton)"},
    "search_word": {"fold": "{0}fold", "skeleton": "{0}skeleton"},
}
_OPTIONS = {
    "search_trigram": "content='search_trigram_source', content_rowid='id', tokenize='trigram case_sensitive 1'",
    "search_word": "content='search_document', content_rowid='id', tokenize='ascii', prefix='1 2', columnsize=0",
}
_VIEW = "search_trigram_source"
_POSTGRESQL_INDEX = "ix_search_document_trgm"


def ddl(dialect: str) -> Sequence[str]:
    """The statements to run once the table exists. With rows in it, `FULL_TEXT` fills what they make."""
    if dialect == "sqlite":
        tables = [
            f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, {_OPTIONS[name]})"
            for name, columns in _COLUMNS.items()
        ]
        words = _COLUMNS["search_trigram"]["words"].format("")
        return (f"CREATE VIEW {_VIEW} AS SELECT id, {words} AS words FROM search_document", *tables, *_triggers())  # noqa: S608
    return (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        f"CREATE INDEX {_POSTGRESQL_INDEX} ON search_document"
        " USING gin (fold gin_trgm_ops, skeleton gin_trgm_ops, alias gin_trgm_ops)",
    )


def _mend() -> None:
    """Build a full-text table anew from the rows if it does not say what they say. (PostgreSQL keeps its index itself.)"""
    if engine_name() != "sqlite":
        return
    connection = db.session.connection()
    for name in _COLUMNS:
        try:
            # 1: compare with the rows, too
            connection.exec_driver_sql(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except sa.exc.DatabaseError:
            connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('rebuild')")  # noqa: S608


FULL_TEXT = Derived("full text", before=_mend)


def drop_ddl(dialect: str) -> Sequence[str]:
    """The way back, before the table is dropped. The extension stays: others may use it."""
    if dialect == "sqlite":
        triggers = [f"DROP TRIGGER IF EXISTS search_document_{when}" for when in ("insert", "delete", "update")]
        return (*triggers, *(f"DROP TABLE IF EXISTS {name}" for name in _COLUMNS), f"DROP VIEW IF EXISTS {_VIEW}")
    return (f"DROP INDEX IF EXISTS {_POSTGRESQL_INDEX}",)


def is_own(name: str) -> bool:
    """Is this table or index one of those made here (FTS5 adds shadow tables of its own)?"""
    return name == _POSTGRESQL_INDEX or name.startswith(tuple(_COLUMNS))


def missing(connection: sa.Connection) -> list[str]:
    """What `ddl` makes and this database does not have as it should be: batch migrations drop triggers silently."""
    if connection.dialect.name == "sqlite":
        known = {row[0] for row in connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
        return [statement for statement in ddl("sqlite") if statement not in known]
    names = set(connection.scalars(sa.text("SELECT indexname FROM pg_indexes WHERE tablename = 'search_document'")))
    return [] if _POSTGRESQL_INDEX in names else [_POSTGRESQL_INDEX]


def _triggers() -> Sequence[str]:
    add = " ".join(_add(name, columns) for name, columns in _COLUMNS.items())
    take = " ".join(_take(name, columns) for name, columns in _COLUMNS.items())
    return (
        f"CREATE TRIGGER search_document_insert AFTER INSERT ON search_document BEGIN {add} END",
        f"CREATE TRIGGER search_document_delete AFTER DELETE ON search_document BEGIN {take} END",
        "CREATE TRIGGER search_document_update AFTER UPDATE OF id, fold, skeleton, alias ON search_document"
        f" BEGIN {take} {add} END",
    )


def _add(name: str, columns: Mapping[str, str]) -> str:
    values = ", ".join(value.format("new.") for value in columns.values())
    return f"INSERT INTO {name}(rowid, {', '.join(columns)}) VALUES (new.id, {values});"  # noqa: S608


def _take(name: str, columns: Mapping[str, str]) -> str:
    values = ", ".join(value.format("old.") for value in columns.values())
    return f"INSERT INTO {name}({name}, rowid, {', '.join(columns)}) VALUES ('delete', old.id, {values});"  # noqa: S608


@event.listens_for(table(SearchDocument), "after_create")
def _create(documents: sa.Table, connection: sa.Connection, **options: object) -> None:
    for statement in ddl(connection.dialect.name):
        connection.exec_driver_sql(statement)


@event.listens_for(table(SearchDocument), "before_drop")
def _drop(documents: sa.Table, connection: sa.Connection, **options: object) -> None:
    for statement in drop_ddl(connection.dialect.name):
        connection.exec_driver_sql(statement)


migrations.leave_to(sys.modules[__name__])

"""Restoring a backup, whole or not at all.

The pictures come first: their names say what they hold, so a second try only puts them again. Then everything else is
one transaction, from the schema of the backup to that of this code.
"""

from pathlib import Path

import sqlalchemy as sa

from portal.ground import migrations
from portal.ground.backup import rows
from portal.ground.backup.archive import Archive, BackupError, opened
from portal.ground.backup.making import Store
from portal.ground.config import Config


def restore(config: Config, source: Path, store: Store, revision: str = "head") -> dict[str, int]:
    """Fill an empty database and the media; returns rows per table, as they were backed up.

    The database may be without a table. It is brought to the revision of the backup, filled, and brought to the newest
    one (or to `revision`). Raises BackupError, with database as it was, when anything is not as it should be.
    """
    with opened(source) as archive:
        if not migrations.is_known(archive.revision):
            raise BackupError(f"The backup is of revision {archive.revision}, which this code does not know.")
        with migrations.opened(config) as connection:
            _refuse_unless_empty(connection)
        for key in archive.media_keys:
            store.put(key, archive.part(f"media/{key}").read())
        try:
            _all_at_once(config, archive, revision)
        except migrations.SchemaError as error:
            raise BackupError(str(error)) from error
        return archive.counts


def _all_at_once(config: Config, archive: Archive, revision: str) -> None:
    with migrations.opened(config) as connection:
        _refuse_unless_empty(connection)
        migrations.bring(connection, archive.revision)
        _fill(connection, archive)
        migrations.bring(connection, revision)  # forgets the version of the data that the backup holds


def _refuse_unless_empty(connection: sa.Connection) -> None:
    filled = [
        table.name
        for table in rows.stored_tables(connection)
        if table.name not in rows.BROUGHT
        and connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first()
    ]
    if filled:
        raise BackupError("The database is not empty: " + ", ".join(filled[:5]))


def _fill(connection: sa.Connection, archive: Archive) -> None:
    tables = rows.stored_tables(connection)
    names = {table.name for table in tables}
    for name in archive.counts.keys() ^ names:
        holds = "lacks" if name in names else "holds"
        raise BackupError(f"The backup {holds} the table {name}, other than a database of its revision.")
    for table in reversed(tables):
        if table.name in rows.BROUGHT:
            connection.execute(sa.delete(table))
    for table in tables:
        _load(connection, table, archive)
    rows.set_sequences(connection, tables)


def _load(connection: sa.Connection, table: sa.Table, archive: Archive) -> None:
    try:
        number = rows.load(connection, table, archive.part(f"tables/{table.name}.jsonl"), archive.form(table.name))
    except (ValueError, TypeError, KeyError, sa.exc.StatementError) as error:
        raise BackupError(f"The rows of {table.name} do not fit its columns.") from error
    if number != archive.counts[table.name]:
        raise BackupError(
            f"{table.name} has {number} rows in the backup, its manifest says {archive.counts[table.name]}."
        )

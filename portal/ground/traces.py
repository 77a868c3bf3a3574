"""Words of deleted rows in the files of SQLite.

`secure_delete` overwrites them where they stood. The log of writes still holds the pages as they were, until it is copied
and cut: at once, after an erasure. What SQLite leaves in the gaps of a page when it moves rows goes only when the file is
written anew: in the night after an erasure. PostgreSQL tidies up by itself (VACUUM).
"""

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection

from portal.ground import clock
from portal.ground.config import CONFIG
from portal.ground.db import after_commit, db, transaction
from portal.ground.migrations import Note, take_note

ERASED = "erased_at"  # the note that somebody was erased since the file was written anew


def erase_from_files() -> None:
    """Once the running use-case is committed, its deleted words are gone from the log; the file follows at night.

    Somebody who reads at that moment keeps the log in use: the tidying of every hour cuts it again.
    """
    if CONFIG.get().is_sqlite:
        take_note(db.session.connection(), ERASED, clock.now().isoformat())
        after_commit(cut_log)


def cut_log() -> None:
    """Copy the log of SQLite into the database and cut it to nothing, unless somebody still needs it."""
    if not CONFIG.get().is_sqlite:
        return
    with db.engine.connect() as connection:
        _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def write_anew() -> bool:
    """Write the file anew if somebody was erased since; was it? Writers wait for as long as it takes.

    It needs as much free disk as the file has. When it is refused (a writer was faster), the next night tries again.
    """
    if not CONFIG.get().is_sqlite:
        return False
    erased = db.session.scalar(sa.select(Note.value).where(Note.key == ERASED))
    db.session.rollback()
    if erased is None:
        return False
    with db.engine.connect() as connection:
        driver = _driver(connection)
        driver.execute("PRAGMA query_only=OFF")
        try:
            driver.execute("VACUUM")
        finally:
            driver.execute("PRAGMA query_only=ON")
    with transaction() as session:  # an erasure meanwhile has left another note
        session.execute(sa.delete(Note).where(Note.key == ERASED, Note.value == erased))
        after_commit(cut_log)
    return True


def _driver(connection: sa.Connection) -> DBAPIConnection:
    """The connection itself: what is done with it is in no transaction."""
    driver: DBAPIConnection | None = connection.connection.driver_connection
    assert driver is not None
    connection.info["writes"] = None  # whoever has the connection next says again whether it writes
    return driver

"""A small write beside what the request does, such as when somebody was last here."""

import logging

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from portal.ground.config import CONFIG
from portal.ground.db import db, in_transaction, write_lock
from portal.ground.errors import Busy

log = logging.getLogger(__name__)

PATIENCE = 20  # milliseconds for a row that somebody else holds (PostgreSQL)


def note(statement: sa.Update) -> None:
    """Write, at once and on a connection of its own, something on which no use-case decides: also within a GET.

    A page must be the same with it and without. It waits for nobody: what cannot be written now is left to the next
    request, and a database that takes no writes is no reason to show no page.
    """
    if in_transaction():
        return
    try:
        with write_lock(wait=0), db.engine.connect() as connection:
            _write(connection.execution_options(access="write"), statement)
    except (Busy, SQLAlchemyError, OSError) as error:
        log.info("not noted", extra={"error": type(error).__name__})


def _write(connection: sa.Connection, statement: sa.Update) -> None:
    with connection.begin():
        if not CONFIG.get().is_sqlite:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE}")
        connection.execute(statement)

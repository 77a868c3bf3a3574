"""Rows under lock: how a use-case takes one, and which the running transaction holds (read so in it, or made by it).

SQLite has no lock of a row (its write lock is that of the whole database), so a forgotten FOR UPDATE shows only under
load on PostgreSQL. Noted here, it shows in every test on both.
"""

from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapper, QueryContext

from portal.ground.db import Base, db, in_transaction, pending

Row = TypeVar("Row", bound=Base)


def locked(model: type[Row], number: int) -> Row:
    """The row as it is now, kept from others until the end of the running transaction. NoResultFound when it is gone."""
    return db.session.get_one(model, number, with_for_update=True, populate_existing=True)


def locked_if_there(model: type[Row], number: int) -> Row | None:
    """The same, or None when the row is gone."""
    return db.session.get(model, number, with_for_update=True, populate_existing=True)


def watch(model: type[Base]) -> None:
    """Note from now on which rows of this model a transaction holds."""
    if not event.contains(model, "load", _loaded):
        event.listen(model, "load", _loaded)
        event.listen(model, "refresh", _refreshed)
        event.listen(model, "after_insert", _inserted)


def is_held(row: Base) -> bool:
    """Does the running transaction hold this row of a watched model, as it stands in the database now?"""
    return in_transaction() and any(row is one for one in pending("held"))


def _loaded(row: Base, context: QueryContext | None) -> None:
    if context is not None and context.session.info.get("writing") and _locks(context, sa.inspect(row).mapper):
        pending("held").append(row)


def _refreshed(row: Base, context: QueryContext | None, names: object) -> None:
    _loaded(row, context)


def _inserted(mapper: Mapper[Base], connection: sa.Connection, row: Base) -> None:
    if db.session().info.get("writing"):
        pending("held").append(row)


def _locks(context: QueryContext, mapper: Mapper[Base]) -> bool:
    """Has the statement FOR UPDATE, and for this table (`of` names some of those that it joins)?"""
    lock = getattr(context.query, "_for_update_arg", None)
    if lock is None or lock.read:
        return False
    tables = [getattr(part, "table", part)._deannotate() for part in lock.of or ()]
    return not tables or mapper.local_table in tables

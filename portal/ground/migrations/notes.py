"""What a database says about itself: one row for each thing, written by the commands that change the whole."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground.db import Model

RUNS_WITH = "runs_with"  # the revisions whose code runs on this schema, separated by blanks


class Note(Model):
    """A thing that the database knows about itself."""

    __tablename__ = "database_note"
    key: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    value: Mapped[str] = mapped_column(sa.Text)


def note(connection: sa.Connection, key: str) -> str:
    """What the database says; empty when it says nothing, or has no place for it yet."""
    if not sa.inspect(connection).has_table(Note.__tablename__):
        return ""
    return connection.scalar(sa.select(Note.value).where(Note.key == key)) or ""


def take_note(connection: sa.Connection, key: str, value: str) -> None:
    """Let the database say this, if it has a place for it. Inside a transaction that writes."""
    if sa.inspect(connection).has_table(Note.__tablename__):
        connection.execute(sa.delete(Note).where(Note.key == key))
        connection.execute(sa.insert(Note).values(key=key, value=value))

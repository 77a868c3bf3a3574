"""The rows of roles: what a person may do, in the whole portal, for an organisation, in a network."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.authz import Actor, Portal
from portal.ground.db import UtcDateTime


class RoleRow:
    """A role of a person: granted and ended, by whom and when, and never edited.

    A model adds what the role is in, the CHECK of its names, and `one_open` over what must not be held twice.
    """

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(sa.String(16))
    granted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    granted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)

    @hybrid_property
    def is_open(self) -> bool:
        """Does it still give rights?"""
        return self.ended_at is None

    @is_open.inplace.expression
    @classmethod
    def _is_open(cls) -> sa.ColumnElement[bool]:
        return cls.ended_at.is_(None)

    def end(self, *, by: Actor | Portal) -> None:
        """It gives no rights from now on (inside a transaction, under lock)."""
        self.ended_at, self.ended_by = clock.now(), by.id


def one_open(name: str, *columns: str) -> sa.Index:
    """The same role is held once at a time, by all that these columns say."""
    still = sa.text("ended_at IS NULL")
    return sa.Index(name, *columns, unique=True, sqlite_where=still, postgresql_where=still)

"""Whoever keeps searches, the searches, and which organisations of the directory are other than before."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground import clock
from portal.ground.bitmaps import NOTHING, packed
from portal.ground.db import UNSEEN, Model, UtcDateTime
from portal.ground.mailboxes import Addressed

NOBODY = packed(NOTHING)


class Reader(Addressed, Model):
    """A mailbox that searches are kept for, whether it has an account or not. Links in its mails lead here."""

    __tablename__ = "search_reader"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(320), unique=True)  # the key
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)  # when searches came or went

    __table_args__ = UNSEEN


class SavedSearch(Model):
    """A search that was kept. What it looks for never changes: another search is another row.

    `told` are the numbers of the organisations that it found when it was kept, and of all that its mails have named since.
    """

    __tablename__ = "saved_search"
    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(sa.ForeignKey("search_reader.id", ondelete="CASCADE"))
    filters: Mapped[str] = mapped_column(sa.String(4000))  # see `searches.Search.stored`
    digest: Mapped[str] = mapped_column(sa.String(64))
    locale: Mapped[str] = mapped_column(sa.String(2))  # of its mails, where no account says another
    frequency: Mapped[str] = mapped_column(sa.String(12))
    saved_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # NULL: nobody has opened the link yet
    looked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    letters: Mapped[int] = mapped_column(default=0)  # so many mails were queued
    told: Mapped[bytes] = mapped_column(sa.LargeBinary, default=NOBODY, deferred=True)

    reader: Mapped[Reader] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("frequency IN ('immediate', 'weekly', 'never')", name="frequency"),
        sa.CheckConstraint("letters >= 0", name="letters"),
        sa.UniqueConstraint("reader_id", "digest", name="uq_saved_search_reader_id_digest"),
        sa.Index("ix_saved_search_frequency", "frequency", "id"),
        UNSEEN,
    )


class DirectoryNews(Model):
    """An organisation of the directory that is other than before, and since when: only these are looked at for mails.

    Written in the transaction that changes the organisation; a number of one that is gone says nothing.
    """

    __tablename__ = "directory_news"
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = UNSEEN

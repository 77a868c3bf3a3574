"""The directory as it is read: rows in its order, and what facets count with."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground.db import Model

ASIDE = "dormant"  # in the place of a theme: what only who asks for it is shown


class Listing(Model):
    """A published organisation in the directory: one row under the empty theme and one under each of its themes.

    One that is out of the list (dormant) has a single row under ASIDE.

    Each index holds a whole list in its order, with everything a filter asks, so a page of the directory reads no more
    than its own rows, whatever was chosen.
    """

    __tablename__ = "organisation_listing"
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    theme: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    region: Mapped[str] = mapped_column(sa.String(10))
    informal: Mapped[bool]
    sort_pl: Mapped[bytes] = mapped_column(sa.LargeBinary(1000))
    sort_bg: Mapped[bytes] = mapped_column(sa.LargeBinary(1000))
    sort_en: Mapped[bytes] = mapped_column(sa.LargeBinary(1000))

    __table_args__ = (
        sa.Index("ix_organisation_listing_pl", "theme", "sort_pl", "organisation_id", "region", "informal"),
        sa.Index("ix_organisation_listing_bg", "theme", "sort_bg", "organisation_id", "region", "informal"),
        sa.Index("ix_organisation_listing_en", "theme", "sort_en", "organisation_id", "region", "informal"),
    )


class DirectoryTerms(Model):
    """What the facets of the directory say of a public organisation: `theme:5 region:PL-10 …`, each once."""

    __tablename__ = "directory_terms"
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    terms: Mapped[str] = mapped_column(sa.Text)


class DirectoryChange(Model):
    """A difference of `DirectoryTerms` that the bitmaps do not have yet. Only added; whoever merges it takes it away.

    Differences of one organisation stand in the order in which they happened, since each was made under its lock.
    """

    __tablename__ = "directory_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int]
    added: Mapped[str] = mapped_column(sa.Text)
    removed: Mapped[str] = mapped_column(sa.Text)
    token: Mapped[str] = mapped_column(sa.String(16))  # random: no other difference has it
    listed: Mapped[int]  # 1: it is in the directory now, -1: no longer, 0: it was and is


class DirectoryBitmap(Model):
    """The organisations that have a term, as `ground.bitmaps.packed` stores a set of their numbers."""

    __tablename__ = "directory_bitmap"
    term: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    numbers: Mapped[bytes] = mapped_column(sa.LargeBinary)


class DirectoryMark(Model):
    """One row: which bitmaps these are (`value` is random and anew with each merge), and how many organisations they list."""

    __tablename__ = "directory_mark"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(sa.String(32))
    listed: Mapped[int]

    __table_args__ = (sa.CheckConstraint("id = 1", name="one"),)

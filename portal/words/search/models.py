"""The index: one row per public thing, with the words of all its languages."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground.db import Model
from portal.words.i18n import LazyString, Localized, LocalizedText

STEP = 16  # one more kind than there can be


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be found: `code` is stored, `label` names all of them above a list.

    `number` (1 to 15) is part of stored ids: a kind keeps its number, and no other gets it later.
    """

    code: str
    number: int
    label: LazyString

    def document_id(self, object_id: int) -> int:
        """Kind and object in one number, so that the full-text tables alone can tell which object was hit."""
        return object_id * STEP + self.number


_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class SearchDocument(Model):
    """What search knows of one object. Words stand between two spaces, so three characters can say where one starts."""

    __tablename__ = "search_document"
    id: Mapped[int] = mapped_column(_ID, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.String(20))
    object_id: Mapped[int]
    url: Mapped[str] = mapped_column(sa.String(200))  # path without the language: "organisations/slug"
    title: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)
    fold: Mapped[str] = mapped_column(sa.Text)
    skeleton: Mapped[str] = mapped_column(sa.Text)
    alias: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = (sa.UniqueConstraint("kind", "object_id", name="uq_search_document_kind_object_id"),)


class SearchOrder(Model):
    """Where a document stands in a list of each language: a table of its own, so narrow that sorting a thousand hits
    reads few pages."""

    __tablename__ = "search_order"
    id: Mapped[int] = mapped_column(
        _ID, sa.ForeignKey("search_document.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sort_pl: Mapped[bytes] = mapped_column(sa.LargeBinary(400))
    sort_bg: Mapped[bytes] = mapped_column(sa.LargeBinary(400))
    sort_en: Mapped[bytes] = mapped_column(sa.LargeBinary(400))

    __table_args__ = (
        sa.Index("ix_search_order_pl", "sort_pl", "id"),
        sa.Index("ix_search_order_bg", "sort_bg", "id"),
        sa.Index("ix_search_order_en", "sort_en", "id"),
    )

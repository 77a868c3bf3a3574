"""The index: one row per public thing, with the words of all its languages."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Model
from portal.core.i18n import Localized, LocalizedText

# A kind's number is part of stored ids: append, never reorder, at most 15.
KINDS = ("organisation", "network", "event", "post", "page", "project", "cause", "grant")
_STEP = 16


def document_id(kind: str, object_id: int) -> int:
    """Kind and object in one number, so that the full-text tables alone can tell which object was hit."""
    return object_id * _STEP + kind_number(kind)


def kind_number(kind: str) -> int:
    return KINDS.index(kind) + 1


class SearchDocument(Model):
    """What search knows of one object. Words stand between two spaces, so three characters can say where one starts."""

    __tablename__ = "search_document"
    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(sa.String(20))
    object_id: Mapped[int]
    url: Mapped[str] = mapped_column(sa.String(200))  # path without the language: "organisations/slug"
    title: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)
    fold: Mapped[str] = mapped_column(sa.Text)
    skeleton: Mapped[str] = mapped_column(sa.Text)
    alias: Mapped[str] = mapped_column(sa.Text)
    sort_pl: Mapped[bytes] = mapped_column(sa.LargeBinary(1000))
    sort_bg: Mapped[bytes] = mapped_column(sa.LargeBinary(1000))
    sort_en: Mapped[bytes] = mapped_column(sa.LargeBinary(1000))

    __table_args__ = (
        sa.UniqueConstraint("kind", "object_id", name="uq_search_document_kind_object_id"),
        sa.Index("ix_search_document_sort_pl", "sort_pl", "id"),
        sa.Index("ix_search_document_sort_bg", "sort_bg", "id"),
        sa.Index("ix_search_document_sort_en", "sort_en", "id"),
    )

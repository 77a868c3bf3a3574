"""Documents, and whose they are."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.face.media import File
from portal.ground.db import Model, Timestamps
from portal.organisations.models import Organisation, Visibility
from portal.words.i18n import Localized, LocalizedText


class DocumentKind(StrEnum):
    """What a document is."""

    STATUTE = "statute"
    ANNUAL_REPORT = "annual-report"
    FINANCIAL_REPORT = "financial-report"
    CHILD_PROTECTION = "child-protection"
    PRIVACY = "privacy"
    ACCESSIBILITY = "accessibility"
    EASY_READ = "easy-read"
    LOGO_PACK = "logo-pack"
    CONSENT_FORM = "consent-form"
    EXPERT_OPINION = "expert-opinion"
    PUBLICATION = "publication"
    REPORT = "report"
    OTHER = "other"


class Document(Timestamps, Model):
    """A PDF, and what is said about it. Without a title its kind is what it is called."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[Localized] = mapped_column(LocalizedText)
    language: Mapped[str] = mapped_column(sa.String(8))  # that the document is written in, of the list of languages
    year: Mapped[int | None]  # that it is about or from
    visibility: Mapped[str] = mapped_column(sa.String(12))
    row_version: Mapped[int] = mapped_column(default=1)

    file: Mapped[File] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint(f"kind IN ({', '.join(repr(str(one)) for one in DocumentKind)})", name="kind"),
        sa.CheckConstraint(f"visibility IN ({', '.join(repr(str(one)) for one in Visibility)})", name="visibility"),
        sa.CheckConstraint("language <> ''", name="language"),
    )


class OrganisationDocument(Model):
    """A document of an organisation."""

    __tablename__ = "organisation_document"
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)

    document: Mapped[Document] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

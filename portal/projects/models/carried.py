"""What a card carries besides its texts: documents, photos, and the logos of who pays."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.documents.models import Document
from portal.face.media import File
from portal.ground.db import Model, Timestamps
from portal.projects.models.projects import Project
from portal.words.i18n import Localized, LocalizedText


class ProjectDocument(Model):
    """A document of a project: public with its card, or for those alone who look after the project."""

    __tablename__ = "project_document"
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), index=True)

    document: Mapped[Document] = relationship(lazy="raise_on_sql")
    project: Mapped[Project] = relationship(lazy="raise_on_sql")


class PictureKind(StrEnum):
    """What a picture of a card is: the vocabulary `picture_kind`."""

    PHOTO = "photo"
    LOGO = "logo"


class PictureConsent(StrEnum):
    """Why the people on a photo may be shown: the vocabulary `picture_consent`."""

    AGREED = "agreed"
    NOBODY = "nobody"


class ProjectPicture(Timestamps, Model):
    """A photo of what a project did, or the logo of a funder. `alt` says what it shows to whoever does not see it."""

    __tablename__ = "project_picture"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(8))
    consent: Mapped[str] = mapped_column(sa.String(8), default="")
    alt: Mapped[Localized] = mapped_column(LocalizedText)
    caption: Mapped[Localized] = mapped_column(LocalizedText)
    author: Mapped[str] = mapped_column(sa.String(120), default="")
    row_version: Mapped[int] = mapped_column(default=1)

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    file: Mapped[File] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("kind IN ('photo', 'logo')", name="kind"),
        sa.CheckConstraint("consent IN ('', 'agreed', 'nobody')", name="consent"),
        # Nobody is shown without having been asked; a logo shows nobody.
        sa.CheckConstraint("(kind = 'photo') = (consent <> '')", name="asked"),
    )

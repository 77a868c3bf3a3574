"""The file that shows that a record is true: a list of attendance, minutes. It is for those who look after the project."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.face.media import File
from portal.ground.db import Model
from portal.projects.models import Record


class RecordEvidence(Model):
    """The one file of a record: a PDF, or a page that was photographed. What it was called may name people: it is not kept."""

    __tablename__ = "project_record_evidence"
    record_id: Mapped[int] = mapped_column(
        sa.ForeignKey("project_record.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)

    record: Mapped[Record] = relationship(lazy="raise_on_sql")
    file: Mapped[File] = relationship(lazy="raise_on_sql")

"""Posts of organisations and networks."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.face.media import File
from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.membership.models import Network
from portal.organisations.models import Organisation
from portal.words.i18n import Localized, LocalizedText, _l
from portal.words.search import Kind

KIND = Kind("post", 4, _l("News"))


class PostStatus(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"


class Post(Timestamps, Model):
    """A piece of news: of an organisation or of a network, never of both."""

    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"))
    network_id: Mapped[int | None] = mapped_column(sa.ForeignKey("network.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    status: Mapped[str] = mapped_column(sa.String(12), default=PostStatus.DRAFT)
    category: Mapped[str] = mapped_column(sa.String(16), default="news")
    title: Mapped[Localized] = mapped_column(LocalizedText)
    lead: Mapped[Localized] = mapped_column(LocalizedText)
    body: Mapped[Localized] = mapped_column(LocalizedText)  # clean HTML in each language
    cover_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id", ondelete="SET NULL"), index=True)
    cover_alt: Mapped[Localized | None] = mapped_column(LocalizedText)
    publish_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # when it is (to be) public
    row_version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    network: Mapped[Network | None] = relationship(lazy="raise_on_sql")
    author: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    cover: Mapped[File | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("status IN ('draft', 'scheduled', 'published', 'unpublished')", name="status"),
        sa.CheckConstraint("(organisation_id IS NULL) <> (network_id IS NULL)", name="one_publisher"),
        sa.CheckConstraint("status NOT IN ('scheduled', 'published') OR publish_at IS NOT NULL", name="dated"),
        sa.Index("ix_post_status_publish", "status", "publish_at", "id"),
        sa.Index("ix_post_publish", "publish_at", "id"),
        sa.Index("ix_post_organisation", "organisation_id", "status", "publish_at"),
        sa.Index("ix_post_network", "network_id", "status", "publish_at"),
    )

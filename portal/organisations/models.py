"""Organisations, their people and their numbers in registers."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Model, Timestamps, UtcDateTime
from portal.core.i18n import Localized, LocalizedText
from portal.core.media import File


class OrganisationStatus(StrEnum):
    DRAFT = "draft"
    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    SUSPENDED = "suspended"


class Role(StrEnum):
    """What a person does for an organisation."""

    OWNER = "owner"
    EDITOR = "editor"
    AUTHOR = "author"
    TRANSLATOR = "translator"
    REPRESENTATIVE = "representative"


class Organisation(Timestamps, Model):
    """A registered organisation or an informal group, with its public profile."""

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    status: Mapped[str] = mapped_column(sa.String(12), default=OrganisationStatus.DRAFT)
    country: Mapped[str] = mapped_column(sa.String(2))
    legal_form: Mapped[str] = mapped_column(sa.String(40))
    informal: Mapped[bool] = mapped_column(default=False)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)
    description: Mapped[Localized] = mapped_column(LocalizedText)  # clean HTML in each language
    town: Mapped[str] = mapped_column(sa.String(120))
    region: Mapped[str] = mapped_column(sa.String(10))  # code of a voivodeship (PL-10) or an oblast (BG-24), ISO 3166-2
    founded_year: Mapped[int | None]
    website: Mapped[str] = mapped_column(sa.String(300), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(320), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(40), default="")
    contact_visibility: Mapped[str] = mapped_column(sa.String(12), default="public")
    logo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id", ondelete="SET NULL"), index=True)
    logo_alt: Mapped[Localized | None] = mapped_column(LocalizedText)
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    return_reason: Mapped[str] = mapped_column(sa.Text, default="")
    sort_pl: Mapped[bytes] = mapped_column(sa.LargeBinary(400))
    sort_bg: Mapped[bytes] = mapped_column(sa.LargeBinary(400))
    sort_en: Mapped[bytes] = mapped_column(sa.LargeBinary(400))
    row_version: Mapped[int] = mapped_column(default=1)

    logo: Mapped[File | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012
    __table_args__ = (
        sa.CheckConstraint("status IN ('draft', 'pending', 'published', 'hidden', 'suspended')", name="status"),
        sa.Index("ix_organisation_list_pl", "status", "sort_pl", "id"),
        sa.Index("ix_organisation_list_bg", "status", "sort_bg", "id"),
        sa.Index("ix_organisation_list_en", "status", "sort_en", "id"),
        sa.Index("ix_organisation_region_pl", "status", "region", "sort_pl", "id"),
        sa.Index("ix_organisation_region_bg", "status", "region", "sort_bg", "id"),
        sa.Index("ix_organisation_region_en", "status", "region", "sort_en", "id"),
    )


class OrganisationTheme(Model):
    """A field of work of an organisation."""

    __tablename__ = "organisation_theme"
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    theme: Mapped[str] = mapped_column(sa.String(20), primary_key=True)

    __table_args__ = (sa.Index("ix_organisation_theme_theme", "theme", "organisation_id"),)


class Identifier(Model):
    """A number of an organisation in a register, always with its scheme (org-id.guide)."""

    __tablename__ = "organisation_identifier"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    scheme: Mapped[str] = mapped_column(sa.String(12))  # PL-KRS, PL-NIP, PL-REGON, BG-EIK
    value: Mapped[str] = mapped_column(sa.String(20))

    __table_args__ = (sa.UniqueConstraint("scheme", "value", name="uq_organisation_identifier_scheme_value"),)


class OrganisationRole(Model):
    """What a person may do for an organisation: ended, never edited."""

    __tablename__ = "organisation_role"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(sa.String(16))
    granted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    granted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)

    __table_args__ = (
        sa.CheckConstraint("role IN ('owner', 'editor', 'author', 'translator', 'representative')", name="role"),
        sa.Index(
            "uq_organisation_role_open", "organisation_id", "person_id", "role", unique=True,
            sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )  # fmt: skip


class Invitation(Model):
    """Somebody was asked by mail to help with a profile."""

    __tablename__ = "organisation_invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(sa.String(320), index=True)
    role: Mapped[str] = mapped_column(sa.String(16))
    invited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    invited_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    accepted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class FacetCount(Model):
    """How many published organisations a facet has when nothing else is chosen: counted at writing, not at reading."""

    __tablename__ = "organisation_facet"
    facet: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    value: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)

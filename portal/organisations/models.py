"""Organisations, their people, their numbers in registers, and the directory as it is read."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.roles import RoleRow, one_open
from portal.face.media import File
from portal.ground import clock
from portal.ground.db import UNSEEN, Model, Timestamps, UtcDateTime
from portal.ground.mailboxes import Addressed
from portal.organisations import words
from portal.organisations.places import place_shown
from portal.words.i18n import LANGUAGES, Localized, LocalizedText, _l
from portal.words.search import Kind

KIND = Kind("organisation", 1, _l("Organisations"))


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


class ContactVisibility(StrEnum):
    """Who sees the e-mail address and the telephone number."""

    PUBLIC = "public"
    REGISTERED = "registered"
    PRIVATE = "private"


class Codes(sa.TypeDecorator[tuple[str, ...]]):
    """A few codes of a vocabulary in one column, in their order; a code has no space."""

    impl = sa.String(200)
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else " ".join(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(value.split())


class Organisation(Timestamps, Model):
    """A registered organisation or an informal group, with its public profile.

    `name.original` is the language of the whole profile: every text begins in it and is translated from it.
    """

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    status: Mapped[str] = mapped_column(sa.String(12), default=OrganisationStatus.DRAFT)
    country: Mapped[str] = mapped_column(sa.String(2))
    legal_form: Mapped[str] = mapped_column(sa.String(40))
    informal: Mapped[bool] = mapped_column(default=False)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)
    town: Mapped[str] = mapped_column(sa.String(120))
    region: Mapped[str] = mapped_column(sa.String(10))  # code of a voivodeship (PL-10) or an oblast (BG-24), ISO 3166-2
    themes: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())  # groups of ICNPO
    founded_year: Mapped[int | None]
    website: Mapped[str] = mapped_column(sa.String(300), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(320), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(40), default="")
    contact_visibility: Mapped[str] = mapped_column(sa.String(12), default=ContactVisibility.PUBLIC)
    logo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id", ondelete="SET NULL"), index=True)
    logo_alt: Mapped[Localized | None] = mapped_column(LocalizedText)  # none: the logo only decorates
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # for the first time
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # when its own people last saved the profile
    return_reason: Mapped[str] = mapped_column(sa.Text, default="")
    row_version: Mapped[int] = mapped_column(default=1)
    sort_pl: Mapped[bytes] = mapped_column(sa.LargeBinary(1000))
    sort_bg: Mapped[bytes] = mapped_column(sa.LargeBinary(1000))
    sort_en: Mapped[bytes] = mapped_column(sa.LargeBinary(1000))
    description: Mapped[Localized] = mapped_column(LocalizedText)  # clean HTML in each language; long, so it is last

    logo: Mapped[File | None] = relationship(lazy="raise_on_sql")

    @property
    def place(self) -> Markup:
        return place_shown(self.town, self.region)

    @property
    def kind(self) -> str:
        return words.kind(self.legal_form)

    @property
    def theme_labels(self) -> list[str]:
        return words.theme_labels(self.themes)

    @property
    def facts(self) -> list[words.Fact]:
        return words.dated_facts(self.confirmed_at)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the profile can be read in."""
        return words.languages_written(self.name, self.summary, self.description)

    @property
    def missing_languages(self) -> tuple[str, ...]:
        return tuple(language for language in LANGUAGES if language not in self.languages)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("status IN ('draft', 'pending', 'published', 'hidden', 'suspended')", name="status"),
        sa.CheckConstraint("country IN ('PL', 'BG')", name="country"),
        sa.CheckConstraint("contact_visibility IN ('public', 'registered', 'private')", name="contact_visibility"),
        sa.Index("ix_organisation_status", "status", "id"),
    )


class FormerSlug(Model):
    """An address that a profile had: it leads to the new one."""

    __tablename__ = "organisation_former_slug"
    slug: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    until: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)


class Listing(Model):
    """A published organisation in the directory: one row under the empty theme and one under each of its themes.

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


class ListingCount(Model):
    """How many rows of Listing a cell has. Counted at writing: every count of the directory is a sum of few cells."""

    __tablename__ = "organisation_listing_count"
    theme: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    region: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    informal: Mapped[bool] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("count >= 0", name="count"),)


class Identifier(Model):
    """A number of an organisation in a register, always with its scheme (org-id.guide)."""

    __tablename__ = "organisation_identifier"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    scheme: Mapped[str] = mapped_column(sa.String(12))  # PL-KRS, PL-NIP, PL-REGON, BG-EIK
    value: Mapped[str] = mapped_column(sa.String(20))

    __table_args__ = (
        sa.UniqueConstraint("scheme", "value", name="uq_organisation_identifier_scheme_value"),
        sa.UniqueConstraint("organisation_id", "scheme", name="uq_organisation_identifier_organisation_id_scheme"),
    )


class OrganisationRole(RoleRow, Model):
    """What a person may do for an organisation: ended, never edited."""

    __tablename__ = "organisation_role"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("role IN ('owner', 'editor', 'author', 'translator', 'representative')", name="role"),
        one_open("uq_organisation_role_open", "organisation_id", "person_id", "role"),
    )


class Invitation(Addressed, Model):
    """Somebody was asked by mail to help with a profile."""

    __tablename__ = "organisation_invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(sa.String(320), index=True)  # the key
    role: Mapped[str] = mapped_column(sa.String(16))
    invited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    invited_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    accepted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = UNSEEN

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

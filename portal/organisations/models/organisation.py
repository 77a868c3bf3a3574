"""Organisations, their people, and the directory as it is read."""

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
from portal.organisations.places import ZONE_OF, place_shown
from portal.words.i18n import LANGUAGES, Localized, LocalizedText, Shown, _l
from portal.words.search import Kind

KIND = Kind("organisation", 1, _l("Organisations"))


class OrganisationStatus(StrEnum):
    DRAFT = "draft"
    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    MERGED = "merged"


PUBLIC = (OrganisationStatus.PUBLISHED, OrganisationStatus.CLOSED)  # everybody sees the page of one that has ended, too


class Role(StrEnum):
    """What a person does for an organisation."""

    OWNER = "owner"
    EDITOR = "editor"
    AUTHOR = "author"
    TRANSLATOR = "translator"
    REPRESENTATIVE = "representative"


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
    iban: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")  # without spaces
    public_benefit: Mapped[bool] = mapped_column(
        default=False, server_default=sa.false()
    )  # takes 1.5 % of tax (Poland)
    tax_purpose: Mapped[str] = mapped_column(sa.String(100), default="", server_default="")  # what that is for
    contact_form: Mapped[bool] = mapped_column(default=True, server_default=sa.true())  # can anybody write to it here?
    # Contacts as 0.1.0 writes them while nodes are exchanged: empty, but for what `services.carry_contacts` takes over.
    contact_email: Mapped[str] = mapped_column(sa.String(320), default="", deferred=True)
    contact_phone: Mapped[str] = mapped_column(sa.String(40), default="", deferred=True)
    contact_visibility: Mapped[str] = mapped_column(sa.String(12), default="public", deferred=True)
    logo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id", ondelete="SET NULL"), index=True)
    logo_alt: Mapped[Localized | None] = mapped_column(LocalizedText)  # none: the logo only decorates
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # for the first time
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(
        UtcDateTime, index=True
    )  # when its own people last saved or confirmed it
    dormant_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # out of the list until it is confirmed
    closed_on: Mapped[dt.date | None]  # its last day
    closed_reason: Mapped[Localized | None] = mapped_column(LocalizedText)
    imported_from: Mapped[str] = mapped_column(sa.String(120), default="")  # until somebody of its own manages it
    return_reason: Mapped[str] = mapped_column(sa.Text, default="")
    # The profile that this one was merged into: never one that was merged itself, so an address leads on in one step.
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    released_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # its last owner gave it to the coordinators
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
    def zone(self) -> str:
        """The IANA zone in which it says when."""
        return ZONE_OF[self.country]

    @property
    def kind(self) -> str:
        return words.kind(self.legal_form)

    @property
    def theme_labels(self) -> list[str]:
        return words.theme_labels(self.themes)

    @property
    def facts(self) -> list[words.Fact]:
        return words.dated_facts(self.confirmed_at, self.dormant_since)

    @property
    def card_lines(self) -> Shown:
        """The beginning of the summary, for a card."""
        return words.two_lines(self.summary)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the profile can be read in."""
        return words.languages_written(self.name, self.summary, self.description)

    @property
    def missing_languages(self) -> tuple[str, ...]:
        return tuple(language for language in LANGUAGES if language not in self.languages)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('draft', 'pending', 'published', 'hidden', 'suspended', 'closed', 'merged')", name="status"
        ),
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


# How many rows of Listing a cell has, as 0.1.0 counted them: nothing reads or writes it since, and it goes with the release
# after this one.
EARLIER_COUNT = sa.Table(
    "organisation_listing_count",
    Model.metadata,
    sa.Column("theme", sa.String(20), primary_key=True),
    sa.Column("region", sa.String(10), primary_key=True),
    sa.Column("informal", sa.Boolean, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
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

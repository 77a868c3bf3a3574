"""What an organisation says of itself beside its columns: numbers in registers, terms of lists, links, other names."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground.db import Model
from portal.organisations.models.organisation import Organisation


def _of_today(name: str, *columns: str) -> sa.Index:
    """No two of the numbers that are not retired."""
    still = sa.text("NOT retired")
    return sa.Index(name, *columns, unique=True, sqlite_where=still, postgresql_where=still)


class Identifier(Model):
    """A number of an organisation in a register, always with its scheme (org-id.guide).

    A retired one came with a profile that was merged: it is found, and is nobody's number any more.
    """

    __tablename__ = "organisation_identifier"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    scheme: Mapped[str] = mapped_column(sa.String(12))  # PL-KRS, PL-NIP, PL-REGON, BG-EIK
    value: Mapped[str] = mapped_column(sa.String(20))
    retired: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    __table_args__ = (
        _of_today("uq_organisation_identifier_scheme_value", "scheme", "value"),
        _of_today("uq_organisation_identifier_organisation_id_scheme", "organisation_id", "scheme"),
    )


class Scheme(StrEnum):
    """Which list a term is from: a vocabulary of the portal or a classification that others keep."""

    SUBGROUP = "icnpo"
    ART4 = "art4"  # spheres of public tasks, art. 4(1) of the Polish act of 2003
    ART38 = "art38"  # purposes of public benefit, art. 38(1) of the Bulgarian act on non-profit legal entities
    SDG = "sdg"
    TARGET_GROUP = "target_group"
    SIZE = "size"
    SETTLEMENT_TYPE = "settlement_type"
    LANGUAGE = "language"  # spoken there
    VENUE_ACCESS = "venue_access"


class OrganisationTerm(Model):
    """One thing that an organisation says of itself by a code. The index holds whole lists, so the directory can count."""

    __tablename__ = "organisation_term"
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    scheme: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(24), primary_key=True)

    __table_args__ = (
        sa.CheckConstraint(
            "scheme IN ('icnpo', 'art4', 'art38', 'sdg', 'target_group', 'size', 'settlement_type', 'language',"
            " 'venue_access')",
            name="scheme",
        ),
        sa.Index("ix_organisation_term_code", "scheme", "code", "organisation_id"),
    )


class LinkKind(StrEnum):
    """What an address on the profile leads to."""

    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    YOUTUBE = "youtube"
    LINKEDIN = "linkedin"
    FEDIVERSE = "mastodon"
    DONATION = "donation"
    FUNDRAISER = "fundraiser"
    BIP = "bip"
    ACCESSIBILITY = "accessibility"


class Link(Model):
    """Where else an organisation is found: one address of each kind."""

    __tablename__ = "organisation_link"
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    url: Mapped[str] = mapped_column(sa.String(300))

    __table_args__ = (
        sa.CheckConstraint(
            "kind IN ('facebook', 'instagram', 'youtube', 'linkedin', 'mastodon', 'donation', 'fundraiser', 'bip',"
            " 'accessibility')",
            name="kind",
        ),
    )


class NameKind(StrEnum):
    """A name beside the official one, by which an organisation is found and never shown."""

    SHORT = "short"
    FORMER = "former"
    ALIAS = "alias"


class OtherName(Model):
    """How an organisation is called too, or was called until a year."""

    __tablename__ = "organisation_name"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    text: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(2), default="")  # empty: that of the profile, or none of ours
    until_year: Mapped[int | None]  # of a former name, where somebody knows

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        sa.CheckConstraint("kind IN ('short', 'former', 'alias')", name="kind"),
        sa.CheckConstraint("language IN ('', 'pl', 'bg', 'en')", name="language"),
        sa.CheckConstraint("until_year IS NULL OR kind = 'former'", name="until"),
    )

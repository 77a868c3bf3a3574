"""How an organisation is reached, and who stands on its profile."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.ground import clock
from portal.ground.db import Model, UtcDateTime
from portal.ground.mailboxes import Addressed
from portal.organisations.models.organisation import Organisation
from portal.words.i18n import Localized, LocalizedText


class Visibility(StrEnum):
    """Who sees a contact, from all to few (`nearness`)."""

    PUBLIC = "public"
    REGISTERED = "registered"
    NETWORK = "network"
    COORDINATORS = "coordinators"
    PRIVATE = "private"


class ContactKind(StrEnum):
    """What a contact is."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    OTHER = "other"


class Contact(Model):
    """One way to reach an organisation, in its order, and who sees it. `label` says in its words what it is for."""

    __tablename__ = "organisation_contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(sa.String(12))
    value: Mapped[str] = mapped_column(sa.String(320))
    label: Mapped[Localized | None] = mapped_column(LocalizedText)
    visibility: Mapped[str] = mapped_column(sa.String(12))
    position: Mapped[int]

    __table_args__ = (
        sa.CheckConstraint("kind IN ('email', 'phone', 'address', 'other')", name="kind"),
        sa.CheckConstraint(f"visibility IN ({', '.join(repr(str(one)) for one in Visibility)})", name="visibility"),
        sa.CheckConstraint("value <> ''", name="value"),
        sa.Index("ix_organisation_contact_organisation_id", "organisation_id", "position"),
    )


class ListedKind(StrEnum):
    """Why somebody stands on a profile."""

    BOARD = "board"
    CONTACT = "contact"


class ListedPerson(Addressed, Model):
    """Somebody on a profile: from when they agree by the link of a mail until `confirmed_until`, with their consent."""

    __tablename__ = "organisation_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(sa.String(12))
    name: Mapped[str] = mapped_column(sa.String(200))
    work: Mapped[Localized | None] = mapped_column(LocalizedText)  # what they do there
    email: Mapped[str] = mapped_column(sa.String(320), index=True)  # the key
    locale: Mapped[str] = mapped_column(sa.String(2))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    is_public: Mapped[bool]  # else only people with an account see it
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, index=True)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    consent_version: Mapped[int | None]
    consent_lang: Mapped[str | None] = mapped_column(sa.String(2))
    consent_hash: Mapped[str | None] = mapped_column(sa.String(64))

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    @property
    def is_shown(self) -> bool:
        """Does the profile show it today?"""
        return self.confirmed_until is not None and self.confirmed_until > clock.now()

    __table_args__ = (
        sa.CheckConstraint("kind IN ('board', 'contact')", name="kind"),
        sa.CheckConstraint("confirmed_until > confirmed_at", name="order"),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_until IS NULL) AND (confirmed_at IS NULL) = (consent_hash IS NULL)",
            name="consent",
        ),
        sa.UniqueConstraint("organisation_id", "email", name="uq_organisation_person_organisation_id_email"),
    )

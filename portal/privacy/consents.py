"""Consents: what a person has agreed to, in which words, since when and until when (GDPR, articles 6(1)(a) and 7).

Only what rests on nothing else is asked: a role, a membership or a place that is booked needs no consent. A row is never
edited: a consent is given, and withdrawn by a second date. What agreed words were, their hash says; the words of each
version stand in the code, and a test keeps words and version together.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from portal.ground import audit, clock
from portal.ground.appvar import AppVar
from portal.ground.authz import Actor
from portal.ground.db import Model, UtcDateTime, db, transaction
from portal.ground.errors import Conflict
from portal.ground.locks import locked_if_there
from portal.words.hyphens import JOINER
from portal.words.i18n import LazyString, Localized, _l, current_language


class Purpose(StrEnum):
    """The vocabulary `consent_purpose`, in its order."""

    NEWSLETTER = "newsletter"
    IMAGE = "image"
    PUBLIC_PROFILE = "public-profile"
    SHARING_NETWORK = "sharing-network"
    STATISTICS = "statistics"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What people agree to for a purpose. Other words are another `version`.

    `about` is the word before the number of the thing that it is about, and `named` says what the thing is called.
    """

    purpose: Purpose
    version: int
    words: LazyString
    about: str
    named: Callable[[int], Localized | None]


class Consent(Model):
    """What a person agreed to: `about` one thing, such as `network:3`."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(sa.String(30))
    about: Mapped[str] = mapped_column(sa.String(40))
    version: Mapped[int]
    lang: Mapped[str] = mapped_column(sa.String(2))
    words_hash: Mapped[str] = mapped_column(sa.String(64))
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.CheckConstraint(f"purpose IN ({', '.join(repr(str(one)) for one in Purpose)})", name="purpose"),
        sa.CheckConstraint("withdrawn_at >= given_at", name="order"),
        sa.Index(
            "uq_consent_given", "about", "purpose", "person_id", unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"), postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
    )  # fmt: skip


_TEXTS: AppVar[dict[Purpose, ConsentText]] = AppVar("consents")


def join_consents(app: Flask, texts: Sequence[ConsentText]) -> None:
    """Keep what the features ask; a purpose has one text."""
    known = {text.purpose: text for text in texts}
    if len(known) != len(texts):
        raise RuntimeError("Two texts for one purpose of consents")
    _TEXTS.set(app, known)


def text_of(purpose: Purpose | str) -> ConsentText:
    """What is asked for a purpose today. Raises KeyError for one that nobody asks."""
    return _TEXTS.get()[Purpose(purpose)]


def hash_of(words: str) -> str:
    """What is kept of the words that somebody agreed to; what only holds them on a line of a page is none of them."""
    return hashlib.sha256(words.replace(JOINER, "").encode()).hexdigest()


def standing(person_id: int, purpose: Purpose, about: str) -> Consent | None:
    """The consent that holds now, or None."""
    return db.session.scalar(
        sa.select(Consent).where(_of(person_id), _for(purpose, about), Consent.withdrawn_at.is_(None))
    )


def consents_of(person_id: int) -> list[Consent]:
    """Everything that a person ever agreed to, the latest first."""
    return list(db.session.scalars(sa.select(Consent).where(_of(person_id)).order_by(Consent.id.desc())))


def holds(person: InstrumentedAttribute[int], purpose: Purpose, about: str) -> sa.ColumnElement[bool]:
    """For a query over people: does this consent of the person hold now?"""
    given = sa.and_(Consent.person_id == person, _for(purpose, about), Consent.withdrawn_at.is_(None))
    return sa.select(Consent.id).where(given).exists()


def _of(person_id: int) -> sa.ColumnElement[bool]:
    return Consent.person_id == person_id


def _for(purpose: Purpose, about: str) -> sa.ColumnElement[bool]:
    return sa.and_(Consent.purpose == purpose, Consent.about == about)


def give(person: Actor, purpose: Purpose, number: int) -> None:
    """Note that a person agrees to the words of today, in the language of the moment. Twice is once.

    Inside the transaction of the service, which has locked the thing and asked who may.
    """
    text = text_of(purpose)
    about = f"{text.about}:{number}"
    if standing(person.id, purpose, about) is not None:
        return
    consent = Consent(
        person_id=person.id, purpose=purpose, about=about, version=text.version, lang=current_language(),
        words_hash=hash_of(str(text.words)), given_at=clock.now(),
    )  # fmt: skip
    db.session.add(consent)
    db.session.flush()
    audit.record("consent.given", consent, detail={"purpose": purpose, "about": about}, actor=person)


def withdraw(consent_id: int, *, by: Actor) -> None:
    """Whoever gave it takes it back; what it allowed ends with it. Raises Conflict when it is not theirs or is over."""
    with transaction():
        consent = locked_if_there(Consent, consent_id)
        if consent is None or consent.person_id != by.id or consent.withdrawn_at is not None:
            raise Conflict(_l("This consent is withdrawn already. Nothing has changed."))
        _end(consent)
        detail = {"purpose": consent.purpose, "about": consent.about}
        audit.record("consent.withdrawn", consent, detail=detail, actor=by)


def end_about(person_id: int, purpose: Purpose, number: int) -> None:
    """What the consent was given for is over, a role for example: the trail names that (inside a transaction)."""
    consent = standing(person_id, purpose, f"{text_of(purpose).about}:{number}")
    if consent is not None:
        _end(consent)


def _end(consent: Consent) -> None:
    consent.withdrawn_at = max(clock.now(), consent.given_at)  # a clock that was set back ends nothing before it began
    db.session.flush()

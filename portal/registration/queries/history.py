"""What was done to a registration, and by whom: the audit trail, for those who run the event."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events.models import ProgrammeSession
from portal.ground.audit import AuditDetail, AuditEntry
from portal.ground.db import db
from portal.registration.models import Registration
from portal.words.i18n import Localized

MOST = 100  # entries
# What the waiting lists and the clock do.
OF_ITSELF = ("registration.admitted", "registration.offered", "registration.offer_lapsed", "registration.released")


class Hand(StrEnum):
    """Whose act it was."""

    LINK = "link"  # whoever had the link of a mail, or the form, without an account
    OWN = "own"  # the person of the registration, signed in
    OTHER = "other"  # named, unless they have left
    PORTAL = "portal"  # the waiting lists


@dataclass(frozen=True, slots=True)
class Act:
    """One entry; `given_up` and `added` are workshops. `name` is empty for somebody who has left."""

    at: dt.datetime
    verb: str
    hand: Hand
    name: str
    given_up: Sequence[Localized]
    added: Sequence[Localized]


def acts_of(registration: Registration) -> list[Act]:
    """What was done, the latest first."""
    query = (
        sa.select(AuditEntry.at, AuditEntry.verb, AuditEntry.actor_id, AuditDetail.detail, Person.name)
        .outerjoin(AuditDetail, AuditDetail.number == AuditEntry.number)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.object_type == Registration.__tablename__, AuditEntry.object_id == registration.id)
        .order_by(AuditEntry.number.desc())
        .limit(MOST)
    )
    rows = [(row, _detail(row.detail)) for row in db.session.execute(query)]
    titles = _titles({number for _row, detail in rows for part in ("given_up", "added") for number in detail[part]})
    return [
        Act(
            row.at, row.verb, _hand(row.actor_id, row.verb, registration), row.name or "",
            list(_named(detail["given_up"], titles)), list(_named(detail["added"], titles)),
        )
        for row, detail in rows
    ]  # fmt: skip


def _detail(text: str | None) -> dict[str, list[int]]:
    """The workshops that an entry names; none where its detail has been deleted."""
    stored = json.loads(text) if text else {}
    return {part: stored.get(part) or [] for part in ("given_up", "added")}


def _hand(actor_id: int | None, verb: str, registration: Registration) -> Hand:
    if actor_id is None:
        return Hand.PORTAL if verb in OF_ITSELF else Hand.LINK
    return Hand.OWN if actor_id == registration.person_id else Hand.OTHER


def _titles(numbers: set[int]) -> dict[int, Localized]:
    if not numbers:
        return {}
    rows = db.session.execute(
        sa.select(ProgrammeSession.id, ProgrammeSession.title).where(ProgrammeSession.id.in_(numbers))
    )
    return {row[0]: row[1] for row in rows}


def _named(numbers: Sequence[int], titles: Mapping[int, Localized]) -> Iterator[Localized]:
    return (titles[number] for number in numbers if number in titles)

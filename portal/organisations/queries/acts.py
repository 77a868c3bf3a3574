"""Who did what to an organisation and to what is its own: the audit trail, for those whom it concerns."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from portal.accounts.models import Person, PortalRole
from portal.declaration import Acts, declared
from portal.ground.audit import AuditEntry
from portal.ground.db import db
from portal.organisations.models import Invitation, Organisation, OrganisationRole
from portal.words.i18n import Localized


class Side(StrEnum):
    """On which side somebody stood who did something."""

    OWN = "own"  # has or had a role in the organisation: named
    PORTAL = "portal"  # nobody: the portal itself
    TEAM = "team"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Act:
    """One entry. `name` is empty for whoever is named by their side alone, and for somebody who has left."""

    at: dt.datetime
    verb: str
    side: Side
    name: str
    about: Localized | None


OWN = (
    Acts(
        Organisation,
        lambda number: sa.select(Organisation.id).where(
            sa.or_(Organisation.id == number, Organisation.merged_into_id == number)
        ),
    ),
    Acts(Invitation, lambda number: sa.select(Invitation.id).where(Invitation.organisation_id == number)),
)


def _all() -> Sequence[Acts]:
    return [*OWN, *(acts for feature in declared() for acts in feature.acts)]


def _of(organisation: Organisation) -> sa.ColumnElement[bool]:
    kinds = (
        sa.and_(AuditEntry.object_type == acts.model.__tablename__, AuditEntry.object_id.in_(acts.of(organisation.id)))
        for acts in _all()
    )
    return sa.or_(*kinds)


def count_acts(organisation: Organisation) -> int:
    """How many entries `acts_of` has."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry).where(_of(organisation))) or 0


def acts_of(organisation: Organisation, *, offset: int, limit: int) -> list[Act]:
    """What was done, the latest first. Only people of the organisation are named; nobody's address is read."""
    query = sa.select(AuditEntry).where(_of(organisation)).order_by(AuditEntry.number.desc())
    entries = db.session.scalars(query.offset(offset).limit(limit)).all()
    actors = {entry.actor_id for entry in entries if entry.actor_id is not None}
    own = _numbers(OrganisationRole.person_id, actors, OrganisationRole.organisation_id == organisation.id)
    team = _numbers(PortalRole.person_id, actors)
    names = {
        row.id: row.name for row in db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(own)))
    }
    about = {
        (acts.model.__tablename__, number): name
        for acts in _all()
        for number, name in acts.names(
            [entry.object_id for entry in entries if entry.object_type == acts.model.__tablename__]
        ).items()
    }

    def side(number: int | None) -> Side:
        if number is None:
            return Side.PORTAL
        return Side.OWN if number in own else Side.TEAM if number in team else Side.NETWORK

    return [
        Act(
            entry.at, entry.verb, side(entry.actor_id), names.get(entry.actor_id or 0, ""),
            about.get((entry.object_type, entry.object_id)),
        )
        for entry in entries
    ]  # fmt: skip


def _numbers(column: sa.SQLColumnExpression[int], among: set[int], *where: sa.ColumnElement[bool]) -> set[int]:
    return set(db.session.scalars(sa.select(column).where(column.in_(among), *where)))

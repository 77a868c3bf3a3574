"""What waits for a coordinator or for the portal team. Nobody decides on an organisation in which they have a role."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.queries import administrators, is_administrator
from portal.ground import clock
from portal.ground.db import db
from portal.membership.models import WAITING, Membership, MembershipStatus, Network, NetworkRole, Review
from portal.membership.queries.people import coordinated_networks
from portal.organisations.models import Organisation, OrganisationRole
from portal.organisations.queries import roles_in

REPLY_WITHIN = dt.timedelta(days=14)  # what we tell applicants; a promise of the portal team, not a rule of law
Column: TypeAlias = sa.SQLColumnExpression[int] | sa.SQLColumnExpression[int | None]
PORTAL_ZONE = "Europe/Warsaw"  # of the portal team
MOST = 500  # rows of each kind that one person is shown


class TaskKind(StrEnum):
    PROFILE = "profiles"
    APPLICATION = "applications"
    ANSWER = "answers"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits. `is_mine` is false where the reader has a role in the organisation."""

    kind: TaskKind
    number: int
    organisation: Organisation
    network: Network | None
    since: dt.datetime
    is_mine: bool

    @property
    def reply_by(self) -> dt.datetime:
        return self.since + REPLY_WITHIN

    @property
    def zone(self) -> str:
        """Whose calendar days are counted."""
        return self.network.timezone if self.network else PORTAL_ZONE

    @property
    def days_left(self) -> int:
        """Calendar days until the answer is due; negative when it is late."""
        return (clock.in_zone(self.reply_by, self.zone).date() - clock.today(self.zone)).days


def has_free_coordinator(network_id: int | None, organisation_id: int) -> bool:
    """Is there a coordinator of the network without a role in the organisation?"""
    if network_id is None:
        return False
    return bool(db.session.scalar(sa.select(_free(sa.literal(network_id), sa.literal(organisation_id)))))


def deciders(network_id: int | None, organisation_id: int) -> Sequence[Person]:
    """Who may decide on this organisation: coordinators of the network without a role there, else the portal team
    without one."""
    free = db.session.scalars(
        sa.select(Person)
        .join(NetworkRole, NetworkRole.person_id == Person.id)
        .where(NetworkRole.network_id == network_id, NetworkRole.is_open)
        .where(~_has_role(NetworkRole.person_id, sa.literal(organisation_id)))
        .order_by(Person.id)
    ).all()
    return free or [person for person in administrators() if not roles_in(person, organisation_id)]


def tasks_of(person: Person) -> Sequence[Task]:
    """Everything that waits for a person, oldest first. Twin of `policies.may_decide`, but for the rows that are not
    theirs to decide: those are shown and say so."""
    networks = [network.id for network in coordinated_networks(person)]
    reviews = db.session.scalars(
        sa.select(Review)
        .where(Review.decided_at.is_(None), _for(person, networks, Review))
        .order_by(Review.requested_at, Review.id)
        .limit(MOST)
        .options(joinedload(Review.organisation), joinedload(Review.network))
    )
    applications = db.session.scalars(
        sa.select(Membership)
        .where(Membership.status.in_(WAITING), _for(person, networks, Membership))
        .order_by(Membership.applied_at, Membership.id)
        .limit(MOST)
        .options(joinedload(Membership.organisation), joinedload(Membership.network))
    )
    found = [_of_review(row, person) for row in reviews] + [_of_application(row, person) for row in applications]
    return sorted(found, key=lambda task: (task.since, task.kind, task.number))


def _of_review(row: Review, person: Person) -> Task:
    mine = not roles_in(person, row.organisation_id)
    return Task(TaskKind.PROFILE, row.id, row.organisation, row.network, row.requested_at, mine)


def _of_application(row: Membership, person: Person) -> Task:
    mine = not roles_in(person, row.organisation_id)
    kind = TaskKind.APPLICATION if row.status == MembershipStatus.SUBMITTED else TaskKind.ANSWER
    return Task(kind, row.id, row.organisation, row.network, row.applied_at, mine)


def _for(person: Person, networks: Sequence[int], table: type[Review] | type[Membership]) -> sa.ColumnElement[bool]:
    """Rows of the networks that a person coordinates; for the portal team those that no coordinator can decide."""
    theirs: sa.ColumnElement[bool] = table.network_id.in_(networks)
    if not is_administrator(person):
        return theirs
    return sa.or_(theirs, ~_free(table.network_id, table.organisation_id))


def _free(network_id: Column, organisation_id: Column) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        NetworkRole.network_id == network_id,
        NetworkRole.is_open,
        ~_has_role(NetworkRole.person_id, organisation_id),
    )


def _has_role(person_id: Column, organisation_id: Column) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        OrganisationRole.person_id == person_id,
        OrganisationRole.organisation_id == organisation_id,
        OrganisationRole.is_open,
    )

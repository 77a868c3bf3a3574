"""What waits for a coordinator or for the portal team. Nobody decides on an organisation in which they have a role."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.queries import administrators, is_administrator
from portal.ground import clock
from portal.ground.db import db
from portal.membership.fields import ZONES
from portal.membership.models import WAITING, Membership, MembershipStatus, Network, NetworkRole, Review
from portal.membership.queries.people import coordinated_networks
from portal.organisations.models import Organisation, OrganisationRole
from portal.organisations.queries import roles_in

REPLY_WITHIN = dt.timedelta(days=14)  # what we tell applicants; a promise of the portal team, not a rule of law
Column: TypeAlias = sa.SQLColumnExpression[int] | sa.SQLColumnExpression[int | None]
Waiting = TypeVar("Waiting", Review, Membership)
Row: TypeAlias = sa.Row[*tuple[Any, ...]]
Query = TypeVar("Query", bound=sa.Select[*tuple[Any, ...]])
PORTAL_ZONE = "Europe/Warsaw"  # of the portal team


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


def tasks_of(person: Person, kind: str = "", *, offset: int = 0, limit: int = 500) -> Sequence[Task]:
    """What waits for a person, of one kind or of all, oldest first: a part of the list. Twin of `policies.may_decide`, but
    for the rows that are not theirs to decide: those are shown and say so."""
    waiting = _waiting(person)
    listed = _oldest(sa.select(waiting), waiting).offset(offset).limit(limit)
    return _tasks(db.session.execute(listed.where(waiting.c.kind == kind) if kind else listed).all(), person)


def _oldest(query: Query, waiting: sa.Subquery) -> Query:
    return query.order_by(waiting.c.since, waiting.c.kind, waiting.c.number)


def _tasks(rows: Sequence[Row], person: Person) -> Sequence[Task]:
    reviews = _by_number(Review, [row.number for row in rows if row.kind == TaskKind.PROFILE])
    applications = _by_number(Membership, [row.number for row in rows if row.kind != TaskKind.PROFILE])
    found = [((reviews if row.kind == TaskKind.PROFILE else applications).get(row.number), row) for row in rows]
    return [_task(TaskKind(row.kind), one, row.since, person) for one, row in found if one is not None]


def task_counts(person: Person) -> Mapping[TaskKind, int]:
    """How many of each kind wait for a person."""
    waiting = _waiting(person)
    rows = db.session.execute(sa.select(waiting.c.kind, sa.func.count()).group_by(waiting.c.kind))
    return dict.fromkeys(TaskKind, 0) | {TaskKind(row[0]): row[1] for row in rows}


class Decidable(NamedTuple):
    """What a person may decide now: not those of organisations in which they have a role, nor unanswered questions.
    `late` are those by the calendar of their network (`Task.days_left` below 0), `first` the oldest of all."""

    all: int
    late: int
    first: Sequence[Task]


def decidable(person: Person, limit: int) -> Decidable:
    """How many, and the oldest of them."""
    waiting = _waiting(person)
    own = sa.select(OrganisationRole.organisation_id).where(
        OrganisationRole.person_id == person.id, OrganisationRole.is_open
    )
    zone = sa.func.coalesce(Network.timezone, PORTAL_ZONE)
    late = sa.case(*((zone == code, waiting.c.since < _late_before(code)) for code, _name in ZONES), else_=sa.false())
    number, number_late = sa.func.count().over(), sa.func.sum(sa.cast(late, sa.Integer)).over()
    counted = sa.select(number, number_late, waiting).outerjoin(Network, Network.id == waiting.c.network_id)
    counted = counted.where(waiting.c.kind != TaskKind.ANSWER, waiting.c.organisation_id.not_in(own))
    rows = db.session.execute(_oldest(counted, waiting).limit(limit)).all()
    return Decidable(rows[0][0], rows[0][1], _tasks(rows, person)) if rows else Decidable(0, 0, ())


def _late_before(zone: str) -> dt.datetime:
    """Whatever has waited since before this moment should have been answered by yesterday."""
    return clock.from_wall(dt.datetime.combine(clock.today(zone), dt.time.min), zone) - REPLY_WITHIN


def _waiting(person: Person) -> sa.Subquery:
    """(kind, number, organisation_id, since, network_id) of everything that waits for a person."""
    networks = [network.id for network in coordinated_networks(person)]
    asked = (Membership.status == MembershipStatus.MORE_INFO, str(TaskKind.ANSWER))
    kind = sa.case(asked, else_=str(TaskKind.APPLICATION))
    reviews = sa.select(
        sa.literal(str(TaskKind.PROFILE)).label("kind"), Review.id.label("number"), Review.organisation_id,
        Review.requested_at.label("since"), Review.network_id,
    ).where(Review.decided_at.is_(None), _for(person, networks, Review))  # fmt: skip
    applications = sa.select(
        kind, Membership.id, Membership.organisation_id, Membership.applied_at, Membership.network_id
    ).where(Membership.status.in_(WAITING), _for(person, networks, Membership))
    return sa.union_all(reviews, applications).subquery()


def _by_number(model: type[Waiting], numbers: Sequence[int]) -> Mapping[int, Waiting]:
    if not numbers:
        return {}
    whole = (joinedload(model.organisation), joinedload(model.network))
    rows = db.session.scalars(sa.select(model).where(model.id.in_(numbers)).options(*whole))
    return {row.id: row for row in rows}


def _task(kind: TaskKind, row: Review | Membership, since: dt.datetime, person: Person) -> Task:
    return Task(kind, row.id, row.organisation, row.network, since, not roles_in(person, row.organisation_id))


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

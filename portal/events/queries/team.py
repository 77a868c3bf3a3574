"""Who works on an event, and the events that a person works on."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator, open_roles
from portal.events.models import Event, EventRole, EventStatus
from portal.ground import clock
from portal.ground.db import db
from portal.ground.memo import remembered
from portal.membership.publishers import PUBLISHERS
from portal.membership.queries import coordinated_networks
from portal.organisations.queries import roles_anywhere


def roles_at_events(person: Person | None) -> Mapping[int, frozenset[str]]:
    """The open roles of a person, by event; asked for once a request."""
    if person is None:
        return {}
    number = person.id
    return remembered(("event roles", number), lambda: open_roles(number, EventRole, EventRole.event_id))


def team(event_id: int, *, ended: bool = False) -> Sequence[tuple[EventRole, Person]]:
    """The roles at an event with their people: those of today by role, or those that have ended, the last one first."""
    query = sa.select(EventRole, Person).join(Person, Person.id == EventRole.person_id)
    query = query.where(EventRole.event_id == event_id, ~EventRole.is_open if ended else EventRole.is_open)
    order = (EventRole.ended_at.desc(), EventRole.id) if ended else (EventRole.granted_at, EventRole.id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(*order))]


def team_role(slug: str, number: int) -> EventRole | None:
    """A role at the event with this address, by its number, with the event and its host."""
    query = sa.select(EventRole).join(EventRole.event).where(Event.slug == slug, EventRole.id == number)
    host = contains_eager(EventRole.event)
    return db.session.scalar(query.options(host.joinedload(Event.network), host.selectinload(Event.organisation)))


def worked_on_by(person: Person, *, offset: int = 0, limit: int = 200) -> Sequence[Event]:
    """The events on whose team a person is, drafts first, then by date from the latest: a part of the list."""
    query = sa.select(Event).where(_worked_on(person))
    query = query.options(joinedload(Event.network), selectinload(Event.organisation))
    query = query.order_by(Event.status != EventStatus.DRAFT, Event.starts_at.desc(), Event.id)
    return db.session.scalars(query.offset(offset).limit(limit)).all()


def number_worked_on_by(person: Person) -> int:
    """How many `worked_on_by` has in all."""
    return db.session.scalar(sa.select(sa.func.count(Event.id)).where(_worked_on(person))) or 0


def next_worked_on_by(person: Person, limit: int = 5) -> Sequence[Event]:
    """What somebody on a team is likely to work on: drafts and coming events, soonest first."""
    query = sa.select(Event).where(_own(person), Event.status != EventStatus.CANCELLED)
    query = query.where(Event.ends_at > clock.now()).order_by(Event.starts_at, Event.id)
    return db.session.scalars(query.limit(limit)).all()


def _worked_on(person: Person) -> sa.ColumnElement[bool]:
    return sa.true() if is_administrator(person) else _own(person)


def _own(person: Person) -> sa.ColumnElement[bool]:
    """By number, so that the indexes of hosts are used."""
    networks = [network.id for network in coordinated_networks(person)]
    organisations = [number for number, roles in roles_anywhere(person).items() if roles & PUBLISHERS]
    return sa.or_(
        Event.network_id.in_(networks), Event.organisation_id.in_(organisations), Event.id.in_(_roles_of(person.id))
    )


def _roles_of(person_id: int) -> sa.Select[int]:
    return sa.select(EventRole.event_id).where(EventRole.person_id == person_id, EventRole.is_open)


def open_roles_of(person_id: int) -> Sequence[EventRole]:
    """The roles of a person at events that have not ended."""
    query = sa.select(EventRole).where(EventRole.person_id == person_id, EventRole.is_open)
    return db.session.scalars(query.order_by(EventRole.id)).all()


def events_of_roles(numbers: Collection[int]) -> Sequence[Event]:
    """The events with these numbers, by date."""
    query = sa.select(Event).where(Event.id.in_(numbers)).order_by(Event.starts_at, Event.id)
    return db.session.scalars(query).all() if numbers else []

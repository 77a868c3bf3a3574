"""Reads of events."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import Person, PortalRole
from portal.events.models import Event, EventStatus
from portal.ground import clock
from portal.ground.db import db
from portal.ground.statements import table
from portal.membership.models import Membership, MembershipStatus, Network, NetworkRole
from portal.organisations.places import language_of_zone, town_text
from portal.words.i18n import Localized, Shown
from portal.words.search import Span

PUBLIC = (EventStatus.PUBLISHED, EventStatus.CANCELLED)


_BY_SLUG = sa.select(Event).where(Event.slug == sa.bindparam("slug")).options(joinedload(Event.network))


def by_slug(slug: str) -> Event | None:
    """The event with its network, in whatever state."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def find(number: int) -> Event | None:
    """The event with its network, by id."""
    return db.session.scalar(sa.select(Event).where(Event.id == number).options(joinedload(Event.network)))


def public_condition() -> sa.ColumnElement[bool]:
    """Was it ever published? What was once public stays so: a cancelled event says that it is cancelled."""
    return Event.status.in_(PUBLIC)


def visible_to(person: Person | None) -> sa.ColumnElement[bool]:
    """The twin of the permission to see an event, for lists."""
    if person is None:
        return public_condition()
    return sa.or_(public_condition(), _coordinated_by(person), _is_administrator(person))


def _coordinated_by(person: Person) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        NetworkRole.network_id == Event.network_id, NetworkRole.person_id == person.id, NetworkRole.is_open
    )


def _is_administrator(person: Person) -> sa.ColumnElement[bool]:
    return sa.exists().where(PortalRole.person_id == person.id, PortalRole.is_open)


def _listed(*, past: bool, network: str | None) -> sa.Select[Event]:
    query = sa.select(Event).join(Event.network).options(contains_eager(Event.network)).where(public_condition())
    query = query.where(Event.ends_at <= clock.now() if past else Event.ends_at > clock.now())
    return query.where(Network.slug == network) if network else query


def listed(*, past: bool, network: str | None, offset: int = 0, limit: int = 20) -> Sequence[Event]:
    """Public events: the coming ones from the next, the past ones from the last; `network` is a slug."""
    order = (Event.starts_at.desc(), Event.id.desc()) if past else (Event.starts_at, Event.id)
    return db.session.scalars(_listed(past=past, network=network).order_by(*order).offset(offset).limit(limit)).all()


def numbers_by_network(*, past: bool, among: Collection[int] | None = None) -> Mapping[int, int]:
    """How many events of this list each network has, or each of `among` (numbers of networks)."""
    in_time = Event.ends_at <= clock.now() if past else Event.ends_at > clock.now()
    number = sa.select(Event.network_id, sa.func.count()).where(public_condition(), in_time).group_by(Event.network_id)
    if among is not None:
        number = number.where(Event.network_id.in_(among))
    return {row[0]: row[1] for row in db.session.execute(number)}


class Coming(NamedTuple):
    """An event as a short list of the next ones shows it."""

    id: int
    slug: str
    title: Localized
    starts_at: dt.datetime
    ends_at: dt.datetime
    timezone: str
    town: str

    @property
    def town_text(self) -> Localized:
        return town_text(self.town, language_of_zone(self.timezone))


_event, _membership = table(Event), table(Membership)
_COMING = (
    sa.select(*(_event.c[name] for name in Coming._fields))
    .where(_event.c.status == EventStatus.PUBLISHED, _event.c.ends_at > sa.bindparam("now"))
    .order_by(_event.c.starts_at, _event.c.id)
    .limit(sa.bindparam("most"))
)
_COMING_OF_ORGANISATION = _COMING.where(
    sa.exists().where(
        _membership.c.network_id == _event.c.network_id,
        _membership.c.organisation_id == sa.bindparam("organisation"),
        _membership.c.status == MembershipStatus.ACTIVE,
    )
)
_COMING_OF_NETWORK = _COMING.where(_event.c.network_id == sa.bindparam("network"))


def upcoming(limit: int = 3) -> Sequence[Coming]:
    """The next events that take place, soonest first: for the home page."""
    return [Coming._make(row) for row in db.session.execute(_COMING, {"now": clock.now(), "most": limit})]


def upcoming_of_organisation(organisation_id: int, limit: int = 3) -> Sequence[Coming]:
    """The next events of the networks that the organisation is an active member of."""
    values = {"now": clock.now(), "most": limit, "organisation": organisation_id}
    return [Coming._make(row) for row in db.session.execute(_COMING_OF_ORGANISATION, values)]


def upcoming_of_network(network_id: int, limit: int = 3) -> Sequence[Coming]:
    """The next events of a network, soonest first."""
    values = {"now": clock.now(), "most": limit, "network": network_id}
    return [Coming._make(row) for row in db.session.execute(_COMING_OF_NETWORK, values)]


def of_coordinator(person: Person, *, offset: int = 0, limit: int = 200) -> Sequence[Event]:
    """The events that the person coordinates, drafts first, then by date from the latest: a part of the list."""
    query = sa.select(Event).where(_run_by(person)).options(joinedload(Event.network))
    query = query.order_by(Event.status != EventStatus.DRAFT, Event.starts_at.desc(), Event.id)
    return db.session.scalars(query.offset(offset).limit(limit)).all()


def number_of_coordinator(person: Person) -> int:
    """How many `of_coordinator` has in all."""
    return db.session.scalar(sa.select(sa.func.count(Event.id)).where(_run_by(person))) or 0


def _run_by(person: Person) -> sa.ColumnElement[bool]:
    return sa.or_(_coordinated_by(person), _is_administrator(person))


def next_of_coordinator(person: Person, limit: int = 5) -> Sequence[Event]:
    """What a coordinator is likely to work on: drafts and coming events, soonest first."""
    query = sa.select(Event).where(_coordinated_by(person), Event.status != EventStatus.CANCELLED)
    query = query.where(Event.ends_at > clock.now()).order_by(Event.starts_at, Event.id)
    return db.session.scalars(query.limit(limit)).all()


def drafts(network_id: int) -> Sequence[Event]:
    """The events of a network that are not published yet."""
    query = sa.select(Event).where(Event.network_id == network_id, Event.status == EventStatus.DRAFT)
    return db.session.scalars(query.order_by(Event.starts_at, Event.id)).all()


_TOWNS = sa.select(Event.id, Event.town, Event.timezone).where(Event.id.in_(sa.bindparam("ids", expanding=True)))


def spans(ids: Sequence[int]) -> Mapping[int, Span]:
    """When these events take place, by id."""
    found = sa.select(Event.id, Event.starts_at, Event.ends_at, Event.timezone).where(Event.id.in_(ids))
    return {row[0]: Span(*row[1:]) for row in db.session.execute(found)}


def towns(ids: Sequence[int]) -> Mapping[int, Shown]:
    """Where the events with these numbers are, for the reader of the page."""
    rows = db.session.execute(_TOWNS, {"ids": ids})
    return {row.id: town_text(row.town, language_of_zone(row.timezone)).shown() for row in rows if row.town}

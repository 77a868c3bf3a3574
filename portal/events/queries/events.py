"""Reads of events, one by one and the next ones."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import Person, PortalRole
from portal.events.models import Event, EventRole, EventStatus
from portal.events.registration_state import RegistrationState, registration_state
from portal.ground import clock
from portal.ground.db import db
from portal.ground.statements import table
from portal.membership.models import Membership, MembershipStatus, NetworkRole
from portal.membership.publishers import PUBLISHERS
from portal.organisations.models import PUBLIC as SHOWN
from portal.organisations.models import Organisation, OrganisationRole
from portal.organisations.places import language_of_zone, town_text
from portal.words.i18n import Localized, Shown
from portal.words.search import Span

Column = sa.SQLColumnExpression[int] | sa.SQLColumnExpression[int | None]
PUBLIC = (EventStatus.PUBLISHED, EventStatus.CANCELLED)
_organisation, _membership = table(Organisation), table(Membership)

# Most events are of networks: an organisation is asked for where there is one, instead of its forty columns every time.
_HOST = (joinedload(Event.network), selectinload(Event.organisation))
_BY_SLUG = sa.select(Event).where(Event.slug == sa.bindparam("slug")).options(*_HOST)


def by_slug(slug: str) -> Event | None:
    """The event with its network or organisation, in whatever state."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def find(number: int) -> Event | None:
    """The event with its network or organisation, by id."""
    return db.session.scalar(sa.select(Event).where(Event.id == number).options(*_HOST))


def public_condition() -> sa.ColumnElement[bool]:
    """Was it ever published, to everybody? What was once public stays so: a cancelled event says that it is cancelled."""
    return sa.and_(Event.status.in_(PUBLIC), Event.invited_only.is_(False))


def findable_condition() -> sa.ColumnElement[bool]:
    """Is it public, and the one to whom it belongs, too? Only such events stand in lists, feeds and the search."""
    return sa.and_(public_condition(), _hosted_in_public(Event.organisation_id))


def _hosted_in_public(organisation_id: Column) -> sa.ColumnElement[bool]:
    """A host that is hidden today takes its events out of lists; who has registered keeps the page."""
    shown = sa.exists().where(_organisation.c.id == organisation_id, _organisation.c.status.in_(SHOWN))
    return sa.or_(organisation_id.is_(None), shown)


def is_findable(event: Event) -> bool:
    """The same of one event."""
    return event.status in PUBLIC and not event.invited_only and is_hosted_in_public(event)


def is_hosted_in_public(event: Event) -> bool:
    """May everybody read who runs it? A network always; an organisation while its profile is public."""
    if event.organisation_id is None:
        return True
    status = sa.select(Organisation.status).where(Organisation.id == event.organisation_id)
    return db.session.scalar(status) in SHOWN


def registration_now(event: Event, *, is_full: bool = False) -> RegistrationState:
    """Can one register for the event at this moment? Nobody can while the profile of whoever runs it is not public."""
    return registration_state(event, clock.now(), is_full=is_full, is_hosted=is_hosted_in_public(event))


def visible_to(person: Person | None) -> sa.ColumnElement[bool]:
    """The twin of the permission to see an event, for lists."""
    if person is None:
        return public_condition()
    own = sa.exists().where(EventRole.event_id == Event.id, EventRole.person_id == person.id, EventRole.is_open)
    return sa.or_(public_condition(), _coordinated_by(person), _kept_by(person), own, _is_administrator(person))


def _coordinated_by(person: Person) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        NetworkRole.network_id == Event.network_id, NetworkRole.person_id == person.id, NetworkRole.is_open
    )


def _kept_by(person: Person) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        OrganisationRole.organisation_id == Event.organisation_id, OrganisationRole.person_id == person.id,
        OrganisationRole.role.in_(PUBLISHERS), OrganisationRole.is_open,
    )  # fmt: skip


def _is_administrator(person: Person) -> sa.ColumnElement[bool]:
    return sa.exists().where(PortalRole.person_id == person.id, PortalRole.is_open)


class Coming(NamedTuple):
    """An event as a short list of the next ones shows it."""

    id: int
    slug: str
    title: Localized
    starts_at: dt.datetime
    ends_at: dt.datetime
    timezone: str
    town: str
    mode: str

    @property
    def town_text(self) -> Localized:
        return town_text(self.town, language_of_zone(self.timezone))


_event = table(Event)
COMING = (
    sa.select(*(_event.c[name] for name in Coming._fields))
    .where(
        _event.c.status == EventStatus.PUBLISHED, _event.c.invited_only.is_(False),
        _event.c.ends_at > sa.bindparam("now"),
        _hosted_in_public(_event.c.organisation_id),
    )
    .order_by(_event.c.starts_at, _event.c.id)
    .limit(sa.bindparam("most"))
)  # fmt: skip


def _active(network_id: Column | sa.BindParameter[int], organisation_id: Column | sa.BindParameter[int]) -> sa.Exists:
    """Is the organisation an active member of the network?"""
    return sa.exists().where(
        _membership.c.network_id == network_id,
        _membership.c.organisation_id == organisation_id,
        _membership.c.status == MembershipStatus.ACTIVE,
    )


_COMING_OF_NETWORK = COMING.where(
    sa.or_(_event.c.network_id == sa.bindparam("network"), _active(sa.bindparam("network"), _event.c.organisation_id))
)


def upcoming(limit: int = 3) -> Sequence[Coming]:
    """The next events that take place, soonest first: for the home page."""
    return [Coming._make(row) for row in db.session.execute(COMING, {"now": clock.now(), "most": limit})]


def upcoming_of_network(network_id: int, limit: int = 3) -> Sequence[Coming]:
    """The next events of a network and of its members, soonest first."""
    values = {"now": clock.now(), "most": limit, "network": network_id}
    return [Coming._make(row) for row in db.session.execute(_COMING_OF_NETWORK, values)]


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

"""The list of events, with what it can be narrowed to."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.events.models import Event, Mode
from portal.events.queries.events import findable_condition
from portal.ground import clock
from portal.ground.db import db
from portal.membership.models import Membership, MembershipStatus, Network


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: codes of vocabularies, a region by ISO 3166-2, a network by its address, online or not.

    Empty: everything. What is no code of a list finds nothing.
    """

    kind: str = ""
    theme: str = ""
    region: str = ""
    language: str = ""
    access: str = ""
    network: str = ""
    online: bool = False

    @property
    def said(self) -> dict[str, str]:
        """What narrows the list, as it stands in an address."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: "1" if value is True else value for name, value in values.items() if value}


JOINED = {"theme": Event.themes, "language": Event.languages, "access": Event.access}  # codes with commas
WHOLE = {"kind": Event.kind, "region": Event.region}
COLUMNS = {"kind": Event.kind, **JOINED, "region": Event.region}


def conditions(wanted: Wanted, *, past: bool, but: str = "") -> list[sa.ColumnElement[bool]]:
    """What the events of a list have in common; all that is wanted `but` one thing, to count what else there is."""
    now = clock.now()
    found = [findable_condition(), Event.ends_at <= now if past else Event.ends_at > now]
    for name, column in WHOLE.items():
        if name != but and (code := getattr(wanted, name)):
            found.append(column == code)
    for name, column in JOINED.items():
        if name != but and (code := getattr(wanted, name)):
            found.append(("," + column + ",").contains(f",{code},", autoescape=True))
    if wanted.network and but != "network":
        found.append(_of_network(sa.select(Network.id).where(Network.slug == wanted.network).scalar_subquery()))
    if wanted.online and but != "online":
        found.append(Event.mode != Mode.ON_SITE)
    return found


def _of_network(network_id: sa.ScalarSelect[int] | int) -> sa.ColumnElement[bool]:
    """In the calendar of a network: its own, and those of its members."""
    return sa.or_(
        Event.network_id == network_id, Event.organisation_id.in_(_members().where(Membership.network_id == network_id))
    )


@cache
def _members() -> sa.Select[int]:
    return sa.select(Membership.organisation_id).where(Membership.status == MembershipStatus.ACTIVE)


def listed(wanted: Wanted = Wanted(), *, past: bool, offset: int = 0, limit: int = 20) -> Sequence[Event]:
    """Public events with their hosts: the coming ones from the next, the past ones from the last."""
    order = (Event.starts_at.desc(), Event.id.desc()) if past else (Event.starts_at, Event.id)
    query = sa.select(Event).where(*conditions(wanted, past=past)).order_by(*order).offset(offset).limit(limit)
    return db.session.scalars(query.options(joinedload(Event.network), selectinload(Event.organisation))).all()


def number_listed(wanted: Wanted = Wanted(), *, past: bool) -> int:
    """How many `listed` has in all."""
    return db.session.scalar(sa.select(sa.func.count(Event.id)).where(*conditions(wanted, past=past))) or 0


def numbers_by_network(
    wanted: Wanted = Wanted(), *, past: bool, among: Collection[int] | None = None
) -> Mapping[int, int]:
    """How many events of this list stand in the calendar of each network, or of each of `among` (numbers of networks)."""
    chosen = conditions(wanted, past=past, but="network")
    own = sa.select(Event.network_id.label("network"), sa.func.count().label("n")).where(*chosen)
    of_members = (
        sa.select(Membership.network_id.label("network"), sa.func.count().label("n"))
        .join(Event, Event.organisation_id == Membership.organisation_id)
        .where(Membership.status == MembershipStatus.ACTIVE, *chosen)
    )
    own = own.where(Event.network_id.is_not(None))
    if among is not None:
        own, of_members = own.where(Event.network_id.in_(among)), of_members.where(Membership.network_id.in_(among))
    both = sa.union_all(own.group_by(Event.network_id), of_members.group_by(Membership.network_id)).subquery()
    counted = sa.select(both.c.network, sa.func.sum(both.c.n)).group_by(both.c.network)
    return {row[0]: int(row[1]) for row in db.session.execute(counted)}


def numbers_by_code(wanted: Wanted, *, past: bool) -> Mapping[str, Mapping[str, int]]:
    """facet -> code -> how many events of the list one would see with it instead of what is chosen in that facet.

    One statement; what shares a column's text is counted together, and the texts are few.
    """
    found: dict[str, dict[str, int]] = {name: {} for name in COLUMNS}
    each = [
        sa.select(sa.literal(name), column, sa.func.count())
        .where(*conditions(wanted, past=past, but=name))
        .group_by(column)
        for name, column in COLUMNS.items()
    ]
    for name, value, number in db.session.execute(sa.union_all(*each)):
        for code in filter(None, value.split(",")):
            found[name][code] = found[name].get(code, 0) + number
    return found


CALENDAR_BACK = dt.timedelta(days=90)  # what is over that long leaves a subscribed calendar
MOST_IN_CALENDAR = 500


def in_calendar(*, network_id: int | None = None, organisation_id: int | None = None) -> Sequence[Event]:
    """Public events, cancelled ones too, for a calendar: of all, of a network with its members, or of an organisation; the
    first `MOST_IN_CALENDAR` of those that are not over for more than 90 days."""
    query = sa.select(Event).where(findable_condition(), Event.ends_at > clock.now() - CALENDAR_BACK)
    if network_id is not None:
        query = query.where(_of_network(network_id))
    if organisation_id is not None:
        query = query.where(Event.organisation_id == organisation_id)
    return db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(MOST_IN_CALENDAR)).all()

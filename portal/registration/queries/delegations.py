"""Reads of delegations: their seats, their turns in the queue, and what is due."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key
from portal.registration.models import (
    Delegation,
    DelegationSeat,
    DelegationStatus,
    Registration,
    RegistrationStatus,
    SeatStatus,
)
from portal.registration.occupying import KEPT, NOW, SEATED_SEAT
from portal.registration.passing import Turn, in_order
from portal.registration.queries.reserves import origin

LIVE_DELEGATIONS = (DelegationStatus.PENDING, DelegationStatus.ACTIVE)
OPEN_SEATS = (
    SeatStatus.WISHED,
    SeatStatus.WAITING,
    *KEPT,
)  # states of a seat that nobody sits on and that has not gone
_Lines = sa.Select[Delegation, int, int, int, int, int, dt.datetime | None]
_WITH_EVENT = sa.select(Delegation).join(Delegation.event).options(contains_eager(Delegation.event))


@dataclass(frozen=True, slots=True)
class Coordinated:
    """A delegation in the list of those who run its event, or of whoever coordinates it."""

    delegation: Delegation
    named: int
    complete: int
    kept: int  # taken, and nobody is named yet
    waiting: int
    unnamed: int  # people can still be named for them
    offered_until: dt.datetime | None


def delegation_of_link(link: LinkToken) -> Delegation | None:
    """The delegation behind a link of a mail, with its event."""
    return delegation_at(link.subject_id)


def delegation_at(number: int) -> Delegation | None:
    return db.session.scalar(_WITH_EVENT.where(Delegation.id == number))


def delegation_in_event(slug: str, number: int) -> Delegation | None:
    """A delegation of the event at this address, with the event and its host."""
    query = _WITH_EVENT.where(Event.slug == slug, Delegation.id == number)
    hosts = contains_eager(Delegation.event)
    query = query.options(hosts.joinedload(Event.network), hosts.selectinload(Event.organisation))
    return db.session.scalar(query.execution_options(populate_existing=True))


def delegation_with_key(key: str) -> Delegation | None:
    """The one that a form with this key has asked for already."""
    return db.session.scalar(sa.select(Delegation).where(Delegation.key == key))


def delegations_of_mailbox(event_id: int, email: str) -> Sequence[Delegation]:
    """Those for an event that hold and whose coordinator has this address."""
    query = _WITH_EVENT.where(
        Delegation.event_id == event_id, Delegation.email == mailbox_key(email), Delegation.status.in_(LIVE_DELEGATIONS)
    )
    return db.session.scalars(query.order_by(Delegation.id)).all()


def has_delegations(event_id: int) -> bool:
    """Does any delegation of an event hold, or wait to be confirmed?"""
    states = (*LIVE_DELEGATIONS, DelegationStatus.UNVERIFIED)
    return bool(
        db.session.scalar(sa.select(sa.exists().where(Delegation.event_id == event_id, Delegation.status.in_(states))))
    )


def seats_of(delegation_id: int) -> Sequence[DelegationSeat]:
    """All seats of a delegation, with whoever sits on them."""
    query = sa.select(DelegationSeat).where(DelegationSeat.delegation_id == delegation_id)
    query = query.options(joinedload(DelegationSeat.registration)).order_by(DelegationSeat.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def seats_of_registration(registration_id: int) -> Sequence[DelegationSeat]:
    """The seats of delegations that somebody was named for, each with its delegation."""
    query = sa.select(DelegationSeat).where(DelegationSeat.registration_id == registration_id)
    return db.session.scalars(query.options(joinedload(DelegationSeat.delegation)).order_by(DelegationSeat.id)).all()


def turns(event_id: int) -> list[Turn]:
    """Everybody who waits for a place at an event, in the order of the queue."""
    people = sa.select(
        Registration.id, Registration.queue_at, Registration.sector, Registration.organisation_id,
        Registration.affiliation, Registration.companions, Registration.passed, Registration.kept_until,
    ).where(Registration.event_id == event_id, Registration.status == RegistrationStatus.WAITING)  # fmt: skip
    found = [
        Turn(row[1], origin(*row[2:5]), registration=row[0], people=1 + row[5], passed=row[6], kept_until=row[7])
        for row in db.session.execute(people)
        if row[1] is not None
    ]
    return in_order([*found, *_turns_of_delegations(event_id)])


def _turns_of_delegations(event_id: int) -> list[Turn]:
    waiting = (
        sa.select(Delegation, DelegationSeat.id)
        .join(DelegationSeat, DelegationSeat.delegation_id == Delegation.id)
        .where(DelegationSeat.event_id == event_id, _waits())
        .order_by(DelegationSeat.id)
    )
    of: dict[Delegation, list[int]] = {}
    for delegation, number in db.session.execute(waiting):
        of.setdefault(delegation, []).append(number)
    found = []
    for one, numbers in of.items():
        for seats in [tuple(numbers)] if one.whole else [(number,) for number in numbers]:
            assert one.queue_at is not None
            found.append(
                Turn(
                    one.queue_at, origin(one.sector, one.organisation_id, one.affiliation), delegation=one.id, seats=seats,
                    passed=one.passed, kept_until=one.kept_until,
                )
            )  # fmt: skip
    return found


def _waits() -> sa.ColumnElement[bool]:
    """Does a seat wait? One without a name only until names are due."""
    is_open = sa.or_(DelegationSeat.name != "", DelegationSeat.until > clock.now())
    return sa.and_(DelegationSeat.status == SeatStatus.WAITING, is_open)


def has_waiting_seats(event_id: int) -> bool:
    """Does any delegation wait for a place at an event?"""
    return bool(db.session.scalar(sa.select(sa.exists().where(DelegationSeat.event_id == event_id, _waits()))))


def has_waiting_groups(event_id: int) -> bool:
    """Does anybody wait for a place at an event together with others?"""
    group = sa.exists().where(
        Registration.event_id == event_id,
        Registration.status == RegistrationStatus.WAITING,
        Registration.companions > 0,
    )
    return bool(db.session.scalar(sa.select(group))) or has_waiting_seats(event_id)


def delegation_ahead(delegation: Delegation) -> int:
    """How many people and seats stand before a delegation in the waiting list of its event."""
    mine = [one for one in turns(delegation.event_id) if one.delegation == delegation.id]
    if not mine:
        return 0
    return sum(one.size for one in turns(delegation.event_id) if one.queue_at < mine[0].queue_at)


def lapsed_seats(event_id: int) -> Sequence[DelegationSeat]:
    """The seats of an event whose time is over and that have not ended yet."""
    due = DelegationSeat.until <= clock.now()
    unnamed = sa.and_(DelegationSeat.status == SeatStatus.WAITING, DelegationSeat.name == "")
    query = sa.select(DelegationSeat).where(
        DelegationSeat.event_id == event_id, due, sa.or_(DelegationSeat.status.in_(KEPT), unnamed)
    )
    query = query.options(joinedload(DelegationSeat.delegation)).order_by(DelegationSeat.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def events_with_delegations(moment: dt.datetime) -> Sequence[int]:
    """The events to come of which some seat waits, or has had its time at this moment."""
    due = sa.and_(DelegationSeat.status.in_(KEPT), DelegationSeat.until <= moment)
    query = (
        sa.select(DelegationSeat.event_id)
        .join(Event, Event.id == DelegationSeat.event_id)
        .where(Event.ends_at > moment, sa.or_(DelegationSeat.status == SeatStatus.WAITING, due))
    )
    return db.session.scalars(query.distinct().order_by(DelegationSeat.event_id)).all()


def has_released_group(event_id: int) -> bool:
    """Has the time for which seats were kept for a group just ended, so that others may go on?"""
    now = clock.now()
    delegations = sa.exists().where(Delegation.event_id == event_id, Delegation.kept_until <= now)
    people = sa.exists().where(
        Registration.event_id == event_id,
        Registration.status == RegistrationStatus.WAITING,
        Registration.kept_until <= now,
    )
    return bool(db.session.scalar(sa.select(sa.or_(delegations, people))))


def to_name(delegation_id: int) -> Sequence[DelegationSeat]:
    """The seats of a delegation for which people can be named: that are kept, then those that wait."""
    query = sa.select(DelegationSeat).where(
        DelegationSeat.delegation_id == delegation_id, DelegationSeat.name == "", DelegationSeat.status.in_(OPEN_SEATS)
    )
    found = db.session.scalars(query.order_by(DelegationSeat.id).execution_options(populate_existing=True)).all()
    return sorted((one for one in found if one.until > clock.now()), key=lambda one: (one.status not in KEPT, one.id))


def with_people(event_id: int) -> Sequence[DelegationSeat]:
    """The kept seats of an event with a name that is not registered yet, of delegations that hold."""
    query = (
        sa.select(DelegationSeat)
        .join(DelegationSeat.delegation)
        .options(contains_eager(DelegationSeat.delegation))
        .where(
            DelegationSeat.event_id == event_id, DelegationSeat.status == SeatStatus.HELD, DelegationSeat.name != "",
            Delegation.status == DelegationStatus.ACTIVE,
        )
        .order_by(DelegationSeat.id)
    )  # fmt: skip
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def to_remind_of_names() -> Sequence[tuple[Delegation, int]]:
    """(delegation, seats without a name) of those to come that still have some, for reminders."""
    unnamed = sa.select(DelegationSeat.delegation_id, sa.func.count().label("number"))
    unnamed = unnamed.where(SEATED_SEAT, DelegationSeat.name == "").group_by(DelegationSeat.delegation_id)
    some = unnamed.subquery()
    query = (
        _WITH_EVENT.join(some, some.c.delegation_id == Delegation.id)
        .add_columns(some.c.number)
        .where(Delegation.status == DelegationStatus.ACTIVE, Delegation.reminded < 2)
        .order_by(Delegation.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query, {"now": clock.now()})]


def delegation_lines(event_id: int) -> list[Coordinated]:
    """The delegations of an event that were confirmed, the latest first, counted in one statement."""
    asked = sa.and_(Delegation.event_id == event_id, Delegation.queue_at.is_not(None))
    return _lines(_counted().where(asked).group_by(Delegation.id).order_by(Delegation.id.desc()))


def coordinated_by(person: Person) -> list[Coordinated]:
    """The delegations of what is still to come that a person coordinates, each with its event, soonest first: those of
    the person, and those that were handed on to their address and that nobody else has."""
    handed_on = sa.and_(Delegation.person_id.is_(None), Delegation.email == person.email, Delegation.email != "")
    query = (
        _counted()
        .join(Delegation.event)
        .options(contains_eager(Delegation.event))
        .where(
            sa.or_(Delegation.person_id == person.id, handed_on),
            Delegation.status.in_(LIVE_DELEGATIONS),
            Event.ends_at > clock.now(),
        )
    )
    return _lines(query.group_by(Delegation.id, Event.id).order_by(Event.starts_at, Delegation.id))


def _counted() -> _Lines:
    """Delegations with what `Coordinated` says about the seats of each."""

    def number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    unnamed = sa.and_(DelegationSeat.name == "", DelegationSeat.status.in_(OPEN_SEATS), DelegationSeat.until > NOW)
    offered = sa.and_(DelegationSeat.status == SeatStatus.OFFERED, DelegationSeat.until > NOW)
    return sa.select(
        Delegation,
        number(DelegationSeat.status == SeatStatus.NAMED),
        number(DelegationSeat.completed_at.is_not(None)),
        number(SEATED_SEAT),
        number(_waits()),
        number(unnamed),
        sa.func.min(sa.case((offered, DelegationSeat.until))),
    ).join(DelegationSeat, DelegationSeat.delegation_id == Delegation.id)


def _lines(query: _Lines) -> list[Coordinated]:
    rows = db.session.execute(query, {"now": clock.now()})
    return [
        Coordinated(one, int(named), int(complete), int(kept), int(waiting), int(unnamed), offered_until)
        for one, named, complete, kept, waiting, unnamed, offered_until in rows
    ]


def delegations_about(condition: sa.ColumnElement[bool]) -> list[int]:
    """The numbers of the delegations of which a condition is true, in the order in which events are locked."""
    query = sa.select(Delegation.id).where(condition).order_by(Delegation.event_id, Delegation.id)
    return list(db.session.scalars(query))

"""Reads of what people need to take part. Who may have them asks the policy; what is counted for meals names nobody."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Person
from portal.events.models import Event, EventRole, ProgrammeSession, Room, SessionStatus, TeamRole
from portal.ground import clock
from portal.ground.audit import AuditEntry
from portal.ground.db import db
from portal.registration.models import ACTIVE, Booking, BookingStatus, Need, NeedStatus, Registration
from portal.registration.needs import IN_ROOMS, MEALS, lacking, meal_counts
from portal.words.i18n import Localized

READ = "event.needs_read"  # the verb of a look
LOOK = dt.timedelta(minutes=10)


def needs_of(registration_id: int) -> Sequence[Need]:
    """What somebody has asked for, in the order of asking."""
    return db.session.scalars(sa.select(Need).where(Need.registration_id == registration_id).order_by(Need.id)).all()


def needs_of_event(event_id: int) -> Sequence[Need]:
    """What everybody who takes part, or asks or waits to, needs: each with its registration, by person."""
    query = (
        sa.select(Need)
        .join(Need.registration)
        .where(Registration.event_id == event_id, Registration.status.in_(ACTIVE))
        .options(contains_eager(Need.registration))
    )
    return db.session.scalars(query.order_by(Registration.queue_at, Registration.id, Need.id)).all()


def need_of(slug: str, number: int) -> Need | None:
    """One need at the event with this address, with its registration and event."""
    query = (
        sa.select(Need).join(Need.registration).join(Registration.event).where(Event.slug == slug, Need.id == number)
    )
    host = contains_eager(Need.registration).contains_eager(Registration.event)
    return db.session.scalar(query.options(host.joinedload(Event.network), host.selectinload(Event.organisation)))


def need_numbers(event_id: int) -> tuple[int, int]:
    """How many needs there are at an event, and how many of them nobody has seen to yet."""
    open_ones = sa.func.count().filter(Need.status.in_((NeedStatus.ASKED, NeedStatus.ARRANGING)))
    query = sa.select(sa.func.count(), open_ones).select_from(Need).join(Need.registration)
    row = db.session.execute(query.where(Registration.event_id == event_id, Registration.status.in_(ACTIVE))).one()
    return row[0], row[1]


def access_coordinators(event_id: int) -> Sequence[Person]:
    """Who reads what people need."""
    query = sa.select(Person).join(EventRole, EventRole.person_id == Person.id)
    query = query.where(EventRole.event_id == event_id, EventRole.role == TeamRole.ACCESS, EventRole.is_open)
    return db.session.scalars(query.order_by(Person.id)).all()


def has_looked(event_id: int, person: Person) -> bool:
    """Has this person said within `LOOK` that they read what people need, so that it stands in the audit trail?"""
    noted = sa.exists().where(
        AuditEntry.object_type == Event.__tablename__,
        AuditEntry.object_id == event_id,
        AuditEntry.verb == READ,
        AuditEntry.actor_id == person.id,
        AuditEntry.at > clock.now() - LOOK,
    )
    return bool(db.session.scalar(sa.select(noted)))


@dataclass(frozen=True, slots=True)
class Lack:
    """A session whose room lacks something that so many people with a place in it need; they are not named."""

    session_id: int
    title: Localized
    room: Localized
    feature: str  # of the vocabulary `venue_access`
    number: int


def lacks(event: Event) -> list[Lack]:
    """What the rooms of the coming sessions lack, by time. Nobody has to have looked: no need and no person is told."""
    needed = _by_person(event.id)
    if not needed:
        return []
    rows = db.session.execute(
        sa.select(ProgrammeSession.id, ProgrammeSession.title, Room.name, Room.access, Booking.registration_id)
        .join(Room, Room.id == ProgrammeSession.room_id)
        .join(Booking, Booking.session_id == ProgrammeSession.id)
        .where(
            ProgrammeSession.event_id == event.id, ProgrammeSession.status == SessionStatus.SCHEDULED,
            ProgrammeSession.ends_at > clock.now(), Booking.registration_id.in_(needed), Booking.status == BookingStatus.BOOKED,
        )
        .order_by(ProgrammeSession.starts_at, ProgrammeSession.id)
    )  # fmt: skip
    found: dict[tuple[int, str], Lack] = {}
    for number, title, room, access, person in rows:
        for feature in sorted({lacking(code, _codes(access or event.access)) for code in needed[person]} - {""}):
            before = found.get((number, feature))
            found[number, feature] = Lack(number, title, room, feature, before.number + 1 if before else 1)
    order = [number for number, _feature in found]
    return sorted(found.values(), key=lambda one: (order.index(one.session_id), one.feature))


def lacking_in(event: Event, room_id: int, session_id: int) -> dict[str, int]:
    """What this room would lack for how many people with a place in the session: features of `venue_access`."""
    needed = _by_person(event.id)
    access = db.session.scalar(sa.select(Room.access).where(Room.id == room_id)) or event.access
    people = db.session.scalars(
        sa.select(Booking.registration_id).where(
            Booking.session_id == session_id,
            Booking.registration_id.in_(needed),
            Booking.status == BookingStatus.BOOKED,
        )
    )
    missing = Counter(
        feature for person in people for feature in {lacking(code, _codes(access)) for code in needed[person]} - {""}
    )
    return dict(sorted(missing.items()))


def _by_person(event_id: int) -> dict[int, set[str]]:
    """Of whom takes part, the needs that rooms have to do with."""
    query = sa.select(Need).join(Need.registration)
    found: dict[int, set[str]] = {}
    for need in db.session.scalars(query.where(Registration.event_id == event_id, Registration.status.in_(ACTIVE))):
        if need.kind in IN_ROOMS:
            found.setdefault(need.registration_id, set()).add(need.kind)
    return found


def _codes(joined: str) -> list[str]:
    return [code for code in joined.split(",") if code]


def meals(event_id: int) -> Mapping[str, int]:
    """What a caterer is told of an event: see `needs.meal_counts`."""
    query = sa.select(Need).join(Need.registration)
    query = query.where(Registration.event_id == event_id, Registration.status.in_(ACTIVE))
    return meal_counts(Counter(need.kind for need in db.session.scalars(query) if need.kind in MEALS))

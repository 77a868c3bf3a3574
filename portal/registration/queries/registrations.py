"""Reads of registrations: who takes part, and who one of them is."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Person
from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key
from portal.organisations.models import Organisation
from portal.registration.models import (
    ACTIVE,
    LEFT,
    Booking,
    BookingStatus,
    DelegationSeat,
    Party,
    Registration,
    RegistrationStatus,
)
from portal.registration.occupying import COUNTED, COUNTED_SEAT, seats_of
from portal.registration.seating import Span
from portal.words.i18n import Localized
from portal.words.text import in_order


def registration_numbers(event_id: int) -> tuple[int, int, int, int]:
    """How many registrations of an event are confirmed, wait for a place, wait for their address to be confirmed, and wait
    for the answer of the team."""
    rows = db.session.execute(
        sa.select(Registration.status, sa.func.count())
        .where(Registration.event_id == event_id)
        .group_by(Registration.status)
    )
    number = {row[0]: int(row[1]) for row in rows}
    return number.get("confirmed", 0), number.get("waiting", 0), number.get("unverified", 0), number.get("pending", 0)


def event_taken(event_id: int) -> int:
    """How many seats of an event are taken, counted one by one."""
    people = sa.select(seats_of()).where(Registration.event_id == event_id, COUNTED).scalar_subquery()
    seats = sa.select(sa.func.count()).where(DelegationSeat.event_id == event_id, COUNTED_SEAT).scalar_subquery()
    return db.session.scalar(sa.select(people + seats)) or 0


_WITH_EVENT = (
    sa.select(Registration).join(Event, Event.id == Registration.event_id).options(contains_eager(Registration.event))
)
_BY_ID = _WITH_EVENT.where(Registration.id == sa.bindparam("registration"))


def of_link(link: LinkToken) -> Registration | None:
    """The registration behind a link of a mail, with its event."""
    return with_event(link.subject_id)


def with_event(registration_id: int) -> Registration | None:
    return db.session.scalar(_BY_ID, {"registration": registration_id})


def party_of_link(link: LinkToken) -> Party | None:
    """The people behind a link who registered together, with the event; None when none of them is left."""
    query = sa.select(Party).join(Party.event).options(contains_eager(Party.event)).where(Party.id == link.subject_id)
    party = db.session.scalar(query)
    return party if party is not None and of_party(party.id) else None


def party_with_key(key: str) -> Party | None:
    """Those whom a form with this key has registered already."""
    return db.session.scalar(sa.select(Party).where(Party.key == key))


def of_party(party_id: int) -> list[Registration]:
    """The registrations of people who registered together and still share their mailbox, in the order of the form."""
    query = _WITH_EVENT.where(Registration.party_id == party_id).order_by(Registration.id)
    return list(db.session.scalars(query))


_OF_ADDRESS = (
    sa.select(Registration)
    .where(
        Registration.event_id == sa.bindparam("event"),
        Registration.confirmed_at.is_not(None),
        sa.or_(Registration.email == sa.bindparam("email"), Registration.person_id == sa.bindparam("person")),
    )
    .order_by(Registration.id)
)


def ever_of_address(event_id: int, email: str, person_id: int | None = None) -> list[Registration]:
    """Every registration that was confirmed with this address, or by the person of it, whatever address they gave. Without
    an address nobody is known."""
    if not email:
        return []
    return list(db.session.scalars(_OF_ADDRESS, {"event": event_id, "email": mailbox_key(email), "person": person_id}))


def active_of_address(event_id: int, email: str, person_id: int | None = None) -> list[Registration]:
    """Those of them that take part or wait to."""
    return [one for one in ever_of_address(event_id, email, person_id) if one.status in ACTIVE]


def active_of_phone(event_id: int, phone: str) -> list[Registration]:
    """Those without a mailbox who take part, or wait to, and are called at this number."""
    query = sa.select(Registration).where(
        Registration.event_id == event_id, Registration.email == "", Registration.phone == phone,
        Registration.status.in_(ACTIVE),
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Registration.id)))


def of_account(person: Person) -> list[Registration]:
    """Every active registration of a person, and of those who share their address, for what is still to come.

    Each with its event, soonest first.
    """
    others = sa.and_(Registration.person_id.is_(None), Registration.email == person.email)
    return list(
        db.session.scalars(
            _WITH_EVENT.where(
                sa.or_(Registration.person_id == person.id, others),
                Registration.status.in_(ACTIVE),
                Event.ends_at > clock.now(),
            ).order_by(Event.starts_at, Registration.id)
        )
    )


def found(condition: sa.ColumnElement[bool], *, for_update: bool = False) -> list[Registration]:
    """The registrations of which a condition is true, with their events, soonest first; a service that changes them locks
    them."""
    query = _WITH_EVENT.where(condition).order_by(Event.starts_at, Registration.id)
    if for_update:
        query = query.with_for_update(of=Registration).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def numbers_found(condition: sa.ColumnElement[bool]) -> list[int]:
    """Their numbers, in the order in which events are locked; no row is loaded, so none can be out of date then."""
    query = sa.select(Registration.id).where(condition).order_by(Registration.event_id, Registration.id)
    return list(db.session.scalars(query))


def organisation_of(registration: Registration) -> Organisation | None:
    """The organisation of the directory for which somebody comes: read only where one is named."""
    named = registration.organisation_id
    return None if named is None else db.session.get(Organisation, named)


def organisations_named(event_id: int) -> list[tuple[str, Localized]]:
    """(number, name) of every organisation of the directory that a registration of the event names, by the alphabet."""
    named = sa.select(Registration.organisation_id).where(Registration.event_id == event_id)
    rows = db.session.execute(sa.select(Organisation.id, Organisation.name).where(Organisation.id.in_(named)))
    return in_order([(str(row[0]), row[1]) for row in rows], lambda one: one[1].shown().text)


def people_of_event(event_id: int) -> list[tuple[int, str]]:
    """(registration, status) of everybody who takes part in an event or waits to."""
    query = sa.select(Registration.id, Registration.status)
    query = query.where(Registration.event_id == event_id, Registration.status.in_(ACTIVE)).order_by(Registration.id)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def people_of_session(session_id: int) -> list[tuple[int, str]]:
    """(registration, status of the booking) of everybody who has, is offered, awaits or asks for a place in a session."""
    query = (
        sa.select(Booking.registration_id, Booking.status)
        .join(Registration, Registration.id == Booking.registration_id)
        .where(
            Booking.session_id == session_id,
            Booking.status.not_in(LEFT),
            Registration.status.in_(ACTIVE),
        )
        .order_by(Booking.registration_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def in_queue(event_id: int, numbers: Collection[int]) -> list[int]:
    """Those of these registrations that are of the event, in the order in which they were confirmed."""
    query = sa.select(Registration.id).where(Registration.event_id == event_id, Registration.id.in_(numbers))
    return list(db.session.scalars(query.order_by(Registration.queue_at, Registration.id)))


def busy_at(registration_ids: Collection[int], span: Span, *, beside: int) -> list[int]:
    """Those of these registrations who have a place in another session than `beside` at that time."""
    query = (
        sa.select(Booking.registration_id)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(
            Booking.registration_id.in_(registration_ids),
            Booking.status == BookingStatus.BOOKED,
            Booking.session_id != beside,
            ProgrammeSession.starts_at < span.ends,
            ProgrammeSession.ends_at > span.starts,
        )
        .distinct()
        .order_by(Booking.registration_id)
    )
    return list(db.session.scalars(query))


def overdue(before: dt.datetime) -> list[int]:
    """Registrations that nobody has confirmed since."""
    return list(
        db.session.scalars(
            sa.select(Registration.id).where(
                Registration.status == RegistrationStatus.UNVERIFIED, Registration.created_at < before
            )
        )
    )

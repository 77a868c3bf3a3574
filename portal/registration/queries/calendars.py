"""Reads of what stands in calendars: of one registration, and of all that somebody subscribes to."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import Account
from portal.accounts.queries import account_by_id
from portal.events.models import Event, ProgrammeSession
from portal.ground import links
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.registration.models import Booking, BookingStatus, Registration, RegistrationStatus
from portal.registration.queries.registrations import with_event

FEED = "registration.feed"  # the purpose of links to calendars: they are shown on a page and never mailed
MOST = 500  # registrations of one person in a feed, the latest events first
# What a calendar shows: a place at the event, or that it was given up. Who waits has nothing there yet.
SHOWN = (RegistrationStatus.CONFIRMED, RegistrationStatus.CANCELLED, RegistrationStatus.TRANSFERRED)

_RELEASED = sa.and_(Registration.status == RegistrationStatus.EXPIRED, Registration.release_at.is_not(None))

Whose = Account | Registration
Held = Sequence[tuple[ProgrammeSession, bool]]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar address shows: the registrations of one account, or the `only` one it was made for."""

    registrations: Sequence[Registration]
    only: Registration | None = None


def feed_of(link: LinkToken) -> Feed | None:
    """What the address of a calendar is for, with the events; None when there is no such account or registration any more."""
    if link.subject.startswith("registration:"):
        only = with_event(link.subject_id)
        if only is None or not only.email:  # forgotten: it is nobody's any more
            return None
        return Feed([only] if only.status in SHOWN or only.is_released else [], only)
    account = account_by_id(link.subject_id)
    return None if account is None or not account.active else Feed(_of_person(account.person_id))


def feed_since(whose: Whose) -> dt.datetime | None:
    """Since when a calendar can be read by an address, or None. The address itself is known to whoever was shown it."""
    return links.valid_since(FEED, subject(whose))


def subject(whose: Whose) -> str:
    """What links to a calendar are for."""
    return f"{whose.__tablename__}:{whose.id}"


def _of_person(person_id: int) -> list[Registration]:
    """The person's own, not those of others who share the mailbox."""
    query = (
        sa.select(Registration)
        .join(Event, Event.id == Registration.event_id)
        .options(contains_eager(Registration.event))
        .where(
            Registration.person_id == person_id,
            sa.or_(Registration.status.in_(SHOWN), _RELEASED),
            Registration.confirmed_at.is_not(None),
        )
        .order_by(Event.starts_at.desc(), Registration.id.desc())
        .limit(MOST)
    )
    return list(db.session.scalars(query))


def calendar_sessions(registration_ids: Collection[int]) -> Mapping[int, Held]:
    """The sessions that each of these registrations ever had a place in, with their rooms, and whether it is held now."""
    held = sa.func.max(sa.case((Booking.status == BookingStatus.BOOKED, 1), else_=0))
    ever = (
        sa.select(Booking.registration_id, Booking.session_id, held.label("held"))
        .where(Booking.registration_id.in_(registration_ids), Booking.booked_at.is_not(None))
        .group_by(Booking.registration_id, Booking.session_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(ever.c.registration_id, ProgrammeSession, ever.c.held)
        .join(ever, ever.c.session_id == ProgrammeSession.id)
        .options(joinedload(ProgrammeSession.room))
        .order_by(ProgrammeSession.starts_at, ProgrammeSession.id)
    )
    found: dict[int, list[tuple[ProgrammeSession, bool]]] = {}
    for number, session, is_held in rows:
        found.setdefault(number, []).append((session, bool(is_held)))
    return found

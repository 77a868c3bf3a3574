"""The people of an event whom a message can go to, by the mailbox of their registration: one mail for each mailbox."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events.models import ProgrammeSession
from portal.registration.models import ACTIVE, Booking, BookingStatus, Registration, RegistrationStatus
from portal.registration.queries.answers import answered


def mailboxes(event_id: int, statuses: Collection[RegistrationStatus]) -> sa.Select[int]:
    """The people whose mailbox has a registration of these states. Several people of one mailbox are reached together."""
    return (
        sa.select(Person.id)
        .join(Registration, Registration.email == Person.email)
        .where(Registration.event_id == event_id, Registration.status.in_(statuses))
    )


def in_session(event_id: int, session_id: int, status: BookingStatus) -> sa.Select[int]:
    """Those who have a place in a session, or wait for one."""
    return _booked(event_id).where(Booking.session_id == session_id, Booking.status == status)


def on_day(event_id: int, begins: dt.datetime, ends: dt.datetime) -> sa.Select[int]:
    """Those who have a place in a session that begins within these instants."""
    query = _booked(event_id).join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
    began = ProgrammeSession.starts_at
    return query.where(Booking.status == BookingStatus.BOOKED, began >= begins, began < ends)


def _booked(event_id: int) -> sa.Select[int]:
    query = mailboxes(event_id, ACTIVE)
    return query.join(Booking, Booking.registration_id == Registration.id)


def who_answered(event_id: int, question_id: int, code: str) -> sa.Select[int]:
    """Those of whose registrations one gives this answer."""
    return mailboxes(event_id, ACTIVE).where(answered(question_id, code))


def in_role(event_id: int, role: str) -> sa.Select[int]:
    """Those who take part, or wait to, in this role."""
    return mailboxes(event_id, ACTIVE).where(Registration.role == role)


def of_organisation(event_id: int, organisation_id: int) -> sa.Select[int]:
    """Those who take part, or wait to, for an organisation of the directory."""
    return mailboxes(event_id, ACTIVE).where(Registration.organisation_id == organisation_id)


def of_ticked(event_id: int, numbers: Collection[int]) -> sa.Select[int]:
    """Those of whose registrations one is among these."""
    return mailboxes(event_id, ACTIVE).where(Registration.id.in_(numbers))


def in_sector(event_id: int, sector: str) -> sa.Select[int]:
    """Those who take part, or wait to, and said that they come from this sector."""
    return mailboxes(event_id, ACTIVE).where(Registration.sector == sector)


def reading(language: str) -> sa.Select[int]:
    """Everybody who reads the portal in this language."""
    return sa.select(Person.id).where(Person.locale == language)

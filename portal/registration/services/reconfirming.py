"""Asking people whether they come, by the rule that the event has published: the asking, and what goes on without an answer.

What they say is in `coming`. The instant at which a place goes on is stored with the asking, and stands in its mail.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events import queries as events
from portal.events.models import Event, EventStatus
from portal.events.reminding import ASKED_AGAIN, days_before
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.batches import each
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.registration import coming_days, queries, reminder_mails
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.services import seats
from portal.registration.services.changing import give_back
from portal.registration.services.states import REGISTRATIONS

NOTICE = dt.timedelta(hours=24)  # nobody loses a place who was asked later than so long before


def reconfirm() -> int:
    """Ask, ask again, and give on the places of those who have not answered; returns how many people that touched.

    A bad event stops no other one, and one bad registration nobody else.
    """
    return each("reconfirming", queries.events_that_ask(), _one_event)


def _one_event(event_id: int) -> int:
    event, now = events.find(event_id), clock.now()
    assert event is not None, "an event that was published stays"
    first, again, last = event.reconfirm_at, days_before(event, ASKED_AGAIN), event.reconfirm_ends_at
    done = 0
    if first is not None and first <= now < last:
        done += each("asking who comes", queries.to_ask(event_id, first), _ask)
    if again <= now < last:
        done += each("asking again who comes", queries.to_ask_again(event_id, again), _ask_again)
    return done + each("places without an answer", queries.to_release(event_id), _release)


def _ask(registration_id: int) -> int:
    with transaction() as session:
        event, registration = _locked(session, registration_id)
        if not _is_asked(event, registration) or registration.reconfirm_asked_at is not None:
            return 0
        now, last = clock.now(), event.reconfirm_ends_at
        goes_on = event.reconfirm_releases and last - now >= NOTICE and not queries.keeps_place(registration_id)
        registration.reconfirm_asked_at = now
        registration.release_at = last if goes_on else None
        session.flush()
        mail.queue(reminder_mails.reconfirm(registration, event))
        return 1


def _ask_again(registration_id: int) -> int:
    with transaction() as session:
        event, registration = _locked(session, registration_id)
        if not _is_silent(event, registration) or registration.reconfirm_reminded_at is not None:
            return 0
        registration.reconfirm_reminded_at = clock.now()
        if registration.release_at is not None and queries.keeps_place(registration_id):
            registration.release_at = None
        session.flush()
        mail.queue(reminder_mails.reconfirm(registration, event, is_again=True))
        return 1


def _release(registration_id: int) -> int:
    """Everything is asked once more under the lock. A team that no longer gives places on keeps them all."""
    with transaction() as session:
        event, registration = _locked(session, registration_id)
        ends_at = registration.release_at
        if not _is_silent(event, registration) or ends_at is None or ends_at > clock.now():
            return 0
        if not event.reconfirm_releases or queries.keeps_place(registration_id):
            registration.release_at = None
            return 0
        change_state(REGISTRATIONS, registration, RegistrationStatus.EXPIRED, by=PORTAL)
        give_back(session, event, registration, had_seat=True)
        mail.queue(reminder_mails.released(registration, event, ends_at))
        return 1


def _locked(session: Session, registration_id: int) -> tuple[Event, Registration]:
    return seats.lock_event_of(session, registration_id), locked(Registration, registration_id)


def _is_asked(event: Event, registration: Registration) -> bool:
    """Does the event still ask, and has this person a place?"""
    is_ahead = event.status == EventStatus.PUBLISHED and event.starts_at > clock.now()
    return is_ahead and event.reconfirm_days is not None and registration.status == RegistrationStatus.CONFIRMED


def _is_silent(event: Event, registration: Registration) -> bool:
    is_open = registration.reconfirm_asked_at is not None and registration.reconfirmed_at is None
    return is_open and _is_asked(event, registration)


def ask_anew(session: Session, event: Event, old_start: dt.datetime) -> None:
    """The event has moved: on another day than people have answered for, they are asked again when its time comes; so is
    who comes only on days of which the event has one no longer."""
    asked = sa.and_(Registration.event_id == event.id, Registration.reconfirm_asked_at.is_not(None))
    if clock.to_wall(old_start, event.timezone).date() == event.first_day:
        lost = _with_lost_days(session, event)
        if not lost:
            return
        asked = Registration.id.in_(lost)
    session.execute(
        sa.update(Registration)
        .where(asked, Registration.status.in_(queries.ACTIVE))
        .values(
            reconfirm_asked_at=None, reconfirm_reminded_at=None, reconfirmed_at=None, release_at=None, coming_days="",
            row_version=Registration.row_version + 1,
        ),
        execution_options={"synchronize_session": False},
    )  # fmt: skip


def _with_lost_days(session: Session, event: Event) -> list[int]:
    """Who has named a day on which the event no longer is."""
    days = {*coming_days.all_days(event)}
    rows = session.execute(
        sa.select(Registration.id, Registration.coming_days)
        .where(Registration.event_id == event.id, Registration.coming_days != "")
        .order_by(Registration.id)
    )
    return [number for number, said in rows if not {*coming_days.read(said)} <= days]

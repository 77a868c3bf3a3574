"""What somebody says who is asked whether they come: yes, on all days or only on some. A no is what cancelling does.

Who comes only on some days keeps the place at the event. What they have on the other days is given up by the one way in which
places are, and had again, while it is there, when they say that they come on those days after all.
"""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.session import current_person
from portal.events.models import Event, ProgrammeSession
from portal.ground import audit, clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.registration import coming_days, mails, queries
from portal.registration.models import Booking, Registration, RegistrationStatus
from portal.registration.services.changing import check_running, future, lock, switch
from portal.registration.services.states import ENDED
from portal.words.i18n import _l

GONE_ON = _l(
    "The time for this answer is over, and the place has gone on. Register again if you would like to take part."
)
SAY_DAYS = _l("Tick at least one day. Whoever comes on none gives the place up.")
NOT_A_DAY = _l("The event has other days now. Choose among those that the page shows.")
NOT_ASKED = _l("This event does not ask on which days people come. Give up single workshops instead.")
_UNSYNCED = {"synchronize_session": False}


def come(registration_id: int) -> bool:
    """The yes, to every day: the place stays. Said before already, it changes nothing and is False.

    Raises Conflict for whoever has no place any more.
    """
    with transaction() as session:
        event, registration = _asked(session, registration_id)
        if not _asks(event, registration):
            return False
        if registration.coming_days:
            return _come_on(session, event, registration, coming_days.days_to_come(event))
        return _said(registration)


def come_on(registration_id: int, *, days: Collection[dt.date]) -> bool:
    """The yes to these days alone, of those that are still to come. False where it was said before already.

    Refuses no day, and one that the event does not have. Raises Conflict for whoever has no place any more.
    """
    with transaction() as session:
        event, registration = _asked(session, registration_id)
        ahead = coming_days.days_to_come(event)
        if not ahead or not coming_days.days_of(event) or not _asks(event, registration):
            raise Refusal(NOT_ASKED)
        if not days:
            raise Refusal(SAY_DAYS, field="days")
        if not {*days} <= {*ahead}:
            raise Refusal(NOT_A_DAY, field="days")
        return _come_on(session, event, registration, days)


def _asked(session: Session, registration_id: int) -> tuple[Event, Registration]:
    event, registration = lock(session, registration_id, ended_too=True)
    check_running(event)
    if registration.status != RegistrationStatus.CONFIRMED:
        raise Conflict(GONE_ON if registration.release_at else ENDED)
    return event, registration


def _asks(event: Event, registration: Registration) -> bool:
    return event.reconfirm_days is not None or registration.reconfirm_asked_at is not None


def _said(registration: Registration) -> bool:
    if registration.reconfirmed_at is not None:
        return False
    registration.reconfirmed_at = clock.now()
    registration.reconfirm_asked_at = registration.reconfirm_asked_at or registration.reconfirmed_at
    audit.record("registration.reconfirmed", registration, actor=current_person())
    return True


def _come_on(session: Session, event: Event, registration: Registration, days: Collection[dt.date]) -> bool:
    said = coming_days.chosen(event, registration.coming_days, days)
    if said == registration.coming_days:
        return _said(registration)
    registration.reconfirmed_at = registration.reconfirmed_at or clock.now()
    registration.reconfirm_asked_at = registration.reconfirm_asked_at or registration.reconfirmed_at
    registration.coming_days = said
    dropped, added = _given_up(session, event, registration, days), _had_again(session, event, registration, days)
    if dropped or added:
        switch(session, event, registration, dropped, added)
        ended = [booking for booking, _session, _status in dropped]
        session.execute(
            sa.update(Booking).where(Booking.id.in_(ended)).values(off_day=True), execution_options=_UNSYNCED
        )
        registration.sequence += 1
        session.flush()
        mail.queue(mails.changed(registration, event, queries.places([registration.id])))
    given_up = [number for _booking, number, _status in dropped]
    audit.record(
        "registration.days_chosen", registration, detail={"given_up": given_up, "added": added}, actor=current_person()
    )
    return True


def _given_up(
    session: Session, event: Event, registration: Registration, days: Collection[dt.date]
) -> list[tuple[int, int, str]]:
    """What they have on the other days and can still be given up."""
    held = future(session, registration.id)
    starts = _starts(session, [number for _booking, number, _status in held])
    return [row for row in held if coming_days.day_at(event, starts[row[1]]) not in days]


def _had_again(session: Session, event: Event, registration: Registration, days: Collection[dt.date]) -> list[int]:
    """What they gave up in this way on days on which they come now, and what can still be booked."""
    theirs = Booking.registration_id == registration.id
    numbers = session.scalars(
        sa.select(Booking.session_id)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(theirs, Booking.off_day)
        .order_by(ProgrammeSession.starts_at, Booking.id)
    ).all()
    offered = {one.id: one.span.starts for one in queries.workshops(event.id, only=numbers)} if numbers else {}
    return [
        number for number in dict.fromkeys(numbers)
        if number in offered and coming_days.day_at(event, offered[number]) in days
    ]  # fmt: skip


def _starts(session: Session, numbers: Collection[int]) -> dict[int, dt.datetime]:
    rows = session.execute(
        sa.select(ProgrammeSession.id, ProgrammeSession.starts_at).where(ProgrammeSession.id.in_(numbers))
    )
    return {row[0]: row[1] for row in rows}

"""Telling people what has changed for them: one mail to each, when the quiet period is over (`portal jobs run notices`)."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy.orm import Session

from portal import mail
from portal.events.services.editing import frame
from portal.ground import clock
from portal.ground.batches import together
from portal.ground.db import transaction
from portal.registration import change_mails, queries
from portal.registration.models import ACTIVE, Notice, Registration
from portal.registration.notices import Known
from portal.registration.queries import Programme
from portal.registration.services import seats
from portal.registration.services.telling import loaded

BATCH = 200  # people whose mails are written under one lock of their event


def send_notices() -> int:
    """Tell everybody whose quiet period is over, event by event; returns how many mails that made."""
    due = queries.due_notices(clock.now())
    return sum(
        together("notices of changes", people, BATCH, partial(_tell, event_id)) for event_id, people in due.items()
    )


def _tell(event_id: int, people: Sequence[int]) -> int:
    """What they are to be told is read under the lock: somebody else may have told them, or changed it again."""
    with transaction() as session:
        event = seats.lock_event(session, event_id)
        notices = queries.untold(people)
        programme = queries.programme_of(event, notices)
        return sum(_tell_one(session, programme, one, notices[one.id]) for one in loaded(session, list(notices)))


def _tell_one(session: Session, programme: Programme, registration: Registration, notices: Sequence[Notice]) -> bool:
    """One mail of all that is still worth one; what is not is forgotten."""
    whole, changes = None, []
    if registration.status in ACTIVE and programme.is_running:
        of_sessions = [one for one in notices if one.session_id is not None]
        changes = [change for one in of_sessions if (change := programme.change(one))]
        is_now = Known.of_event(frame(programme.event))
        whole = next((one for one in notices if one.session_id is None and Known.of_notice(one) != is_now), None)
    told = [change.notice for change in changes] + ([whole] if whole else [])
    for one in notices:
        if one in told:
            one.told_at = clock.now()
        else:
            session.delete(one)
    if told:
        mail.queue(change_mails.digest(registration, programme.event, whole, changes))
    return bool(told)

"""Reminding people of their events: each person once, at the instants that the event says."""

import datetime as dt

from portal import mail
from portal.accounts.models import Person
from portal.events import queries as events
from portal.events.models import Event, EventStatus
from portal.events.reminding import due
from portal.ground import clock, limits
from portal.ground.authz import demand
from portal.ground.batches import each
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.registration import queries, reminder_mails
from portal.registration.models import Registration, RegistrationStatus, ReminderSent
from portal.registration.policies import Permission
from portal.registration.services import seats
from portal.words.i18n import LANGUAGES


def remind() -> int:
    """Send the reminders whose time has come; returns how many. One that is more than a day late is not sent any more.

    A bad event stops no other one, and one bad registration nobody else.
    """
    return each("reminders", queries.events_with_reminders(), _remind_of)


def _remind_of(event_id: int) -> int:
    event = events.find(event_id)
    assert event is not None, "an event that was published stays"
    return sum(_remind_all(event_id, days, at) for days, at in due(event, clock.now()))


def _remind_all(event_id: int, days: int, at: dt.datetime) -> int:
    return each("a reminder", queries.to_remind(event_id, days, at), lambda number: _remind(number, days))


def _remind(registration_id: int, days: int) -> int:
    """The row and the mail are one transaction: a worker that is killed has sent both or neither."""
    with transaction() as session:
        event = seats.lock_event_of(session, registration_id)
        registration = locked(Registration, registration_id)
        is_due = event.status == EventStatus.PUBLISHED and days in dict(due(event, clock.now()))
        is_sent = session.get(ReminderSent, (registration_id, days)) is not None
        if not is_due or is_sent or registration.status != RegistrationStatus.CONFIRMED:
            return 0
        session.add(ReminderSent(registration_id=registration_id, days=days))
        session.flush()
        mail.queue(reminder_mails.reminder(registration, event, days, queries.places([registration_id])))
        return 1


def send_reminder_test(event: Event, *, by: Person) -> int:
    """Send the reminder to `by` alone, in every language; returns in how many. Raises TooMany."""
    limits.check("test", address=by.address)
    with transaction():
        row = locked(Event, event.id)
        demand(Permission.WRITE_TO_PEOPLE, row, by=by)
        for code in LANGUAGES:
            mail.queue(reminder_mails.reminder_test(row, by, code))
        return len(LANGUAGES)

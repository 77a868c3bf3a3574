"""How long what is kept of the people of an event, and what keeps it longer. Pure: everything that says a period asks here.

A period is a number of days after the end of the event, so none ends before it. No setting makes one longer than the form has
always promised: a hold does, with a reason that they read.
"""

import datetime as dt
import hashlib
from collections.abc import Collection

from portal.events.models import Event
from portal.ground import clock
from portal.registration.models import PersonalData

DETAILS_DAYS = 365  # names, addresses and answers
NEEDS_DAYS = 30
INVITATIONS_DAYS = 30
DELEGATIONS_DAYS = 30  # who asked for the places of an organisation; whoever was named is a registration
HELD = frozenset({PersonalData.DETAILS, PersonalData.ANSWERS})  # a grant asks who took part, and not what they needed
FARTHEST = dt.timedelta(days=3660)  # after the end of the event, that a hold may last


def role_days(event: Event, role: str) -> int:
    """For how long names and addresses of people in this role are kept."""
    return min(event.role_days.get(role, DETAILS_DAYS), DETAILS_DAYS)


def answer_days(event: Event, role: str, own: int | None) -> int:
    """The same for an answer to a question with a period of its `own`, or none: never longer than the name beside it."""
    return min(role_days(event, role), DETAILS_DAYS if own is None else own)


def need_days(event: Event, role: str) -> int:
    """The same for what somebody needs."""
    return min(role_days(event, role), NEEDS_DAYS)


def due_at(event: Event, days: int) -> dt.datetime:
    """When a period ends; from then on what it is for is to be deleted."""
    return event.ends_at + dt.timedelta(days=days)


def is_held(event: Event, until: dt.datetime | None = None) -> bool:
    """Does somebody keep names and answers of this event today, and for longer than to this moment?"""
    last = event.held_until
    if last is None or clock.today(event.timezone) > last:
        return False
    return until is None or clock.to_wall(until, event.timezone).date() <= last


def fingerprint(numbers: Collection[int]) -> str:
    """SHA-256 of the numbers of rows in order, one a line: who has an older list can show that it is the same."""
    return hashlib.sha256("\n".join(str(number) for number in sorted(numbers)).encode()).hexdigest()

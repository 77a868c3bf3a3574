"""How long what is kept of the people of an event: set by its organisers, never longer than people were promised. A hold is
longer, and says why."""

import datetime as dt
from collections.abc import Mapping

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import audit, clock
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, Refusals, check_version
from portal.registration import queries, retaining
from portal.registration.policies import Permission
from portal.registration.services import seats
from portal.words.i18n import _l, _ln

MOST_LETTERS = 500
NOT_SO_LONG = _ln(
    "The data are kept for at most %(n)s day after the event.",
    "The data are kept for at most %(n)s days after the event.",
    retaining.DETAILS_DAYS,
)
PROMISED = _l("Somebody has registered in this role and was told when it is deleted. It can only be deleted sooner.")
NO_REASON = _l("Say why the data have to be kept. Everybody who registered reads it.")
NO_DAY = _l("Enter the last day on which the data have to be kept.")
TOO_EARLY = _l("Enter a day that is still to come and that is after the event.")
TOO_LATE = _l("The data can be kept for at most 10 years after the event. Choose an earlier day.")
NOTHING_LEFT = _l("The names and answers of this event are deleted already, so there is nothing to keep.")
NOT_HELD = _l("Nobody keeps the data of this event for longer any more. Nothing has changed.")


def period_field(role: str) -> str:
    """The name of the field of a form in which the period of a role stands."""
    return f"days_{role}"


def set_periods(event: Event, *, version: int, days: Mapping[str, int | None], by: Person | Portal) -> None:
    """Keep names and addresses of people in these roles so many days after the end of the event; None: as long as usual.

    Refuses, at the field of each role, what is longer than the form has always promised, and what is longer than people in
    this role were promised who have registered already.
    """
    with transaction() as session:
        event = seats.lock_event(session, event.id)
        demand(Permission.KEEPING, event, by=by)
        before = {role: retaining.role_days(event, role) for role in days}
        check_version(event, version, {period_field(role): number for role, number in before.items()})
        people = queries.roles_with_people(event.id)
        after = {role: retaining.DETAILS_DAYS if number is None else number for role, number in days.items()}
        refused = []
        for role, number in after.items():
            if not 0 <= number <= retaining.DETAILS_DAYS:
                refused.append(Refusal(NOT_SO_LONG, field=period_field(role)))
            elif number > before[role] and role in people:
                refused.append(Refusal(PROMISED, field=period_field(role)))
        if refused:
            raise Refusals(refused)
        changed = {role: number for role, number in after.items() if number != before[role]}
        if changed:
            event.role_days = {**event.role_days, **changed}
            audit.record("event.periods_changed", event, detail=changed, actor=by)


def hold(event: Event, *, version: int, until: dt.date | None, reason: str, by: Person | Portal) -> None:
    """Keep names, addresses and answers of an event to the end of a day, where it is, because a grant or a law asks for it.

    Refuses what has no reason, a day that is over or not after the event, and an event of which nothing is left.
    """
    reason = reason.strip()
    with transaction() as session:
        event = seats.lock_event(session, event.id)
        demand(Permission.KEEPING, event, by=by)
        check_version(event, version, {"until": event.held_until, "reason": event.hold_reason})
        if found := hold_faults(event, until, reason):
            raise Refusals(found)
        if event.ends_at <= clock.now() and not queries.roles_with_people(event.id):
            raise Conflict(NOTHING_LEFT)
        event.held_until, event.hold_reason = until, reason
        audit.record("event.hold_placed", event, detail={"until": str(until), "reason": reason}, actor=by)


def hold_faults(event: Event, until: dt.date | None, reason: str) -> list[Refusal]:
    """What is wrong with a hold, each at its field."""
    found = [] if reason.strip() else [Refusal(NO_REASON, field="reason")]
    last_day = clock.to_wall(event.ends_at, event.timezone).date()
    if until is None:
        found.append(Refusal(NO_DAY, field="until"))
    elif until <= last_day or until < clock.today(event.timezone):
        found.append(Refusal(TOO_EARLY, field="until"))
    elif until > last_day + retaining.FARTHEST:
        found.append(Refusal(TOO_LATE, field="until"))
    return found


def end_hold(event: Event, *, by: Person | Portal) -> None:
    """Keep it no longer than promised: what has had its time is deleted within the hour."""
    with transaction() as session:
        event = seats.lock_event(session, event.id)
        demand(Permission.KEEPING, event, by=by)
        if event.held_until is None:
            raise Conflict(NOT_HELD)
        audit.record("event.hold_ended", event, detail={"until": str(event.held_until)}, actor=by)
        event.held_until, event.hold_reason = None, ""

"""Somebody says that they come from elsewhere: another sector or organisation, where seats are kept for some."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.ground.errors import Refusal
from portal.registration import queries
from portal.registration.models import Registration
from portal.registration.occupying import is_counted
from portal.registration.queries import Hall
from portal.registration.quotas import Origin, worsens
from portal.registration.services.serving import refill
from portal.words.i18n import _l

KEPT = _l(
    "The place that this person has is kept for the sector or organisation that was given before. It stays as it was."
)
AT_LIMIT = _l("As many people of this organisation have a place as may have one.")


def check(event: Event, registration: Registration, before: Origin, booked: Collection[int]) -> bool:
    """Raises Refusal where no arrangement seats everybody who has a seat once this person comes from elsewhere. Says whether
    it matters: whether anything is kept or limited.

    The new origin stands in the row already, so who is seated is read with it. `booked` are the sessions in which they have
    a seat.
    """
    now = queries.origin_of(registration)
    whole, sessions = queries.hall_of_event(event.id), queries.reserved_sessions(event.id)
    if whole is not None and is_counted(registration):
        _check(whole, now, before, registration.seats)
    held = {number: seats for number, seats in sessions.items() if number in booked}
    for hall in queries.halls_of_sessions(held).values():
        _check(hall, _without_name(now), _without_name(before))
    return whole is not None or bool(sessions)


def _check(hall: Hall, now: Origin, before: Origin, people: int = 1) -> None:
    was, is_ = hall.changed(now, before, people).room(), hall.room()
    if is_.over_cap > was.over_cap:
        raise Refusal(AT_LIMIT, field="affiliation")
    if worsens(was, is_):
        raise Refusal(KEPT, field="sector")


def _without_name(who: Origin) -> Origin:
    """As reserves of sessions count: they do not look at names."""
    return Origin(who.sector, who.organisation)


def serve(session: Session, event: Event) -> None:
    """Seats may be free for others now: everybody who waits is asked again."""
    refill(session, event, session_ids=set(queries.reserved_sessions(event.id)))

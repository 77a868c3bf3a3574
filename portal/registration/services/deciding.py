"""The answers of a team to those who ask for a place, where it decides on each registration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.events.models import Event, EventStatus
from portal.ground import clock
from portal.ground.authz import Portal, demand
from portal.ground.batches import each
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked, locked_if_there
from portal.ground.states import change_state
from portal.registration import answer_mails, queries
from portal.registration.models import EventSeats, Registration, RegistrationStatus
from portal.registration.policies import Permission
from portal.registration.services import seats
from portal.registration.services.entering import split_wishes, take_place
from portal.registration.services.serving import refill
from portal.registration.services.states import NOT_PENDING, REGISTRATIONS, WHY_NOT
from portal.words.i18n import _l

OVER = _l("The event is over or cancelled, so nobody can be accepted any more.")


@dataclass(frozen=True, slots=True)
class Decided:
    """Of several requests: how many were answered now, had been answered or withdrawn before, or could not be answered."""

    done: int
    before: int
    failed: int


def approve(event: Event, numbers: Sequence[int], *, by: Person | Portal) -> Decided:
    """Accept these requests of the event, in the order in which they came; each by itself, so that none stops another.

    Whoever is accepted joins the queues as of the moment at which they asked: a place if there is one, else the waiting
    list, before everybody who came later. What has been answered meanwhile is left alone and counted.
    """
    if event.status != EventStatus.PUBLISHED or event.ends_at <= clock.now():
        raise Conflict(OVER)

    def accept(number: int) -> None:
        with transaction() as session:
            locked_event, registration = _pending(session, event.id, number, by)
            wished, lost = split_wishes(session, registration.id)
            take_place(session, locked_event, registration, wished, lost, by=by)

    return _each(event, numbers, accept)


def reject(event: Event, numbers: Sequence[int], *, reason: str, by: Person | Portal) -> Decided:
    """Do not accept these requests, with a reason that each of the people reads. Seats that were kept for them go on."""
    if not reason.strip():
        raise Refusal(WHY_NOT, field="reason")

    def refuse(number: int) -> None:
        with transaction() as session:
            locked_event, registration = _pending(session, event.id, number, by)
            held = registration.holds_seat
            change_state(REGISTRATIONS, registration, RegistrationStatus.REJECTED, by=by, reason=reason)
            if held and locked_if_there(EventSeats, locked_event.id) is not None:
                seats.count_event(session, locked_event.id, -registration.seats)
            seats.release(session, seats.held(session, registration.id))
            refill(session, locked_event, session_ids=set())
            mail.queue(answer_mails.rejected(registration, locked_event))

    return _each(event, numbers, refuse)


def _pending(session: Session, event_id: int, number: int, by: Person | Portal) -> tuple[Event, Registration]:
    """The event and the request, locked, for somebody who decides on it. Raises Conflict when there is nothing to answer."""
    event = seats.lock_event(session, event_id)
    demand(Permission.DECIDE, event, by=by)
    registration = locked(Registration, number)
    if registration.status != RegistrationStatus.PENDING:
        raise Conflict(NOT_PENDING)
    return event, registration


def _each(event: Event, numbers: Sequence[int], answer: Callable[[int], None]) -> Decided:
    before = 0

    def one(number: int) -> int:
        nonlocal before
        try:
            answer(number)
        except Conflict:
            before += 1
            return 0
        return 1

    asked = queries.in_queue(event.id, numbers[: queries.MOST_TICKED])
    done = each("requests", asked, one)
    return Decided(done, before, len(asked) - done - before)

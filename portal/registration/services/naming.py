"""What whoever coordinates a delegation does: name people, name others instead, give seats back, hand the task on."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.events.models import Event, EventStatus
from portal.ground import audit, clock, links
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.locks import locked
from portal.ground.mailboxes import mailbox_key
from portal.ground.states import change_state
from portal.registration import delegates, delegation_mails, mails, queries
from portal.registration.delegates import Delegate
from portal.registration.models import Delegation, DelegationSeat, DelegationStatus, Registration, SeatStatus
from portal.registration.services import delegation_seats, seats
from portal.registration.services.changing import cancel
from portal.registration.services.delegating import UNUSABLE, event_of, put_name, too_many_names
from portal.registration.services.delegation_states import DELEGATIONS, ENDED
from portal.registration.services.handing_over import hand_over
from portal.registration.services.serving import refill
from portal.words.i18n import _l, _ln

OVER = _l("The event is over or cancelled, so nothing about its places changes any more.")
NOBODY = _l("Nobody stands in the list. Enter at least one name.")
NO_PLACE_LEFT = _l("There is no place left to name somebody for. Nothing has changed.")
HOW_MANY = _l("Enter how many places you give back: at least one, and no more than have no name yet.")
ONE_MAILBOX = _ln(
    "Only %(n)s person of a delegation can have the same e-mail address.",
    "At most %(n)s people of a delegation can share an e-mail address. Enter other addresses, or leave them empty.",
    delegates.MOST_SHARING,
)
NOT_THEIRS = _l("This person has no place of the delegation any more. Nothing has changed.")
COMPLETED = _l(
    "This person has completed the registration, and can cancel it alone. You can name somebody else instead."
)
THE_SAME = _l("This is the address that coordinates it now. Enter that of somebody else.")
HAS_ADDRESS = _l("This person has an e-mail address, so the link was sent there and is not printed.")
COORDINATES = _l("Somebody with this address coordinates another delegation of this event already.")


def name_people(delegation_id: int, people: Sequence[Delegate], *, language: str) -> int:
    """Name these people for seats without a name: those that are there first, then those that wait. Returns how many.

    Each whose seat is there gets a link of their own by mail; the others when it is. All of them or nobody.
    """
    with transaction() as session:
        event, _delegation = _lock(session, delegation_id)
        delegation_seats.end_lapsed(session, event)
        free = queries.to_name(delegation_id)
        if not people:
            raise Refusal(NOBODY, field="people")
        if not free:
            raise Conflict(NO_PLACE_LEFT)
        faults = [Refusal(UNUSABLE, field="people")] if any(one.fault for one in people) else []
        if len(people) > len(free):
            faults.append(Refusal(too_many_names(len(free)), field="people"))
        named = [one.registration.email if one.registration else one.email for one in queries.seats_of(delegation_id)]
        if delegates.is_shared_by_many([*named, *(mailbox_key(one.address) for one in people)]):
            faults.append(Refusal(ONE_MAILBOX, field="people"))
        if faults:
            raise Refusals(faults)
        for seat, who in zip(free, people, strict=False):
            put_name(seat, who, language)
        session.flush()
        _note(delegation_id, "named", len(people))
        refill(session, event, session_ids=set())
        return len(people)


def give_back_seats(delegation_id: int, number: int) -> int:
    """Give back so many seats without a name, those that wait first; the others go to whoever waits. Returns how many."""
    with transaction() as session:
        event, delegation = _lock(session, delegation_id)
        delegation_seats.end_lapsed(session, event)
        free = queries.to_name(delegation_id)
        if not 1 <= number <= len(free):
            raise Refusal(HOW_MANY, field="number")
        delegation_seats.end(session, event, free[len(free) - number :], SeatStatus.RETURNED)
        session.flush()
        if delegation.status == DelegationStatus.PENDING and number == len(queries.seats_of(delegation_id)):
            change_state(DELEGATIONS, delegation, DelegationStatus.CANCELLED, by=None)
        _note(delegation_id, "given_back", number)
        refill(session, event, session_ids=set())
        return number


def take_name_back(delegation_id: int, seat_id: int) -> None:
    """Cancel for somebody who was named and has not completed anything; the place goes to whoever waits."""
    with transaction() as session:
        _lock(session, delegation_id)
        seat, who = _sitting(session, delegation_id, seat_id)
        if seat.completed_at is not None:
            raise Conflict(COMPLETED)
        _note(delegation_id, "taken_back", 1)
        cancel(who.id)


def substitute(delegation_id: int, seat_id: int, *, name: str, email: str) -> None:
    """Name somebody else instead of a person who was named: by the rules of handing over, with everything that is booked."""
    with transaction() as session:
        _event, delegation = _lock(session, delegation_id)
        _seat, who = _sitting(session, delegation_id, seat_id)
        hand_over(who.id, name=name, email=email, delegation=delegation)
        _note(delegation_id, "replaced", 1)


def sheet(delegation_id: int, seat_id: int) -> str:
    """A token to the registration of somebody who has no mailbox, to be printed for them."""
    with transaction() as session:
        event, _delegation = _lock(session, delegation_id)
        _seat, who = _sitting(session, delegation_id, seat_id)
        if who.email:
            raise Conflict(HAS_ADDRESS)
        audit.record("registration.link_printed", who)
        return links.issue(mails.MANAGE, f"registration:{who.id}", mails.lifetime(event))


def hand_on(delegation_id: int, *, name: str, email: str) -> None:
    """Somebody else coordinates the delegation from now on: the links of whoever did it open nothing any more."""
    with transaction() as session:
        event, delegation = _lock(session, delegation_id)
        if mailbox_key(email) == delegation.email:
            raise Refusal(THE_SAME, field="email")
        if queries.delegations_of_mailbox(event.id, email):
            raise Refusal(COORDINATES, field="email")
        links.revoke(delegation_mails.DELEGATION, f"delegation:{delegation.id}")
        delegation.name, delegation.address, delegation.person_id = name, email, None
        session.flush()
        delegation_seats.tell(event, delegation, "handed_on", delegation.size)
        audit.record("delegation.handed_on", delegation)


def _lock(session: Session, delegation_id: int) -> tuple[Event, Delegation]:
    """The event and the delegation, locked in their order. Raises Conflict when nothing of it can change any more."""
    event = seats.lock_event(session, event_of(session, delegation_id))
    delegation = locked(Delegation, delegation_id)
    if event.ends_at <= clock.now() or event.status != EventStatus.PUBLISHED:
        raise Conflict(OVER)
    if delegation.status not in queries.LIVE_DELEGATIONS:
        raise Conflict(ENDED)
    return event, delegation


def _sitting(session: Session, delegation_id: int, seat_id: int) -> tuple[DelegationSeat, Registration]:
    """A seat of the delegation and who sits on it, for it alone: somebody whom others have named too, or who came by
    themselves, is not theirs to replace."""
    seat = next((one for one in queries.seats_of(delegation_id) if one.id == seat_id), None)
    who = seat.registration if seat else None
    if seat is None or who is None or who.status not in queries.ACTIVE:
        raise Conflict(NOT_THEIRS)
    if not seat.is_own or len(queries.seats_of_registration(who.id)) > 1:
        raise Conflict(NOT_THEIRS)
    return seat, who


def _note(delegation_id: int, what: str, number: int) -> None:
    audit.record(f"delegation.{what}", locked(Delegation, delegation_id), detail={"number": number})

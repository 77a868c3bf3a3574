"""Asking for the seats of a delegation: a form, a link that confirms it, and the seats or a turn in the waiting list."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.accounts.services import confirmed_person
from portal.accounts.session import current_person
from portal.events import queries as events
from portal.events.models import Event
from portal.events.registration_state import State
from portal.ground import clock, links
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.locks import locked, locked_if_there
from portal.ground.mailboxes import mailbox_key
from portal.ground.states import change_state
from portal.registration import delegates, delegation_mails, mails, queries
from portal.registration.delegates import Delegate
from portal.registration.models import Delegation, DelegationSeat, DelegationStatus, EventSeats, SeatStatus
from portal.registration.quotas import Origin
from portal.registration.services import belonging, delegation_seats, registering, seats
from portal.registration.services.delegation_states import DELEGATION_SEATS, DELEGATIONS, ENDED
from portal.registration.services.filling import hall_of, room_of
from portal.registration.services.serving import refill
from portal.words.i18n import LazyString, _l, _ln

NOT_TAKEN = _l("This event takes no delegations.")
SIZE = _l("Enter a number of places from 2 to 100.")
NO_ORGANISATION = _l("Enter for which organisation you ask.")
NEVER_ENOUGH = _l("There are fewer places than that in the whole event. Ask for fewer, or for as many as there are.")
NOT_ENOUGH = _l("There are not enough free places now. Send the form again to join the waiting list.")
UNUSABLE = _l("Some lines of the list cannot be used. Correct or delete them.")


@dataclass(frozen=True, slots=True)
class Request:
    """What a form asks for."""

    event_id: int
    key: str
    name: str
    email: str
    locale: str
    affiliation: str
    size: int
    sector: str | None = None
    whole: bool = False
    accepts_waiting: bool = False
    people: Sequence[Delegate] = ()
    language: str = ""  # of the people whose line says none

    @property
    def mark(self) -> str:
        """By which this form is known: no other mailbox opens it with its key."""
        said = f"delegation {self.event_id} {mailbox_key(self.email)} {self.key}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def submit_delegation(asked: Request) -> None:
    """Keep a form until its address is confirmed. It takes no seat. Sent twice, it is one.

    Who coordinates one already gets the link to it; the sender is told the same each time.
    """
    with transaction() as session:
        event = seats.lock_event(session, asked.event_id)
        if queries.delegation_with_key(asked.mark) is not None:
            return
        _check(event, asked)
        if _send_known(event, asked.email):
            return
        made = _make(session, event, asked)
        mail.queue(delegation_mails.confirm(made, event, mails.confirm_by(event)))


def ask_for_delegation(asked: Request) -> tuple[str, bool]:
    """The form of somebody whose address is confirmed: seats or a turn at once. Returns a token to its page, and whether it
    is another one, which the address coordinates already: then nothing new is asked for."""
    with transaction() as session:
        event = seats.lock_event(session, asked.event_id)
        if (known := queries.delegation_with_key(asked.mark)) is not None:
            return token_of(known, event), False
        if others := queries.delegations_of_mailbox(event.id, asked.email):
            return token_of(others[0], event), True
        _check(event, asked)
        made = _make(session, event, asked)
        _enter(session, event, made)
        return token_of(made, event), False


def confirm_delegation(delegation_id: int) -> str:
    """The address is confirmed: the seats are asked for as of this moment. Idempotent. Returns a token to its page."""
    with transaction() as session:
        event = seats.lock_event(session, event_of(session, delegation_id))
        delegation = locked(Delegation, delegation_id)
        if delegation.status in queries.LIVE_DELEGATIONS:
            return token_of(delegation, event)
        if delegation.status != DelegationStatus.UNVERIFIED:
            raise Conflict(ENDED)
        state = events.registration_now(event)
        if not state.takes and state.state != State.CLOSED:
            raise Conflict(registering.CLOSED)
        others = queries.delegations_of_mailbox(event.id, delegation.email)
        if others:
            change_state(DELEGATIONS, delegation, DelegationStatus.EXPIRED, by=PORTAL)
            return token_of(others[0], event)
        _enter(session, event, delegation)
        return token_of(delegation, event)


def take_offer(delegation_id: int) -> int:
    """Take the seats that are offered; returns how many. 0: none is, or it is too late."""
    with transaction() as session:
        event = seats.lock_event(session, event_of(session, delegation_id))
        delegation_seats.end_lapsed(session, event)
        delegation = locked(Delegation, delegation_id)
        offered = [one for one in queries.seats_of(delegation_id) if one.status == SeatStatus.OFFERED]
        move = delegation_seats.move
        move(session, [one.id for one in offered], [SeatStatus.OFFERED], SeatStatus.HELD, until=delegation.names_due_at)
        refill(session, event, session_ids=set())
        return len(offered)


def open_delegation(delegation_id: int) -> str:
    """A token to a delegation for whoever coordinates it, who is signed in."""
    with transaction():
        delegation = queries.delegation_at(delegation_id)
        assert delegation is not None
        return token_of(delegation, delegation.event)


def token_of(delegation: Delegation, event: Event) -> str:
    """A token to the page of a delegation (inside a transaction)."""
    return links.issue(delegation_mails.DELEGATION, f"delegation:{delegation.id}", mails.lifetime(event))


def event_of(session: Session, delegation_id: int) -> int:
    """The event of a delegation, to be locked before it."""
    return session.get_one(Delegation, delegation_id).event_id


def _check(event: Event, asked: Request) -> None:
    """Everything that is wrong with a form now."""
    registering.check_open(event)
    if not event.takes_delegations:
        raise Conflict(NOT_TAKEN)
    faults: list[Refusal] = []
    if not asked.affiliation.strip():
        faults.append(Refusal(NO_ORGANISATION, field="affiliation"))
    if not delegates.FEWEST_SEATS <= asked.size <= delegates.MOST_SEATS:
        raise Refusals([*faults, Refusal(SIZE, field="size")])
    if any(one.fault for one in asked.people):
        faults.append(Refusal(UNUSABLE, field="people"))
    if len(asked.people) > asked.size:
        faults.append(Refusal(too_many_names(asked.size), field="people"))
    limit = event.max_per_organisation
    if asked.whole and limit is not None and asked.size > limit:
        faults.append(Refusal(_over_limit(limit), field="size"))
    if asked.whole and event.seats is not None and asked.size > event.seats:
        faults.append(Refusal(NEVER_ENOUGH, field="size"))
    if faults:
        raise Refusals(faults)
    _check_free(event, asked)


def too_many_names(places: int) -> LazyString:
    """Why a list is refused that names more people than there are places without a name."""
    return _ln(
        "There is %(n)s place to name somebody for, and the list is longer. Delete lines.",
        "There are %(n)s places to name people for, and the list is longer. Delete lines.",
        places,
    )


def _over_limit(limit: int) -> LazyString:
    return _ln(
        "Only %(n)s person of one organisation can have a place. Ask for fewer, or for as many as there are.",
        "Only %(n)s people of one organisation can have a place. Ask for fewer, or for as many as there are.",
        limit,
    )


def _check_free(event: Event, asked: Request) -> None:
    """Nobody waits who has not been told so."""
    if asked.accepts_waiting or event.approval or event.seats is None:
        return
    said = belonging.of_form(event, asked.affiliation, asked.sector, locale=asked.locale)
    if not can_have(event, queries.origin(said["sector"], said["organisation_id"], said["affiliation"]), asked.size):
        raise registering.MustWait(NOT_ENOUGH)


def can_have(event: Event, who: Origin, number: int) -> bool:
    """Are so many seats free for an organisation now, and nobody waits for them?"""
    places = queries.event_places(event.id, who)
    return places is None or (not places.waiting and places.free >= number)


def _send_known(event: Event, email: str) -> bool:
    others = queries.delegations_of_mailbox(event.id, email)
    for one in others:
        mail.queue(delegation_mails.news(one, event, "link", asked=mails.asked_now()))
    return bool(others)


def _make(session: Session, event: Event, asked: Request) -> Delegation:
    due, now = delegates.names_due(event, clock.now()), clock.now()
    made = Delegation(
        event_id=event.id, name=asked.name, address=asked.email, locale=asked.locale, key=asked.mark, size=asked.size,
        whole=asked.whole, accepts_waiting=asked.accepts_waiting, names_due_at=due,
        reminded=delegates.reminders_due(due, now), status=DELEGATIONS.born(DelegationStatus.UNVERIFIED),
        **belonging.of_form(event, asked.affiliation, asked.sector, locale=asked.locale),
    )  # fmt: skip
    session.add(made)
    session.flush()
    for number in range(asked.size):
        who = asked.people[number] if number < len(asked.people) else None
        seat = DelegationSeat(
            event_id=event.id, delegation_id=made.id, status=DELEGATION_SEATS.born(SeatStatus.WISHED), until=due,
        )  # fmt: skip
        if who is not None:
            put_name(seat, who, asked.language or asked.locale)
        session.add(seat)
    session.flush()
    return made


def put_name(seat: DelegationSeat, who: Delegate, language: str) -> None:
    """Name somebody for a seat; they have no mailbox when they have no address."""
    seat.name, seat.address, seat.locale = who.name, who.address, who.language or language


def _enter(session: Session, event: Event, delegation: Delegation) -> None:
    """Ask the team where it decides; else wait, and be served from the queue like everybody."""
    person: Person = confirmed_person(delegation.address, delegation.name, delegation.locale)
    delegation.person_id = person.id
    if event.approval:
        _ask_team(session, event, delegation)
        return
    change_state(DELEGATIONS, delegation, DelegationStatus.ACTIVE, by=current_person())
    take_seats(session, event, delegation)


def _ask_team(session: Session, event: Event, delegation: Delegation) -> None:
    """Seats are kept meanwhile where the event does so for requests, and has as many that nobody waits for."""
    change_state(DELEGATIONS, delegation, DelegationStatus.PENDING, by=current_person())
    counter = locked_if_there(EventSeats, event.id) if event.requests_hold else None
    who = queries.origin(delegation.sector, delegation.organisation_id, delegation.affiliation)
    if counter is not None and room_of(hall_of(event, counter), counter).free_for(who) >= delegation.size:
        seats.count_event(session, event.id, delegation.size)
        numbers = [one.id for one in queries.seats_of(delegation.id)]
        delegation_seats.move(session, numbers, [SeatStatus.WISHED], SeatStatus.HELD)
    delegation_seats.tell(event, delegation, "requested", delegation.size)


def take_seats(session: Session, event: Event, delegation: Delegation) -> None:
    """Join the queue with every seat that none is kept for yet, and tell what has come of it."""
    wished = [one.id for one in queries.seats_of(delegation.id) if one.status == SeatStatus.WISHED]
    to = SeatStatus.HELD if event.seats is None else SeatStatus.WAITING
    delegation_seats.move(session, wished, [SeatStatus.WISHED], to)
    session.flush()
    refill(session, event, session_ids=set(), delegation=delegation.id)
    now = [one.status for one in queries.seats_of(delegation.id)]
    waiting, there = now.count(SeatStatus.WAITING), now.count(SeatStatus.HELD) + now.count(SeatStatus.NAMED)
    if waiting or there:  # where the team has answered after names were due, there is nothing left
        delegation_seats.tell(event, delegation, "waiting" if waiting else "placed", waiting or there)

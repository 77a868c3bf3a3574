"""Whoever is named for a seat of a delegation and has it now becomes a registration, once, whoever else has named them."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.services import person_of
from portal.events.models import Event
from portal.ground import audit, clock
from portal.ground.authz import PORTAL
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.registration import delegation_mails, names, queries
from portal.registration.models import (
    PARTICIPANT,
    Delegation,
    DelegationSeat,
    Registration,
    RegistrationStatus,
    SeatStatus,
)
from portal.registration.occupying import is_counted
from portal.registration.services.continuing import continue_calendar
from portal.registration.services.delegation_seats import give_back, move
from portal.registration.services.states import REGISTRATIONS


@dataclass(slots=True)
class Enrolled:
    """Who waited alone and has the seat now, and how many seats are free because their people have one already."""

    admitted: list[Registration] = field(default_factory=list)
    freed: int = 0
    alone: set[int] = field(default_factory=set)  # who waited together with others, and has a seat without them


def enrol(session: Session, event: Event) -> Enrolled:
    """Give the kept seats of the event that have a name to their people. Under the lock of the event.

    Somebody who takes part already, alone or for another delegation, keeps that registration: the seat is free, or becomes
    theirs where they waited. A new registration comes for the organisation that named it, and its person completes it.
    """
    done = Enrolled()
    if not event.takes_delegations:
        return done
    session.flush()
    for seat in queries.with_people(event.id):
        delegation = seat.delegation
        person = person_of(seat.address, seat.name, seat.locale) if seat.email else None
        ever = queries.ever_of_address(event.id, seat.email, person.id if person else None) if seat.email else []
        active = [one for one in ever if one.status in queries.ACTIVE]
        known = next((one for one in active if names.is_same(one.name, seat.name)), None)
        if known is None:
            is_taken = person is None or any(one.person_id == person.id for one in active)
            who = _new(session, event, delegation, seat, None if is_taken or person is None else person.id)
            continue_calendar(who, ever)
            audit.record("registration.named", who, detail={"delegation": delegation.id})
        else:
            who = known
            _link(session, event, known, done)
        _sit(session, event, seat, who, is_known=known is not None, is_alone=who.id in done.alone)
    return done


def _new(
    session: Session, event: Event, delegation: Delegation, seat: DelegationSeat, person_id: int | None
) -> Registration:
    offered = event.offered_roles
    new = Registration(
        event_id=event.id, name=seat.name, address=seat.address, locale=seat.locale or delegation.locale,
        affiliation=delegation.affiliation, organisation_id=delegation.organisation_id, sector=delegation.sector,
        role=offered[0] if offered else PARTICIPANT, person_id=person_id,
        status=REGISTRATIONS.born(RegistrationStatus.CONFIRMED), queue_at=delegation.queue_at, confirmed_at=clock.now(),
    )  # fmt: skip
    session.add(new)
    session.flush()
    return new


def _link(session: Session, event: Event, known: Registration, done: Enrolled) -> None:
    """Never two seats for one person."""
    known = locked(Registration, known.id)
    if is_counted(known):
        give_back(session, event, 1)
        done.freed += 1
        return
    if known.companions:  # the delegation has one seat for them
        done.alone.add(known.id)
    known.companions, known.passed, known.kept_until = 0, 0, None
    if known.status == RegistrationStatus.WAITING:
        change_state(REGISTRATIONS, known, RegistrationStatus.CONFIRMED, by=PORTAL)
        done.admitted.append(known)
    else:
        known.holds_seat = True  # a request, for which this place is kept until the team answers
    session.flush()


def _sit(
    session: Session, event: Event, seat: DelegationSeat, who: Registration, *, is_known: bool, is_alone: bool
) -> None:
    """The seat is this person's; the name stands in the registration alone from now on."""
    other = next((one for one in queries.seats_of(seat.delegation_id) if one.registration_id == who.id), None)
    if other is not None:  # named twice in one delegation with two spellings of the name
        move(session, [seat.id], [SeatStatus.HELD], SeatStatus.RETURNED, name="", email="", typed_email=None)
        return
    move(
        session, [seat.id], [SeatStatus.HELD], SeatStatus.NAMED, registration_id=who.id, name="", email="",
        typed_email=None, is_own=not is_known,
        completed_at=clock.now() if is_known else None,
    )  # fmt: skip
    if who.email:
        mail.queue(delegation_mails.named(who, event, seat.delegation, seat.id, is_known=is_known, is_alone=is_alone))

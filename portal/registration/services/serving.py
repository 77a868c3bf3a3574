"""Serving the waiting lists, and telling whoever gains by it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.queries import Place, places
from portal.registration.seating import Waiter
from portal.registration.services import filling, lapsing, seats
from portal.registration.services.dropping import end_beside
from portal.registration.services.enrolling import enrol
from portal.registration.services.telling import tell_admitted, tell_offered, tell_promoted


@dataclass(frozen=True, slots=True)
class Gains:
    """Who was admitted to the event, which sessions each registration got a place in, and which waiting places it lost by it."""

    admitted: Collection[int] = frozenset()
    sessions: Mapping[int, Sequence[int]] = field(default_factory=dict)
    blocked: Mapping[int, Sequence[Place]] = field(default_factory=dict)
    held: Sequence[Place] | None = None  # what the registration has now, where that is known


def refill(
    session: Session,
    event: Event,
    *,
    session_ids: set[int],
    registration: Registration | None = None,
    admits: bool = True,
    enters: bool = False,
    chosen: Collection[int] = (),
    delegation: int | None = None,
) -> Gains:
    """Serve the waiting lists of the event (if it `admits`) and of these sessions, and tell whoever has gained something.

    Offers that have lapsed end first, and their places are given on with the others; whoever is named for a seat of a
    delegation that is there now becomes a registration. `delegation` is one that asks at this moment. `registration` is the one
    that is being changed: the caller says what it gained. Whoever comes in (`enters`: that registration too) keeps no waiting
    place that only another place of their own keeps from becoming a place. Who is inside already and gets one keeps the others
    at that time or not, as they have said; the sessions that the registration has `chosen` at this moment are not from a
    waiting list.
    """
    own, wanted = {registration.id} if registration else set(), set(session_ids)
    session_ids = session_ids | lapsing.end_lapsed(session, event)
    acting = registration.id if registration else None
    admitted, offered = _admit(session, event, acting, delegation) if admits else ([], [])
    others = [one for one in admitted if one.id not in own]
    if others:
        session_ids = session_ids | seats.waits_of(session, [one.id for one in others])
    filled = filling.fill(session, event, session_ids, acting=acting, is_new=enters)
    gained = _by_person(filled.booked)
    tell_offered(session, event, [one.id for one in offered], _by_person(filled.offered))
    inside = {one.id for one in admitted}
    entering = inside | (own if enters else set())
    taken = {one: set(these) - (set(chosen) if one in own else set()) for one, these in gained.items()}
    dropped = end_beside(session, {one: these for one, these in taken.items() if these and one not in entering})
    if registration and enters and registration.status == RegistrationStatus.CONFIRMED:
        inside.add(registration.id)
        if wanted <= set(gained.get(registration.id, ())):  # everything is booked, so nothing waits
            inside.discard(registration.id)
    held = places(inside) if inside else []
    blocked = filling.end_blocked(session, held)
    blocked |= dropped
    tell_admitted(session, event, [one.id for one in others], blocked)
    silent = own | {one.id for one in others}
    tell_promoted(session, event, {person: these for person, these in gained.items() if person not in silent}, blocked)
    is_known = registration is not None and registration.id in inside and registration.id not in blocked
    own_places = [one for one in held if one.registration_id in own] if is_known else None
    return Gains({one.id for one in admitted}, gained, blocked, own_places)


def _admit(
    session: Session, event: Event, acting: int | None, delegation: int | None
) -> tuple[Sequence[Registration], Sequence[Registration]]:
    """Who has a place at the event now, and to whom one is offered. A seat of a delegation whose person has one already
    goes on at once."""
    found = filling.admit(session, event, acting=acting, delegation=delegation)
    while (enrolled := enrol(session, event)).freed:
        found += enrolled.admitted
        found += filling.admit(session, event, acting=acting, delegation=delegation)
    found += enrolled.admitted
    if found:
        session.flush()
    offered = [one for one in found if one.status == RegistrationStatus.OFFERED]
    return [one for one in found if one.status == RegistrationStatus.CONFIRMED], offered


def _by_person(waiters: Sequence[Waiter]) -> dict[int, list[int]]:
    """The sessions of each registration."""
    found: dict[int, list[int]] = {}
    for waiter in waiters:
        found.setdefault(waiter.person, []).append(waiter.session)
    return found

"""Serving the waiting lists, and telling whoever gains by it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.queries import Place, places
from portal.registration.services import seats
from portal.registration.services.telling import tell_admitted, tell_promoted


@dataclass(frozen=True, slots=True)
class Gains:
    """Who was admitted to the event, which sessions each registration got a place in, and what it would wait for in vain."""

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
    told: Collection[int] = (),
) -> Gains:
    """Serve the waiting lists of the event (if it `admits`) and of these sessions, and tell whoever has gained something.

    `registration` is the one that is being changed, `told` are those who get a mail of their own about what is going on:
    the caller says what they gained in that one. Whoever comes in (`enters`: that registration too) keeps no waiting place
    that only another place of their own keeps from becoming a place.
    """
    admitted = seats.admit(session, event) if admits else []
    own, wanted = {registration.id} if registration else set(), set(session_ids)
    others = [one for one in admitted if one.id not in own]
    if admitted:
        session.flush()
    if others:
        session_ids = session_ids | seats.waits_of(session, [one.id for one in others])
    gained: dict[int, list[int]] = {}
    newcomer = registration.id if registration and enters else None
    for waiter in seats.fill(session, event, session_ids, newcomer=newcomer):
        gained.setdefault(waiter.person, []).append(waiter.session)
    inside = {one.id for one in admitted}
    if registration and enters and registration.status == RegistrationStatus.CONFIRMED:
        inside.add(registration.id)
        if wanted <= set(gained.get(registration.id, ())):  # everything is booked, so nothing waits
            inside.discard(registration.id)
    held = places(inside) if inside else []
    blocked = seats.end_blocked(session, held)
    silent = own | set(told)
    tell_admitted(session, event, [one.id for one in others if one.id not in silent], blocked)
    silent |= {one.id for one in others}
    tell_promoted(session, event, {person: places for person, places in gained.items() if person not in silent})
    is_known = registration is not None and registration.id in inside and registration.id not in blocked
    own_places = [one for one in held if one.registration_id in own] if is_known else None
    return Gains({one.id for one in admitted}, gained, blocked, own_places)

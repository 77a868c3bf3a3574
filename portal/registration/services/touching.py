"""Whom a change of the programme touches: one list, for what the coordinator reads beforehand and for what is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import singledispatch

from portal.events.facts import EventCancelled, EventChanged, EventPostponed, SessionCancelled, SessionChanged
from portal.ground import clock
from portal.registration import queries
from portal.registration.models import RegistrationStatus
from portal.registration.occupying import HOLDING
from portal.registration.seating import Span


@dataclass(frozen=True, slots=True)
class Touched:
    """Registrations by what they have there: a place (also one that is kept for them), or the hope of one. `clashing` are those
    of `placed` who will be in two places at once."""

    placed: Sequence[int] = ()
    waiting: Sequence[int] = ()
    clashing: Sequence[int] = field(default=())

    @property
    def everybody(self) -> list[int]:
        """All of them, in the order in which their rows are locked."""
        return sorted({*self.placed, *self.waiting})


_INSIDE = (RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED)


@singledispatch
def touched_by(fact: object) -> Touched:
    """Everybody who gets an e-mail because of the fact. Whoever gains a place by it beside them is told of that alone."""
    raise TypeError(f"Nobody is touched by {type(fact).__name__}")


@touched_by.register
def _(fact: SessionChanged) -> Touched:
    """More or fewer seats take nothing from anybody; in what has begun nobody waits any more."""
    if fact.old is None or not fact.new.is_elsewhere(fact.old):
        return Touched()
    span = Span(fact.new.starts_at, fact.new.ends_at)
    placed, waiting = _of_session(fact.session_id)
    return Touched(
        placed,
        waiting if fact.new.starts_at > clock.now() else [],
        queries.busy_at(placed, span, beside=fact.session_id),
    )


@touched_by.register
def _(fact: SessionCancelled) -> Touched:
    return Touched(*_of_session(fact.session_id))


def _of_session(session_id: int) -> tuple[list[int], list[int]]:
    people = queries.people_of_session(session_id)
    return (
        [number for number, status in people if status in HOLDING],
        [number for number, status in people if status not in HOLDING],
    )


@touched_by.register
def _(fact: EventChanged) -> Touched:
    return Touched() if fact.old is None or not fact.new.is_elsewhere(fact.old) else _of_event(fact.event_id)


@touched_by.register
def _(fact: EventPostponed) -> Touched:
    return _of_event(fact.event_id)


@touched_by.register
def _(fact: EventCancelled) -> Touched:
    return _of_event(fact.event_id)


def _of_event(event_id: int) -> Touched:
    people = queries.people_of_event(event_id)
    return Touched(
        [number for number, status in people if status in _INSIDE],
        [number for number, status in people if status not in _INSIDE],
    )

"""Who gets a place: the rules of waiting lists, without a database.

Intervals are half-open, so a session may begin when another ends. One pass in the order of the queue is enough: giving
somebody a place only makes that person busier, so whoever was skipped once stays skipped.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from portal.registration.quotas import NOBODY, Origin


@dataclass(frozen=True, slots=True)
class Span:
    """From `starts` until just before `ends`."""

    starts: dt.datetime
    ends: dt.datetime


@dataclass(frozen=True, slots=True)
class Waiter:
    """A waiting place. `person` is whoever must not be in two places at once (the registration), `origin` where they come
    from."""

    booking: int
    person: int
    session: int
    queue_at: dt.datetime
    span: Span
    front_at: dt.datetime | None = None
    origin: Origin = NOBODY


def overlaps(one: Span, other: Span) -> bool:
    """Do the two share a moment?"""
    return one.starts < other.ends and other.starts < one.ends


def clashes(spans: Mapping[int, Span]) -> list[tuple[int, int]]:
    """Every two of these that overlap, in the order given."""
    pairs = combinations(spans.items(), 2)
    return [(one, other) for (one, span), (other, its_span) in pairs if overlaps(span, its_span)]


def in_order(queue: Iterable[Waiter]) -> list[Waiter]:
    """The order of a waiting list: whom a change of the programme has cost a place, then who came first, ties by booking."""
    return sorted(
        queue, key=lambda waiter: (waiter.front_at is None, waiter.front_at or waiter.queue_at, waiter.booking)
    )


def next_to_seat(queue: Sequence[Waiter], busy: Mapping[int, Sequence[Span]]) -> Waiter | None:
    """The first of an ordered queue who has nothing else at that time; the others keep their places in it."""
    for waiter in queue:
        if not any(overlaps(waiter.span, span) for span in busy.get(waiter.person, ())):
            return waiter
    return None


def seat(
    queue: Iterable[Waiter],
    free: Mapping[int, int],
    busy: Mapping[int, Sequence[Span]],
    takes: Callable[[Waiter], bool] = lambda waiter: True,
) -> list[Waiter]:
    """Everybody of all these queues who gets a place now, in the order of giving.

    `free` are the free places of each session, `busy` what each person has already. Somebody who waits for two sessions
    at the same time gets the one that they asked for first. `takes` seats somebody, unless the places that are left are
    kept for others.
    """
    left = dict(free)
    taken: dict[int, list[Span]] = {person: list(spans) for person, spans in busy.items()}
    seated = []
    for waiter in in_order(queue):
        if left.get(waiter.session, 0) > 0 and next_to_seat([waiter], taken) and takes(waiter):
            left[waiter.session] -= 1
            taken.setdefault(waiter.person, []).append(waiter.span)
            seated.append(waiter)
    return seated

"""Whose turn it is in the waiting list of an event when groups wait in it too: the rules, without a database.

A group is a delegation that comes only whole, or somebody who brings others along. Where it does not fit, smaller parties
behind it may have a seat that it could have used, `MOST_PASSES` times. After that free seats are kept for it, for at most
`KEPT_FOR`. Then the others go on: it waits further, and has a seat as soon as there is one for everybody, but nothing is kept
for it any more.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from portal.registration.quotas import Origin, Room

MOST_PASSES = 2
KEPT_FOR = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody in the queue: a registration with the `people` who come by it, one seat of a delegation, or (`size`) a whole
    one.

    `registration` is None for seats of a `delegation`; `seats` are their numbers. `passed` and `kept_until` are what is known
    of a group that waits.
    """

    queue_at: dt.datetime
    who: Origin
    registration: int | None = None
    delegation: int | None = None
    seats: tuple[int, ...] = ()
    passed: int = 0
    kept_until: dt.datetime | None = None
    people: int = 1

    @property
    def size(self) -> int:
        return max(self.people, len(self.seats))


@dataclass(slots=True)
class _Group:
    """A group that waits, while the queue behind it is served."""

    turn: Turn
    passed: int
    until: dt.datetime | None

    def keeps_at(self, now: dt.datetime) -> bool:
        """Are free seats kept for it now?"""
        return self.passed >= MOST_PASSES and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class Served:
    """Who has a seat now, in the order of giving, and what is to be known of the groups that still wait: by delegation, and by
    registration."""

    turns: Sequence[Turn] = ()
    groups: Mapping[int, tuple[int, dt.datetime | None]] = field(default_factory=dict)
    companies: Mapping[int, tuple[int, dt.datetime | None]] = field(default_factory=dict)

    @property
    def registrations(self) -> list[int]:
        return [one.registration for one in self.turns if one.registration is not None]

    @property
    def seats(self) -> list[int]:
        return [seat for one in self.turns for seat in one.seats]


def in_order(turns: Sequence[Turn]) -> list[Turn]:
    """The order of the queue: who came first; of those who came at one instant people stand before seats."""
    return sorted(
        turns, key=lambda one: (one.queue_at, one.registration is None, one.registration or one.delegation, one.seats)
    )


def serve(room: Room, queue: Sequence[Turn], now: dt.datetime) -> Served:
    """Give the free seats of a room to a queue in its order. The room is changed: it holds them afterwards."""
    groups: list[_Group] = []
    seated: list[Turn] = []
    for turn in queue:
        if room.taken >= room.seats:
            break
        if room.free_for(turn.who) < turn.size or not _may_pass(room, groups, turn, now):
            if turn.size > 1:
                groups.append(_Group(turn, turn.passed, turn.kept_until))
            continue
        _seat(room, turn)
        seated.append(turn)
    for one in groups:
        if one.passed >= MOST_PASSES and one.until is None and room.free_for(one.turn.who) > 0:
            one.until = now + KEPT_FOR
    return Served(
        seated,
        {one.turn.delegation: (one.passed, one.until) for one in groups if one.turn.delegation is not None},
        {one.turn.registration: (one.passed, one.until) for one in groups if one.turn.registration is not None},
    )


def _may_pass(room: Room, groups: Sequence[_Group], turn: Turn, now: dt.datetime) -> bool:
    """May somebody have a seat before these groups? Whoever takes one that a group could use is counted there."""
    if not groups:
        return True
    after = deepcopy(room)
    _seat(after, turn)
    passed = [one for one in groups if after.free_for(one.turn.who) < room.free_for(one.turn.who)]
    if any(one.keeps_at(now) for one in passed):
        return False
    for one in passed:
        one.passed += 1
    return True


def _seat(room: Room, turn: Turn) -> None:
    for _one in range(turn.size):
        room.take(turn.who)

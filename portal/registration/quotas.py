"""Who may have a seat where some are kept for sectors or organisations: the rules, without a database.

A seat is open or kept in a reserve. Whoever belongs to a reserve may sit in it or in an open seat, and who sits where is never
written down: it is matched anew whenever somebody comes or goes, so that nobody waits while any arrangement seats them too.
The sets of people that can be seated are those of a transversal matroid; taking a queue strictly in its order is therefore
the best for the queue, and nobody in it could be seated instead of somebody after them. A limit of people of one
organisation holds beside it. People who belong to the same reserves are alike, so all that is counted is how many of each
kind there are.
"""

import datetime as dt
from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

OPEN = 0  # the seats that are kept for nobody; the reserves follow it
Kind = tuple[int, ...]  # where somebody may sit: in these reserves, last in an open seat
Step = tuple[Kind, int, int]  # somebody of this kind moves from one place to another


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody comes from: a sector, and an organisation of the directory or one by its name (as a key to compare)."""

    sector: str = ""
    organisation: int | None = None
    typed: str = ""

    @property
    def organisation_key(self) -> int | str | None:
        """What people of the same organisation have in common; None: they name none, so no limit counts them."""
        return self.organisation or self.typed or None


NOBODY = Origin()  # whoever belongs to no reserve


@dataclass(frozen=True, slots=True)
class Reserve:
    """Seats that are kept for people of these sectors and organisations, until the instant at which they are open to all."""

    id: int
    seats: int
    sectors: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    release_at: dt.datetime | None = None

    def keeps_at(self, now: dt.datetime) -> bool:
        """Does it still keep its seats? At the instant of its release it does not."""
        return self.release_at is None or now < self.release_at

    def is_for(self, who: Origin) -> bool:
        return who.sector in self.sectors or who.organisation in self.organisations


class Room:
    """The seats of an event or a session, with everybody who has one.

    `reserves` are those that keep seats now. Nobody who has a seat loses it: where reserves were made smaller or later than
    those who sit there already, whoever fits nowhere still takes one of all `seats`, and no kept one.
    """

    def __init__(
        self, seats: int, reserves: Collection[Reserve], seated: Mapping[Origin, int], *, cap: int | None = None
    ) -> None:
        self.seats, self.cap = seats, cap
        self._reserves = tuple(reserves)
        kept = [one.seats for one in self._reserves]
        self._left = [max(0, seats - sum(kept)), *kept]
        self._held: dict[Kind, list[int]] = {}
        self._full: set[Kind] = set()  # kinds for which there is no seat; more people make none
        self._of_organisation: Counter[int | str] = Counter()
        self.taken = self.excess = 0
        for who, number in seated.items():
            self._count(who, number)
            self.excess += number - self._seat(self._kind(who), number)

    @property
    def over_cap(self) -> int:
        """How many people of organisations have a seat beyond the limit."""
        return sum(max(0, number - self.cap) for number in self._of_organisation.values()) if self.cap else 0

    def take(self, who: Origin) -> bool:
        """Seat one more, if any arrangement seats them beside everybody who has a seat."""
        if not self.has_seat_for(who):
            return False
        self._seat(self._kind(who), 1)
        self._count(who, 1)
        return True

    def has_seat_for(self, who: Origin) -> bool:
        """Would `take` seat them?"""
        return self.taken < self.seats and not self.is_at_cap(who) and self._path(self._kind(who)) is not None

    def is_at_cap(self, who: Origin) -> bool:
        """Have as many people of their organisation a seat as may have one?"""
        key = who.organisation_key
        return self.cap is not None and key is not None and self._of_organisation[key] >= self.cap

    def free_for(self, who: Origin) -> int:
        """How many more like them could be seated."""
        left = self.seats - self.taken
        if self.cap is not None and (key := who.organisation_key) is not None:
            left = min(left, self.cap - self._of_organisation[key])
        return deepcopy(self)._seat(self._kind(who), left) if left > 0 else 0

    def _count(self, who: Origin, number: int) -> None:
        self.taken += number
        if (key := who.organisation_key) is not None:
            self._of_organisation[key] += number

    def _kind(self, who: Origin) -> Kind:
        return (*(place for place, one in enumerate(self._reserves, 1) if one.is_for(who)), OPEN)

    def _seat(self, kind: Kind, number: int) -> int:
        """Seat so many of a kind, moving others where that makes room; returns how many there were seats for."""
        seated = 0
        while seated < number and (path := self._path(kind)) is not None:
            seated += self._move(kind, path, number - seated)
        return seated

    def _path(self, kind: Kind) -> Sequence[Step] | None:
        """The fewest moves of others after which there is a seat for one more of this kind, the last move first (Ford and
        Fulkerson, on kinds instead of people). None: there is none, and more people make none."""
        if kind in self._full:
            return None
        came: dict[int, Step] = {place: (kind, place, place) for place in kind}
        queue = deque(kind)
        while queue:
            place = queue.popleft()
            if self._left[place] > 0:
                return list(_back(came, place))
            for other, held in self._held.items():
                if held[place]:
                    for beside in other:
                        if beside not in came:
                            came[beside] = (other, place, beside)
                            queue.append(beside)
        self._full.add(kind)
        return None

    def _move(self, kind: Kind, path: Sequence[Step], number: int) -> int:
        """Make these moves, as often as they can all be made, and seat as many."""
        *moves, (_kind, first, _same) = path
        end = path[0][2]
        number = min(number, self._left[end], *(self._held[other][start] for other, start, _to in moves))
        for other, start, to in moves:
            self._held[other][start] -= number
            self._held[other][to] += number
        self._held.setdefault(kind, [0] * len(self._left))[first] += number
        self._left[end] -= number
        return number


def _back(came: Mapping[int, Step], place: int) -> Iterator[Step]:
    """The steps that lead to a place, the last one first; the first step stays where it is."""
    while True:
        yield came[place]
        if came[place][1] == place:
            return
        place = came[place][1]


def worsens(before: Room, after: Room) -> bool:
    """Would a change of those who have seats leave more of them without one that they may have, or beyond the limit?"""
    return after.excess > before.excess or after.over_cap > before.over_cap

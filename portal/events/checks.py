"""What a coordinator should look at before and after publishing: hints about a programme, never a refusal.

A pure module. Two halls with one name, a speaker who can be in two places by video, more seats than chairs: there may
be a good reason for each, so the portal says what it sees and leaves the decision to people.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, Protocol, TypeVar


class Checked(Protocol):
    """What the checks must know of a session."""

    @property
    def speakers(self) -> str: ...
    @property
    def starts_at(self) -> dt.datetime: ...
    @property
    def ends_at(self) -> dt.datetime: ...
    @property
    def room_id(self) -> int | None: ...
    @property
    def seats(self) -> int | None: ...


S = TypeVar("S", bound=Checked)


@dataclass(frozen=True, slots=True)
class Hint(Generic[S]):
    """`kind` is room (both sessions in one room), speaker (`name` in both) or seats (more than the room holds)."""

    kind: str
    sessions: tuple[S, ...]
    name: str = ""
    capacity: int = 0


def hints(sessions: Sequence[S], capacities: Mapping[int, int | None]) -> list[Hint[S]]:
    """Everything worth a look, in the order of the programme. `capacities` are those of the rooms, None = unknown."""
    ordered = sorted(sessions, key=lambda one: (one.starts_at, one.ends_at))
    found: list[Hint[S]] = []
    for session in ordered:
        capacity = capacities.get(session.room_id or 0)
        if capacity is not None and session.seats is not None and session.seats > capacity:
            found.append(Hint("seats", (session,), capacity=capacity))
    for first, second in combinations(ordered, 2):
        if second.starts_at >= first.ends_at:
            continue
        if first.room_id is not None and first.room_id == second.room_id:
            found.append(Hint("room", (first, second)))
        found += [Hint("speaker", (first, second), name=name) for name in _both(first.speakers, second.speakers)]
    return found


def _both(first: str, second: str) -> list[str]:
    """The names that stand in both lists of speakers."""
    others = {name.casefold() for name in people(second)}
    return [name for name in people(first) if name.casefold() in others]


def people(speakers: str) -> list[str]:
    """The single names of a list such as `Anna Nowak, Иван Петров`."""
    return [name for part in speakers.split(",") if (name := " ".join(part.split()))]

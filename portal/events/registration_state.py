"""Can one register now, and until when. A pure module: the clock and the seats are handed in."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class State(StrEnum):
    DRAFT = "draft"
    CANCELLED = "cancelled"
    PAST = "past"
    HIDDEN = "hidden"
    RUNNING = "running"
    SOON = "soon"
    CLOSED = "closed"
    FULL = "full"
    OPEN = "open"


class Announced(Protocol):
    """What must be known of an event."""

    @property
    def status(self) -> str: ...
    @property
    def starts_at(self) -> dt.datetime: ...
    @property
    def ends_at(self) -> dt.datetime: ...
    @property
    def registration_opens_at(self) -> dt.datetime | None: ...
    @property
    def registration_closes_at(self) -> dt.datetime | None: ...


@dataclass(frozen=True, slots=True)
class RegistrationState:
    """`at` is the instant that the state hangs on: the opening of SOON, the (exclusive) close of OPEN, FULL and CLOSED."""

    state: State
    at: dt.datetime

    @property
    def takes(self) -> bool:
        """May one register now, if only for the waiting list?"""
        return self.state in (State.OPEN, State.FULL)


def closes_at(event: Announced) -> dt.datetime:
    """The first instant at which it is too late to register."""
    return event.registration_closes_at or event.starts_at


def registration_state(
    event: Announced, now: dt.datetime, *, is_full: bool = False, is_hosted: bool = True
) -> RegistrationState:
    """The state of an event's registration at `now`; `is_full` says that every seat of the event is taken, `is_hosted` that
    everybody can read who runs it."""
    close, opening = closes_at(event), event.registration_opens_at
    if event.status in (State.DRAFT, State.CANCELLED):
        return RegistrationState(State(event.status), event.starts_at)
    if now >= event.ends_at:
        return RegistrationState(State.PAST, event.ends_at)
    if not is_hosted:
        return RegistrationState(State.HIDDEN, close)
    if now < close and opening is not None and now < opening:
        return RegistrationState(State.SOON, opening)
    if now < close:
        return RegistrationState(State.FULL if is_full else State.OPEN, close)
    return RegistrationState(State.RUNNING if now >= event.starts_at else State.CLOSED, close)

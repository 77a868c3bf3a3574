"""Work on many things at once: one bad item never stops the others, and none is passed over in silence."""

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from portal.ground.db import db

log = logging.getLogger(__name__)

Item = TypeVar("Item")


@dataclass
class Failures:
    """What failed while something ran: how much, and what the first was (the kind of error: words may name people)."""

    number: int = 0
    first: str = ""


_noted: ContextVar[Failures | None] = ContextVar("failures", default=None)


@contextlib.contextmanager
def noted() -> Iterator[Failures]:
    """Collect what `note` is told within this context."""
    failures = Failures()
    token = _noted.set(failures)
    try:
        yield failures
    finally:
        _noted.reset(token)


def note(error: Exception) -> None:
    """Something failed and the work goes on: the job that it is part of ends as failed."""
    failures = _noted.get()
    if failures is not None:
        failures.number += 1
        failures.first = failures.first or type(error).__name__


def each(name: str, items: Iterable[Item], work: Callable[[Item], int | None]) -> int:
    """Do the work on every item; returns the sum of what it said.

    Each is a use-case of its own. One that fails is undone, noted and logged with `name` and itself, and the next follows.
    """
    total = 0
    for item in items:
        try:
            total += work(item) or 0
        except Exception as error:
            db.session.rollback()
            note(error)
            log.exception("%s: %s failed", name, getattr(item, "__name__", item))
    return total


def together(name: str, items: Sequence[Item], size: int, work: Callable[[Sequence[Item]], int | None]) -> int:
    """Do the work on so many items at a time, which costs less than one after the other; returns the sum of what it said.

    Where one of a batch stops it, the batch is undone and each of it follows alone (see `each`).
    """
    total = 0
    for at in range(0, len(items), size):
        batch = items[at : at + size]
        try:
            total += work(batch) or 0
        except Exception:
            db.session.rollback()
            total += each(name, batch, lambda item: work([item]))
    return total

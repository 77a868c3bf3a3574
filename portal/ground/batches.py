"""Work on many things at once: one bad item never stops the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from portal.ground.db import db

log = logging.getLogger(__name__)

Item = TypeVar("Item")


def each(name: str, items: Iterable[Item], work: Callable[[Item], int | None]) -> int:
    """Do the work on every item; returns the sum of what it said.

    Each is a use-case of its own. One that fails is undone and logged with `name` and itself, and the next one follows.
    """
    total = 0
    for item in items:
        try:
            total += work(item) or 0
        except Exception:
            db.session.rollback()
            log.exception("%s: %s failed", name, getattr(item, "__name__", item))
    return total

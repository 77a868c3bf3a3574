"""Answers that are asked for many times in one request, such as 'which roles does this person have'."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from portal.ground.db import db

Answer = TypeVar("Answer")
_PLACE = "memo"


def remembered(key: Hashable, make: Callable[[], Answer]) -> Answer:
    """`make()`, asked once per database transaction: as long as nothing else can be read, nothing else is remembered.

    A request that only reads is one transaction, so it asks once. A use-case begins a new one and asks again; one that
    changes what is remembered calls `forget`.
    """
    session = db.session()
    place: tuple[Any, dict[Hashable, Any]] | None = session.info.get(_PLACE)
    if place is not None and place[0] is not None and place[0] is session.get_transaction() and key in place[1]:
        answer: Answer = place[1][key]
        return answer
    answer = make()
    now = session.get_transaction()
    place = session.info.get(_PLACE)
    if place is None or place[0] is not now:
        place = (now, {})
        session.info[_PLACE] = place
    place[1][key] = answer
    return answer


def forget() -> None:
    """What was remembered has just been changed by this use-case."""
    db.session().info.pop(_PLACE, None)

"""A form that is open on a full row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.ground.db import transaction
from tests.factories.events import refreshed


@dataclass(frozen=True)
class Opened:
    """A form that is open: who has it before them, where, and the row that it is about.

    `empty`: columns of a full row that hold nothing. `fields`: what must be typed, because the form asks for it anew.
    `moves`: tables and columns that such a saving changes rightly.
    """

    address: str
    row: Any
    person: Any = None
    empty: frozenset[str] = frozenset()
    fields: Mapping[str, str | None] = field(default_factory=dict)
    moves: frozenset[str] = frozenset()


def filled(row: Any, **values: Any) -> Any:
    """The row with these columns, as it is stored then."""
    with transaction() as session:
        stored = session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(stored, name, value)
    return refreshed(row)

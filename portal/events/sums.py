"""A programme in numbers, for a page that leads to it."""

from collections.abc import Callable, Collection

from portal.events.timetable import Placed
from portal.words.i18n import _, _n
from portal.words.i18n.formats import number

LONG = 8  # sessions: a programme that has more stands on its own page, and the page of its event only counts

_COUNTED: dict[str, Callable[[int], str]] = {
    "workshop": lambda n: _n("%(n)s workshop", "%(n)s workshops", n),
    "talk": lambda n: _n("%(n)s talk", "%(n)s talks", n),
    "panel": lambda n: _n("%(n)s panel discussion", "%(n)s panel discussions", n),
    "networking": lambda n: _n("%(n)s networking session", "%(n)s networking sessions", n),
}


def counted(sessions: Collection[Placed], full: Collection[int] = ()) -> str:
    """`6 workshops, 1 talk, without free places: 1`: pauses left out, `full` are the ids of those without places."""
    kinds = [one.kind for one in sessions]
    parts = [words(kinds.count(kind)) for kind, words in _COUNTED.items() if kind in kinds]
    none_left = sum(one.id in full for one in sessions)
    if none_left:
        parts.append(_("without free places: %(n)s", n=number(none_left)))
    return ", ".join(parts)

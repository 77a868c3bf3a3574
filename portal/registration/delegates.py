"""Whom an organisation names for its seats: out of what people paste or keep in a spreadsheet.

A pure module: nothing is asked and nobody is written to. One person on each line; columns in any order with a header, or
name, address and language without one. Not everybody has an address, and several people may share one. A line is never dropped
in silence: what is wrong is said with its number.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.events.models import Event
from portal.events.reminding import days_before
from portal.ground.mailboxes import NO_ADDRESS, UNREACHABLE, is_reachable, mailbox_key, normal_address
from portal.registration.invitees import HEADS, language_of
from portal.registration.names import is_same
from portal.words.i18n import LazyString, _l
from portal.words.tables import Bounds, Line, Table, heads, read_text

FEWEST_SEATS, MOST_SEATS = 2, 100
MOST_SHARING = 10  # people of one delegation who share a mailbox: each of them is a mail to it
NAMES_DUE_DAYS = 7  # before the event, where it says nothing else
SHORTEST = dt.timedelta(hours=48)  # to name people, however near the event is
REMINDED = (dt.timedelta(days=7), dt.timedelta(days=2))  # before the names are due
PASTED = Bounds(file=200_000, rows=500, columns=30, cells=5_000, cell=1_000)
FILE = Bounds(file=2_000_000, unpacked=10_000_000, rows=500, columns=30, cells=5_000, cell=1_000)
SHOWN = 200
_GIVEN = ["First name", "Given name", "Imię", "Име", "Собствено име"]
_FAMILY = ["Last name", "Surname", "Family name", "Nazwisko", "Фамилия"]
_KNOWN = {
    "given": _GIVEN,
    "family": _FAMILY,
    "name": [word for word in HEADS["name"] if word not in (*_GIVEN, *_FAMILY)],
    "email": HEADS["email"],
    "language": HEADS["language"],
}


class Fault(StrEnum):
    """Why a line cannot be used; FAULTS says what to do."""

    NAME = "name"
    ADDRESS = "address"
    UNREACHABLE = "unreachable"
    DOUBLE = "double"


FAULTS: dict[Fault, LazyString] = {
    Fault.NAME: _l("This line has no name. Add it or delete the line."),
    Fault.ADDRESS: NO_ADDRESS,
    Fault.UNREACHABLE: UNREACHABLE,
    Fault.DOUBLE: _l("This person stands in the list already. Delete the line, or add what tells the two apart."),
}


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody who is named. `address` is empty for who has none, `language` where the line says none."""

    line: int
    name: str
    address: str = ""
    language: str = ""
    fault: Fault | None = None

    def is_same(self, other: "Delegate") -> bool:
        return mailbox_key(self.address) == mailbox_key(other.address) and is_same(self.name, other.name)


def is_shared_by_many(mailboxes: Iterable[str]) -> bool:
    """Do more people share one of these mailboxes (their keys) than may? Whoever has none shares nothing."""
    return any(number > MOST_SHARING for mailbox, number in Counter(mailboxes).items() if mailbox)


def read(text: str) -> list[Delegate]:
    """Everybody in a text that was typed or pasted, line by line. Raises NoTable when it is too much."""
    return _checked(_people(read_text(text, PASTED)))


def kept(table: Table) -> str:
    """What of a file is needed, as a text to look at and to correct: no column but name, address and language."""
    return "\n".join(
        "\t".join([one.name, one.address, *([one.language] if one.language else [])]) for one in _people(table)
    )


def names_due(event: Event, now: dt.datetime) -> dt.datetime:
    """Until when people are named for seats that are asked for now: days before the event, and never after its start."""
    days = event.names_due_days or NAMES_DUE_DAYS
    return min(max(days_before(event, days), now + SHORTEST), event.starts_at)


def reminders_due(due_at: dt.datetime, now: dt.datetime) -> int:
    """How many of the reminders of names have had their moment."""
    return sum(1 for before in REMINDED if due_at - before <= now)


def _people(table: Table) -> Iterator[Delegate]:
    columns = heads(table, _KNOWN)
    if columns is None or not columns.keys() & {"name", "given", "family"}:
        yield from (_guessed(line) for line in table.lines)
        return
    for line in table.lines[1:]:
        cells = {name: line.cells[place] for name, place in columns.items() if place < len(line.cells)}
        name = cells.get("name") or " ".join(filter(None, (cells.get("given"), cells.get("family"))))
        address, said = cells.get("email", ""), cells.get("language", "")
        yield Delegate(line.number, _line(name), _line(address), language_of(said))


def _guessed(line: Line) -> Delegate:
    """A line without known columns: the cell with an @ is the address, a word for a language the language, the rest the name."""
    cells = [_line(cell) for cell in line.cells if cell.strip()]
    address = next((cell for cell in cells if "@" in cell), "")
    others = [cell for cell in cells if "@" not in cell]
    language = next(filter(None, map(language_of, others)), "")
    words = [cell for cell in others if not language_of(cell) and any(map(str.isalpha, cell))]
    before, _open, inside = address.partition("<")
    if inside:
        words, address = [*words, before.strip(' "')], inside.rstrip("> ")
    return Delegate(line.number, " ".join(filter(None, words[:2])), address, language)


def _line(text: str) -> str:
    return " ".join(text.split())[:SHOWN]


def _checked(found: Iterator[Delegate]) -> list[Delegate]:
    done: list[Delegate] = []
    for one in found:
        done.append(Delegate(one.line, one.name, one.address, one.language, _fault(one, done)))
    return done


def _fault(one: Delegate, before: Sequence[Delegate]) -> Fault | None:
    if not one.name:
        return Fault.NAME
    if one.address and normal_address(one.address) is None:
        return Fault.ADDRESS
    if one.address and not is_reachable(one.address):
        return Fault.UNREACHABLE
    return Fault.DOUBLE if any(one.is_same(other) for other in before) else None

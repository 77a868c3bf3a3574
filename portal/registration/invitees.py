"""Whom a list names: out of what people paste or keep in a spreadsheet, in any of its usual shapes.

A pure module: nothing is asked and nobody is written to. `Jan Kowalski <jan@example.org>`, several addresses in a line,
columns of address, name and language in any order, with or without a header. A line is never dropped in silence: what no
address can be taken from is said with its number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.ground.mailboxes import NO_ADDRESS, UNREACHABLE, is_reachable, mailbox_key, normal_address
from portal.words.i18n import LazyString, _l
from portal.words.tables import Bounds, Line, Table, as_pasted, heads, read_text
from portal.words.text import fold

PASTED = Bounds(file=1_000_000, rows=1_000, columns=50, cells=20_000, cell=2_000)
FILE = Bounds(file=5_000_000, unpacked=20_000_000, rows=1_000, columns=50, cells=20_000, cell=2_000)
SHOWN = 200  # characters of a line that nobody could be found in

HEADS = {
    "email": [
        "E-mail", "Email", "E-mail address", "Email address", "Mail", "Adres e-mail", "Adres email", "Adres",
        "Имейл", "Имейл адрес", "Ел. поща", "Електронна поща", "Електронен адрес", "Мейл",
    ],
    "name": [
        "Name", "First and last name", "Full name", "Imię i nazwisko", "Imię", "Nazwisko i imię", "Osoba", "Nazwisko",
        "Име", "Име и фамилия", "Имена", "Фамилия",
    ],
    "language": ["Language", "Język", "Jezyk", "Език"],
}  # fmt: skip
LANGUAGE_WORDS = {
    "pl": ["pl", "polski", "polish", "po polsku", "pol", "полски"],
    "bg": ["bg", "български", "bulgarian", "bułgarski", "bul", "на български"],
    "en": ["en", "english", "angielski", "eng", "английски", "po angielsku"],
}
_LANGUAGES = {fold(word): code for code, words in LANGUAGE_WORDS.items() for word in words}
_ANGLES = re.compile(r"<([^<>]*)>")
_BETWEEN = re.compile(r"[;,\s]+")
_AROUND = " \t\r\n.,;:()[]{}\"'„”“«»<>"
_LONGEST_WORD = 30  # characters of the name of a language


class Problem(StrEnum):
    """Why a line or an address is not invited; PROBLEMS says what to do."""

    EMPTY = "empty"
    ADDRESS = "address"
    UNREACHABLE = "unreachable"


PROBLEMS: dict[Problem, LazyString] = {
    Problem.EMPTY: _l("This line has no e-mail address. Add it or delete the line."),
    Problem.ADDRESS: NO_ADDRESS,
    Problem.UNREACHABLE: UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody whom the list names. `language` is empty where the line says none, `name` where it has none."""

    line: int
    address: str
    name: str = ""
    language: str = ""
    problem: Problem | None = None

    @property
    def key(self) -> str:
        return mailbox_key(self.address)


def named(text: str) -> list[Invitee]:
    """Everybody in a text that was typed, pasted or made by `kept`, line by line. Raises NoTable when it is too much."""
    table = read_text(text, PASTED)
    columns = heads(table, HEADS)
    if columns is None or "email" not in columns:
        return [one for line in table.lines for one in _anywhere(line)]
    return [one for line in table.lines[1:] for one in _in_columns(line, columns)]


def kept(table: Table) -> str:
    """What of a file is needed, as a text to look at and to correct: no column but those three, each line in its place."""
    columns = heads(table, HEADS)
    wanted = sorted(columns.values()) if columns and "email" in columns else None
    return as_pasted(Table([Line(line.number, tuple(_wanted(line, wanted))) for line in table.lines]))


def _wanted(line: Line, places: Sequence[int] | None) -> Sequence[str]:
    if places is None:
        return _needed(line)
    return [line.cells[place] for place in places if place < len(line.cells)]


def _needed(line: Line) -> Sequence[str]:
    """The cells of a line without known columns that say whom to invite: addresses, languages, and one name."""
    with_address = any("@" in cell for cell in line.cells)
    name = next((cell for cell in line.cells if cell and "@" not in cell and not language_of(cell)), None)
    return [
        cell
        for cell in line.cells
        if "@" in cell or language_of(cell) or (cell and cell is name)
    ] if with_address else [cell for cell in line.cells if cell][:1]  # fmt: skip


def _in_columns(line: Line, columns: dict[str, int]) -> Iterator[Invitee]:
    def cell(name: str) -> str:
        place = columns.get(name)
        return line.cells[place] if place is not None and place < len(line.cells) else ""

    found = list(_addresses(cell("email")))
    if not found:
        yield _nobody(line)
    for name, address in found:
        yield _checked(line.number, address, name or cell("name"), language_of(cell("language")))


def _anywhere(line: Line) -> Iterator[Invitee]:
    found = [pair for cell in line.cells if "@" in cell for pair in _addresses(cell)]
    if not found:
        yield _nobody(line)
        return
    others = [cell for cell in line.cells if cell and "@" not in cell]
    language = next(filter(None, map(language_of, others)), "")
    name = next((cell for cell in others if not language_of(cell)), "") if len(found) == 1 else ""
    for own, address in found:
        yield _checked(line.number, address, own or name, language)


def _addresses(cell: str) -> Iterator[tuple[str, str]]:
    """(name, address) of everybody in one cell: those in angle brackets with what stands before them, and plain ones."""
    end = 0
    for found in _ANGLES.finditer(cell):
        before, end = cell[end : found.start()], found.end()
        *plain, name = re.split(r"[;,](?=[^;,]*$)", before) if "@" in before else [before]
        for text in plain:
            yield from _plain(text)
        if "@" in name:  # nothing but a blank between a plain address and the next one
            yield from _plain(name)
            name = ""
        yield name.strip(_AROUND), _bare(found[1])
    yield from _plain(cell[end:])


def _plain(text: str) -> Iterator[tuple[str, str]]:
    words = _BETWEEN.split(text)
    places = [number for number, word in enumerate(words) if "@" in word]
    for place in places:
        name = " ".join(word for word in words if "@" not in word).strip(_AROUND) if len(places) == 1 else ""
        yield name, _bare(words[place])


def _bare(address: str) -> str:
    return address.strip(_AROUND).removeprefix("mailto:").strip(_AROUND)


def language_of(cell: str) -> str:
    """The code of the language that a cell names; empty where it names none."""
    return _LANGUAGES.get(fold(cell), "") if len(cell) <= _LONGEST_WORD else ""


def _checked(line: int, typed: str, name: str, language: str) -> Invitee:
    address = normal_address(typed)
    if address is None:
        return Invitee(line, typed[:SHOWN], name[:SHOWN], language, Problem.ADDRESS)
    problem = None if is_reachable(address) else Problem.UNREACHABLE
    return Invitee(line, address, name[:SHOWN], language, problem)


def _nobody(line: Line) -> Invitee:
    return Invitee(line.number, " ".join(filter(None, line.cells))[:SHOWN], problem=Problem.EMPTY)

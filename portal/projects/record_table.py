"""Records as people keep them in a spreadsheet: each line below the heads is one. A pure module: nothing is asked or written.

A line is never dropped in silence: what cannot be read of it is said with its number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from portal.ground.errors import Refusal
from portal.projects.record_fields import LISTED, PARTY_FIELDS, RECORD
from portal.words.fields import Field
from portal.words.fields.cells import LONGEST_WORD, code_words, head_words, one_code, value
from portal.words.i18n import _l
from portal.words.tables import Bounds, Line, Table, as_pasted, heads, read_text
from portal.words.text import fold

MOST_ROWS = 300  # lines of one table, with the heads: they are written within one request
_BOUNDS = {"rows": MOST_ROWS, "columns": 30, "cells": 15_000, "cell": 4_000}
PASTED = Bounds(file=200_000, **_BOUNDS)
FILE = Bounds(file=5_000_000, unpacked=20_000_000, **_BOUNDS)
COLUMNS = (*RECORD, *LISTED)
_READ = {field.name: field for field in COLUMNS}
NEEDED = ("day", "title")
_BETWEEN = (";", "|", "\n")  # organisations of one cell; a comma stands in many a name

# What people call these columns beside the labels of the form.
ALSO: Mapping[str, Sequence[str]] = {
    "activity": ["Activity", "Kind", "Type", "Rodzaj", "Działanie", "Typ", "Дейност", "Вид", "Тип"],
    "title": ["Title", "Topic", "Subject", "Description", "Tytuł", "Temat", "Opis", "Заглавие", "Тема", "Описание"],
    "day": ["Date", "When", "Data", "Dzień", "Termin", "Дата", "Ден"],
    "place": ["Place", "Town", "Where", "Miejsce", "Miejscowość", "Gdzie", "Място", "Населено място", "Къде"],
    "minutes": ["Duration", "Time", "Min", "Czas", "Czas trwania", "Liczba minut", "Времетраене", "Минути", "Мин"],
    "begins": ["Start", "Begin", "Hour", "Godzina", "Początek", "Od", "Час", "Начало", "От"],
    "leader": ["Trainer", "Adviser", "Leader", "Trener", "Doradca", "Prowadzący", "Обучител", "Консултант", "Водещ"],
    "people": ["People", "Participants", "Osoby", "Uczestnicy", "Liczba osób", "Хора", "Участници", "Брой участници"],
    "stage": ["Stage", "Etap", "Етап"],
    "channel": ["Channel", "Form of advice", "Kanał", "Forma", "Канал", "Форма"],
    "evidence": ["Proof", "Document", "Dowód", "Dokument", "Доказателство", "Документ"],
    "organisations": ["Organisations", "Organizations", "Organizacje", "NGO", "Организации", "НПО"],
    "groups": ["Groups", "Informal groups", "Grupy", "Grupy nieformalne", "Групи", "Неформални групи"],
    "local_governments": ["Local governments", "Municipalities", "Samorządy", "Gminy", "Общини", "Местни власти"],
    "event": ["Event", "Link", "Wydarzenie", "Събитие", "Връзка"],
}  # fmt: skip

NO_HEADS = _l(
    "The first line must name the columns, and a day and what it was about must be among them. Add a line such as: Day,"
    " What it was about, Minutes, Organisations."
)
NO_ROWS = _l("There is no record below the line that names the columns.")


@dataclass(frozen=True, slots=True)
class Row:
    """A line as a record: values for `write_record`, and why some of its cells cannot be values."""

    line: int
    values: Mapping[str, object]
    faults: Sequence[Refusal]

    def said(self, name: str) -> str:
        """What stands in a column that is kept beside the record; organisations one in a line."""
        return str(self.values.get(name, ""))


def read(typed: str, activity: str) -> list[Row]:
    """Every line as a record; `activity` is the code of those that name none. Raises NoTable or Refusal when none can be."""
    table = read_text(typed, PASTED)
    columns = heads(table, _heads())
    if columns is None or not all(name in columns for name in NEEDED):
        raise Refusal(NO_HEADS)
    if len(table.lines) < 2:
        raise Refusal(NO_ROWS)
    return [_row(line, columns, activity) for line in table.lines[1:]]


def left_over(typed: str, lines: Sequence[int]) -> str:
    """The heads and only these lines of what was typed, to be corrected."""
    table, wanted = read_text(typed, PASTED), set(lines)
    columns = heads(table, _heads()) or {}
    left = [line for place, line in enumerate(table.lines) if not place or line.number in wanted]
    return as_pasted(Table([_in_one_line(line, columns) for line in left])).strip()


def about(fault: Refusal) -> str:
    """What is wrong with a line, with the column that it is about, in the language of the page."""
    return f"{_READ[fault.field].label}: {fault.reason}" if fault.field in _READ else str(fault.reason)


def kept(table: Table) -> str:
    """What of a file is needed, as a text to look at and to correct: the columns that are known, each line in its place."""
    columns = heads(table, _heads())
    if columns is None:
        return as_pasted(table)
    needed = []
    for line in table.lines:
        cells = _in_one_line(line, columns).cells
        places = sorted(columns.values())
        needed.append(Line(line.number, tuple(cells[place] if place < len(cells) else "" for place in places)))
    return as_pasted(Table(needed))


def _in_one_line(line: Line, columns: Mapping[str, int]) -> Line:
    """With semicolons where organisations of one cell stand in lines of their own: in a pasted text a line is a record."""
    lists = {columns[name] for name in PARTY_FIELDS if name in columns}
    cells = ("; ".join(cell.splitlines()) if place in lists else cell for place, cell in enumerate(line.cells))
    return Line(line.number, tuple(cells))


def unread(table: Table) -> list[str]:
    """The heads of columns that say nothing here, as they stand."""
    places = set((heads(table, _heads()) or {}).values())
    return [head for line in table.lines[:1] for place, head in enumerate(line.cells) if head and place not in places]


@cache
def _heads() -> Mapping[str, Sequence[str]]:
    return head_words(_READ.values(), ALSO)


@cache
def _codes(name: str) -> Mapping[str, Sequence[str]]:
    return code_words(_READ[name])


def _row(line: Line, columns: Mapping[str, int], activity: str) -> Row:
    typed = {name: line.cells[place] for name, place in columns.items() if place < len(line.cells)}
    values, faults = dict[str, object](), list[Refusal]()
    for name, field in _READ.items():
        cell = typed.get(name, "")
        try:
            values[name] = _value(field, cell)
        except Refusal as fault:
            faults.append(Refusal(fault.reason, field=name))
            values[name] = field.kind.nothing
            continue
        if name == "activity" and not values[name]:
            values[name] = activity
        if field.needed and not values[name]:
            faults.append(Refusal(field.needed, field=name))
    return Row(line.number, values, faults)


def _value(field: Field, cell: str) -> object:
    if field.name in PARTY_FIELDS:
        between = next((sign for sign in _BETWEEN if sign in cell), "\n")
        return "\n".join(part.strip() for part in cell.split(between) if part.strip())
    if field.choices is not None:
        return one_code(field, cell, _codes(field.name).get(fold(cell[:LONGEST_WORD]), ()))
    return value(field, cell)

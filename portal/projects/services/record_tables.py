"""Records of a whole table: each line is a record of its own, and one that cannot be stops no other."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.accounts.models import Person
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Busy, Refusal, TookTooLong
from portal.ground.statements import in_batches
from portal.projects.models import Project
from portal.projects.policies import Permission
from portal.projects.record_fields import PARTY_FIELDS, RECORD
from portal.projects.record_table import Row
from portal.projects.services.locking import locked_project
from portal.projects.services.parties import Known, Said, lines_of, read_parties
from portal.projects.services.records import Twice, add_record
from portal.words.i18n import _l

AT_ONCE = 50  # records in a transaction: nobody waits long for the lock
MOST_NAMES = 1_000  # different organisations of one table: each is searched for

TOO_MANY_NAMES = _l("The table names more than 1,000 different organisations. Split it and send the parts one by one.")


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a line, or would: a record without `faults`. One `is_double` of what is written down already."""

    row: Row
    faults: Sequence[Refusal] = ()
    is_double: bool = False

    @property
    def is_record(self) -> bool:
        return not self.faults


class _TakenBack(Exception):
    """It was only to be looked at."""


def look_at_records(project: Project, rows: Sequence[Row], *, by: Person | Portal) -> list[RowOutcome]:
    """What writing these rows down would come to, line by line: it is done and taken back, so that nothing is judged by other
    rules than it is written by. Raises Refusal for a table that names too many."""
    said = _said(project, rows)
    found: list[RowOutcome] = []
    try:
        with transaction():
            found = _write(project, rows, said, by)
            raise _TakenBack
    except _TakenBack:
        return found


def write_records(project: Project, rows: Sequence[Row], *, by: Person | Portal) -> list[RowOutcome]:
    """Write down what can be, fifty at a time, and say of each line what became of it."""
    said, found = _said(project, rows), list[RowOutcome]()
    for some in in_batches(rows, AT_ONCE):
        with transaction():
            found += _write(project, some, said, by)
    return found


def _said(project: Project, rows: Sequence[Row]) -> dict[int, Said]:
    """Who took part, by line. The same name is searched for once."""
    language, known = project.title.original, Known()
    names = {line for row in rows for field in PARTY_FIELDS for line in lines_of(row.said(field))}
    if len(names) > MOST_NAMES:
        raise Refusal(TOO_MANY_NAMES, field="table")
    return {row.line: read_parties({name: row.said(name) for name in PARTY_FIELDS}, language, known) for row in rows}


def _write(project: Project, rows: Sequence[Row], said: dict[int, Said], by: Person | Portal) -> list[RowOutcome]:
    locked = locked_project(project.id)
    demand(Permission.EDIT, locked, by=by)
    return [_one(locked, row, said[row.line], by) for row in rows]


def _one(project: Project, row: Row, said: Said, by: Person | Portal) -> RowOutcome:
    values = {name: value for name, value in row.values.items() if name in RECORD}
    try:
        with transaction():
            add_record(project, said, values, by=by, event=row.said("event"), faults=row.faults)
    except (Busy, TookTooLong):
        raise
    except Twice as double:
        return RowOutcome(row, [double], is_double=True)
    except Refusal as refusal:
        wrong = {fault.field for fault in row.faults}
        return RowOutcome(row, [*row.faults, *(one for one in refusal.parts if one.field not in wrong)])
    return RowOutcome(row)

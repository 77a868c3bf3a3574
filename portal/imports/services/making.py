"""Making the organisations of a list as it was shown, and taking them back: tasks, row by row, each once."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground.authz import PORTAL, Portal, demand
from portal.ground.db import db, pending, transaction
from portal.ground.errors import Busy, Conflict, Refusal
from portal.ground.locks import locked
from portal.ground.statements import table
from portal.ground.states import change_state
from portal.imports import queries
from portal.imports.models import BatchState, Became, ImportBatch, ImportRow
from portal.imports.policies import Permission
from portal.imports.reading import read, sentences
from portal.imports.services.states import BATCHES
from portal.organisations import services as organisations
from portal.tasks import services as tasks
from portal.tasks.models import Task
from portal.words.i18n import _l

MAKING, UNDOING = "import", "import undo"
GONE = "gone"
Arguments: TypeAlias = Mapping[str, object]

CHANGED = _l("The columns have been changed since you opened this page. Look at the list again.")
NOTHING = _l("No row of this list can be made into a profile. The page says why.")
UNREAD = _l("This list has not been read to its end. Choose the columns and look at it again.")
FAILED = _l("The portal could not make this profile. The portal team can see why.")


def carry_out(batch: ImportBatch, *, version: int, is_public: bool, makes_doubles: bool, by: Person | Portal) -> Task:
    """Begin to make what was shown in `version`; a stopped list goes on with what is left.

    Raises Conflict when it has begun already, or was changed since it was shown.
    """
    with transaction():
        row = locked(ImportBatch, batch.id)
        demand(Permission.CARRY_OUT, row, by=by)
        if row.state not in (BatchState.PREPARED, BatchState.STOPPED):
            raise Conflict(BATCHES.otherwise)
        if row.row_version != version:
            raise Conflict(CHANGED)
        if not queries.is_read(row.id):
            raise Refusal(UNREAD)
        if row.state == BatchState.PREPARED:
            row.is_public, row.makes_doubles = is_public, makes_doubles
        if not queries.numbers_with(row.id, _wanted(row), 1):
            raise Refusal(NOTHING)
        change_state(BATCHES, row, BatchState.RUNNING, by=by)
        return _begin(MAKING, row, by)


def can_begin(batch: ImportBatch, *, makes_doubles: bool) -> bool:
    """Is there a row that would be made into a profile?"""
    wanted = [Became.READY, Became.DOUBLE] if makes_doubles else [Became.READY]
    return bool(queries.numbers_with(batch.id, wanted, 1))


def undo(batch: ImportBatch, *, by: Person | Portal) -> Task:
    """Begin to take back what nobody has touched since. Raises Conflict for a list that has made nothing."""
    with transaction():
        row = locked(ImportBatch, batch.id)
        demand(Permission.CARRY_OUT, row, by=by)
        if row.state not in (BatchState.DONE, BatchState.STOPPED):
            raise Conflict(BATCHES.otherwise)
        change_state(BATCHES, row, BatchState.UNDOING, by=by)
        return _begin(UNDOING, row, by)


def _begin(kind: str, row: ImportBatch, by: Person | Portal) -> Task:
    task = tasks.start(kind, arguments={"batch": row.id}, by=by)
    row.task_id = task.id
    db.session.flush()
    return task


def _wanted(row: ImportBatch) -> list[Became]:
    return [Became.READY, Became.DOUBLE] if row.makes_doubles else [Became.READY]


# --- the task that makes --------------------------------------------------------------------------------------------------


def total(arguments: Arguments) -> int:
    """How many rows have their turn still to come."""
    row, counts = _batch(arguments), queries.outcomes(_number(arguments))
    return sum(counts.get(outcome, 0) for outcome in _wanted(row))


def following(arguments: Arguments, after: int, limit: int) -> Sequence[int]:
    """Whose turn is next: what a row became is stored with it, so none is made twice."""
    numbers = queries.numbers_with(_number(arguments), _wanted(_batch(arguments)), limit)
    pending("rows of a list").extend(queries.rows_numbered(numbers))  # `make` finds them in the session
    return numbers


def make(arguments: Arguments, row_id: int) -> None:
    """Make the organisation of one row, or say why there cannot be one by now."""
    batch, row = _batch(arguments), db.session.get_one(ImportRow, row_id)
    found = read(row.cells or [], batch.mapping, batch.starts)
    if found.faults:
        row.became, row.problems = Became.PROBLEM, sentences(found.faults)
        db.session.flush()
        return
    try:
        made = organisations.make_imported(
            found.given, found.numbers, contacts=found.contacts, language=batch.language, country=found.country,
            source=batch.name, is_public=batch.is_public, by=PORTAL,
        )  # fmt: skip
    except Busy:
        raise
    except Refusal as refusal:
        row.became, row.problems = Became.PROBLEM, sentences(refusal.parts)
    else:
        row.became, row.problems, row.cells = Became.MADE, None, None
        row.organisation_id, row.version = made.id, made.row_version
    db.session.flush()


def spoilt(arguments: Arguments, row_id: int) -> None:
    """One row could not be made for a reason that is ours: that is noted, and it is the next one's turn."""
    row = db.session.get_one(ImportRow, row_id)
    row.became, row.problems = Became.FAILED, sentences([Refusal(FAILED)])
    db.session.flush()


def ended(arguments: Arguments, state: str) -> Mapping[str, object]:
    """The list is done, and nothing of its cells is kept; or it was stopped and can go on."""
    number = _number(arguments)
    row = locked(ImportBatch, number)
    if row.state == BatchState.RUNNING:
        if state == "done":
            rows = table(ImportRow)
            left = rows.c.became.in_((Became.DOUBLE, Became.KNOWN))
            db.session.execute(sa.update(rows).where(rows.c.batch_id == number, left).values(became=Became.SKIPPED))
            db.session.execute(sa.update(rows).where(rows.c.batch_id == number).values(cells=None))
        change_state(BATCHES, row, BatchState.DONE if state == "done" else BatchState.STOPPED, by=PORTAL)
    return {"outcomes": dict(queries.outcomes(number))}


# --- the task that takes back ---------------------------------------------------------------------------------------------


def undo_total(arguments: Arguments) -> int:
    return queries.outcomes(_number(arguments)).get(Became.MADE, 0)


def taking_back(arguments: Arguments, after: int, limit: int) -> Sequence[int]:
    """The profiles that are to be taken back next."""
    return queries.numbers_with(_number(arguments), [Became.MADE], limit)


def take_back(arguments: Arguments, row_id: int) -> None:
    """Take one profile back, or keep it because somebody has touched it."""
    row = db.session.get_one(ImportRow, row_id)
    is_gone = row.organisation_id is None or organisations.take_back(
        row.organisation_id, row.version or 0, besides=(ImportRow.__tablename__,), by=PORTAL
    )
    db.session.refresh(row)
    row.became = Became.UNDONE if is_gone else Became.KEPT
    db.session.flush()


def undo_spoilt(arguments: Arguments, row_id: int) -> None:
    """What cannot be taken back stays, and the others go."""
    db.session.get_one(ImportRow, row_id).became = Became.KEPT
    db.session.flush()


def undo_ended(arguments: Arguments, state: str) -> Mapping[str, object]:
    number = _number(arguments)
    row = locked(ImportBatch, number)
    if row.state == BatchState.UNDOING:
        change_state(BATCHES, row, BatchState.UNDONE if state == "done" else BatchState.STOPPED, by=PORTAL)
    return {"outcomes": dict(queries.outcomes(number))}


def _batch(arguments: Arguments) -> ImportBatch:
    found = queries.batch(_number(arguments))
    if found is None:
        raise tasks.CannotGoOn(GONE)
    return found


def _number(arguments: Arguments) -> int:
    return int(str(arguments["batch"]))

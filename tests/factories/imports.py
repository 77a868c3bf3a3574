"""Lists of organisations for tests."""

from collections.abc import Sequence

from portal.accounts.models import Person
from portal.ground.authz import PORTAL, Portal
from portal.ground.db import db
from portal.imports import services
from portal.imports.models import ImportBatch
from portal.tasks import services as tasks
from portal.tasks.models import Task
from portal.words.tables import Bounds, read_text

HEAD = "Nazwa;Forma prawna;Miejscowość;Województwo;Tematy;KRS;NIP;E-mail"


def row(number: int, *, krs: str = "", nip: str = "", town: str = "Zgierz", email: str = "") -> str:
    """A row that can be made into a profile."""
    return f"Stowarzyszenie Klon {number};stowarzyszenie;{town};łódzkie;1;{krs};{nip};{email}"


def make_batch(rows: Sequence[str] = (), *, by: Person | Portal = PORTAL, head: str = HEAD) -> ImportBatch:
    """A list that was read and waits."""
    text = "\n".join([head, *(rows or [row(1), row(2)])])
    return services.bring(read_text(text, Bounds()), source="Lista gminy", language="pl", by=by)


def carry_out(
    batch: ImportBatch, *, is_public: bool = False, makes_doubles: bool = False, by: Person | Portal = PORTAL
) -> Task:
    """Have it made, and wait for the end."""
    batch = fresh(batch.id)
    task = services.carry_out(batch, version=batch.row_version, is_public=is_public, makes_doubles=makes_doubles, by=by)
    work()
    return task


def undo(batch: ImportBatch) -> None:
    services.undo(fresh(batch.id), by=PORTAL)
    work()


def work() -> None:
    """What the worker does."""
    while tasks.run_due():
        pass
    db.session.rollback()


def fresh(number: int) -> ImportBatch:
    """The list as it stands in the database now."""
    db.session.rollback()
    return db.session.get_one(ImportBatch, number, populate_existing=True)

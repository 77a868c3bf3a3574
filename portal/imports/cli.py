"""`portal organisations`: lists of organisations, brought in and taken back from the console."""

import json
import time
from pathlib import Path
from typing import IO

import click
from flask.cli import with_appcontext

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.imports import queries, services, words
from portal.imports.models import BatchState, ImportBatch
from portal.tasks import services as tasks
from portal.tasks.models import Task
from portal.words.i18n import LANGUAGES, in_language
from portal.words.tables import read_file, written_csv


@click.group("organisations")
def organisations() -> None:
    """Organisations in lists."""


@organisations.command("import")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--mapping", type=click.File("r"), help='Columns by field, counted from 1, as JSON: {"name": 1, "krs": 3}'
)
@click.option(
    "--start", "starts", multiple=True, metavar="FIELD=CODE", help="What a row means that says nothing: themes=1"
)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default="pl", help="The language of the texts, and of the report."
)
@click.option("--source", help="Where the list comes from; the name of the file unless said.")
@click.option("--public", is_flag=True, help="Show the profiles in the directory at once.")
@click.option("--doubles", type=click.Choice(["skip", "make"]), default="skip", help="Rows that are perhaps doubles.")
@click.option("--dry-run", is_flag=True, help="Read and report, and make nothing.")
@click.option("--report", type=click.File("wb", lazy=True), help="Where to write what became of each row, as CSV.")
@with_appcontext
def import_(
    file: IO[bytes], mapping: IO[str] | None, starts: tuple[str, ...], lang: str, source: str | None, public: bool,
    doubles: str, dry_run: bool, report: IO[bytes] | None,
) -> None:  # fmt: skip
    """Make profiles of the rows of FILE (CSV or XLSX)."""
    with in_language(lang):
        table = read_file(file.read(services.FILE.file + 1), services.FILE)
        batch = services.bring(table, source=source or Path(file.name).name, language=lang, by=PORTAL)
        number = batch.id
        if mapping is not None or starts:
            services.look(batch, mapping=_mapping(batch, mapping), starts=dict(map(_pair, starts)), by=PORTAL)
        batch = db.session.get_one(ImportBatch, number)
        if not dry_run and services.can_begin(batch, makes_doubles=doubles == "make"):
            _finish(
                services.carry_out(
                    batch, version=batch.row_version, is_public=public, makes_doubles=doubles == "make", by=PORTAL
                )
            )
        click.echo(f"Batch {number}")
        _tell(number, report)
        if db.session.get_one(ImportBatch, number).state == BatchState.PREPARED:  # nothing was made of it
            services.discard(db.session.get_one(ImportBatch, number), by=PORTAL)


@organisations.command("undo")
@click.argument("batch", type=int)
@click.option("--lang", type=click.Choice(LANGUAGES), default="pl", help="The language of the report.")
@click.option("--report", type=click.File("wb", lazy=True), help="Where to write what became of each row, as CSV.")
@with_appcontext
def undo(batch: int, lang: str, report: IO[bytes] | None) -> None:
    """Take back what nobody has touched since it was imported, and list the rest."""
    found = queries.batch(batch)
    if found is None:
        raise click.ClickException(f"There is no batch {batch}.")
    _finish(services.undo(found, by=PORTAL))
    with in_language(lang):
        _tell(batch, report)
        for row in queries.rows_of(batch, ["kept"], limit=queries.LISTED):
            click.echo(f"{row.line}: {row.label}")


def _mapping(batch: ImportBatch, file: IO[str] | None) -> dict[str, int]:
    if file is None:
        return dict(batch.mapping)
    try:
        return {str(name): int(place) - 1 for name, place in json.load(file).items()}
    except (ValueError, AttributeError, TypeError):
        raise click.ClickException('The mapping is not JSON like {"name": 1, "krs": 3}.') from None


def _pair(said: str) -> tuple[str, str]:
    name, _sign, code = said.partition("=")
    return name, code


def _finish(task: Task) -> None:
    """Do the work here, or watch a worker do it."""
    number = task.id
    while db.session.get_one(Task, number, populate_existing=True).is_open:
        if not tasks.run_due():
            time.sleep(0.5)
        db.session.rollback()


def _tell(number: int, report: IO[bytes] | None) -> None:
    db.session.rollback()
    for sentence in words.told(queries.outcomes(number)):
        click.echo(str(sentence))
    if report is not None:
        for part in written_csv(words.report(db.session.get_one(ImportBatch, number))):
            report.write(part)

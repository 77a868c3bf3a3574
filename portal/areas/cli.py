"""`portal areas`: the official lists of areas, from the console."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.areas import services
from portal.areas.sources import Fault, read
from portal.words.tables import Bounds, NoTable, Table, read_file

BOUNDS = Bounds(file=5_000_000, unpacked=20_000_000, rows=20_000, columns=40, cells=400_000, cell=500)
FILES = 6
FIRST = 50  # faults that are told


@click.group("areas")
def areas() -> None:
    """Regions, counties and municipalities."""


@areas.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Store nothing, only say what would be new, changed and retired.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--retire-many", is_flag=True, help="Retire what is missing, even if it is more than a tenth.")
@with_appcontext
def import_areas(files: Sequence[Path], dry_run: bool, as_json: bool, retire_many: bool) -> None:
    """Make the areas those of the official FILES: TERC (CSV), and the three of EKATTE (CSV or XLSX).

    Run it again with the lists of a new year: what they do not have any more is retired. When a line is wrong, nothing is
    stored.
    """
    tables, faults = _tables(files)
    lists = read(tables)
    faults = [*faults, *lists.faults]
    if faults:
        if as_json:
            click.echo(json.dumps({"faults": [asdict(fault) for fault in faults]}, ensure_ascii=False, indent=1))
        else:
            for fault in faults[:FIRST]:
                click.echo(str(fault), err=True)
        raise click.ClickException(f"Nothing was stored: {len(faults)} faults.")
    try:
        outcome = services.import_lists(lists, dry_run=dry_run, retire_many=retire_many)
    except services.TooManyVanish as error:
        raise click.ClickException(
            f"Nothing was stored: {error}, from {error.codes[0]} to {error.codes[-1]}. Are the files whole? If they are, "
            "say --retire-many."
        ) from error
    if as_json:
        click.echo(json.dumps(asdict(outcome), ensure_ascii=False, indent=1))
        return
    counts = {name: len(getattr(outcome, name)) for name in ("new", "changed", "retired")}
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    click.echo(f"{said}, {outcome.unchanged} as they were." + (" Nothing was stored." if dry_run else ""))


def _tables(files: Sequence[Path]) -> tuple[dict[str, Table], list[Fault]]:
    """The files as tables. Their size is asked before they are read."""
    if len(files) > FILES:
        raise click.UsageError(f"At most {FILES} files at once.")
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    for file in files:
        size = file.stat().st_size
        if size > BOUNDS.file:
            faults.append(Fault(str(file), 0, f"The file has {size} bytes, and at most {BOUNDS.file} are read."))
            continue
        try:
            tables[str(file)] = read_file(file.read_bytes(), BOUNDS)
        except NoTable as error:
            faults.append(Fault(str(file), 0, str(error.reason)))
    return tables, faults

"""`portal check`: what must be true of everything that is stored, and is not."""

import dataclasses
import json

import click
from flask.cli import with_appcontext

from portal import checking


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_appcontext
def check_command(as_json: bool) -> None:
    """Look at everything that must be true of what is stored; exit 1 and the name of each fault where it is not."""
    faults = list(checking.run())
    if as_json:
        asked = [one.name for one in checking.every_check()]
        told = [dataclasses.asdict(fault) for fault in faults]
        click.echo(json.dumps({"ok": not faults, "checks": len(asked), "faults": told}, ensure_ascii=False, indent=1))
    for fault in () if as_json else faults:
        many = f"{'at least ' if fault.is_more else ''}{fault.count}"
        click.echo(
            f"{fault.check}: {fault.says} {fault.table}: {many}, first {', '.join(map(str, fault.first)) or '–'}"
        )
    if faults:
        raise SystemExit(1)
    if not as_json:
        click.echo("Everything is as it should be.")


COMMANDS: tuple[click.Command, ...] = (check_command,)

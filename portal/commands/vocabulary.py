"""`portal vocab`: the words that codes are read as."""

import dataclasses
import json

import click
from flask.cli import with_appcontext

from portal import codes


@click.group("vocab")
def vocab_group() -> None:
    """The words that codes are read as."""


@vocab_group.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_appcontext
def vocab_check(as_json: bool) -> None:
    """Are the words whole in each language, and enum, CHECK and vocabulary equal? Exit 1 and each fault where not."""
    found = codes.every_fault()
    if as_json:
        told = [dataclasses.asdict(fault) for fault in found]
        click.echo(json.dumps({"ok": not found, "faults": told}, ensure_ascii=False, indent=1))
    for fault in () if as_json else found:
        click.echo(" ".join(filter(None, (f"{fault.vocabulary} {fault.code}:", fault.lang, fault.says))))
    if found:
        raise SystemExit(1)
    if not as_json:
        click.echo("Every term has its words, and every code its term.")


COMMANDS: tuple[click.Command, ...] = (vocab_group,)

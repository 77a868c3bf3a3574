"""Commands of the demo."""

import json

import click
from flask.cli import with_appcontext

from portal import demo


@click.group("demo")
def demo_group() -> None:
    """The demo: its content and its accounts."""


@demo_group.command("load")
@click.option("--organisations", "size", type=click.IntRange(1, 1_000_000), help="So many published ones, made up.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same organisations.")
@with_appcontext
def load(size: int | None, seed: int) -> None:
    """Fill an empty database with the demo."""
    try:
        demo.load(seed=seed)
        if size is not None:
            demo.enlarge("organisations", size, seed=seed)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo("The demo is loaded.")


@demo_group.command("accounts")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@with_appcontext
def accounts(as_json: bool) -> None:
    """Role, address and password of each account."""
    rows = demo.accounts()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['role']:<15} {row['address']:<30} {row['password']}")


COMMANDS: tuple[click.Command, ...] = (demo_group,)

"""Commands of the demo."""

import json
from collections.abc import Callable
from typing import TypeVar

import click
from flask.cli import with_appcontext

from portal import demo
from portal.commands.clock_setting import clock_group

Command = TypeVar("Command", bound=Callable[..., object])


@click.group("demo")
def demo_group() -> None:
    """The demo: its content, its accounts and its clock."""


demo_group.add_command(clock_group)


SIZES = {  # in the order in which they are made: each builds on those before it
    "organisations": "So many published ones, made up.",
    "networks": "So many, with members among the organisations.",
    "events": "So many public ones, three years back and one ahead.",
    "registrations": "So many for one big event.",
    "projects": "So many public ones, five years back and one ahead.",
    "posts": "So many published ones.",
}


def with_sizes(command: Command) -> Command:
    """An option for each kind of thing that can be made up."""
    for name, words in reversed(SIZES.items()):
        command = click.option(f"--{name}", type=click.IntRange(1, 1_000_000), help=words)(command)
    return command


@demo_group.command("load")
@with_sizes
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same things.")
@with_appcontext
def load(seed: int, **sizes: int | None) -> None:
    """Fill an empty database with the demo, and with more of what is asked for."""
    try:
        demo.load(seed=seed)
        for name in SIZES:
            if (size := sizes[name]) is not None:
                demo.enlarge(name, size, seed=seed)
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

"""`portal config`: the settings that hold, where each comes from, and what is worth knowing about this machine."""

import sqlite3

import click

from portal.ground.config import Config

LEAST_SQLITE = (3, 51, 3)  # the first release with the fix of the WAL reset race


@click.command("config")
def config_command() -> None:
    """Print each setting, its value and its source; secrets are masked."""
    rows = Config.from_environment().described()
    width = max(len(name) for name, _value, _source in rows)
    for name, value, source in rows:
        click.echo(f"{name:<{width}}  {source:<11}  {value}")
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        least = ".".join(map(str, LEAST_SQLITE))
        click.echo(f"Warning: SQLite {sqlite3.sqlite_version} is older than {least}: install pysqlite3.", err=True)


COMMANDS: tuple[click.Command, ...] = (config_command,)

"""Commands about the schema of the database."""

import click
from flask.cli import with_appcontext

from portal import rebuilding
from portal.commands.derived import tell
from portal.ground import migrations, sealed
from portal.ground.config import CONFIG
from portal.ground.db import transaction


@click.group("db")
def database() -> None:
    """The schema of the database."""


@database.command("upgrade")
@with_appcontext
def db_upgrade() -> None:
    """Bring the database to the newest revision; an empty one is made whole.

    Where words are folded by other rules than when they were stored, the search is made anew.
    """
    try:
        migrations.upgrade(CONFIG.get())
    except migrations.SchemaError as error:
        raise click.ClickException(str(error)) from error
    rebuilding.follow_rules(tell)


@database.command("check")
@with_appcontext
def db_check() -> None:
    """Is the database at the newest revision, and do migrations and models agree? An empty database is made first."""
    config = CONFIG.get()
    path = config.sqlite_path
    if path is not None and not path.exists():
        migrations.upgrade(config)
    differences = migrations.check(config)
    if differences:
        raise click.ClickException("\n".join(differences))
    click.echo(f"Database and models agree at revision {migrations.head()}.")


@database.command("revision")
@click.argument("words")
@click.option("--empty", is_flag=True, help="With nothing in it yet: for rows, not for tables.")
@with_appcontext
def db_revision(words: str, empty: bool) -> None:
    """Write a migration that makes the database what the models say. WORDS say what it does."""
    try:
        path = migrations.write(CONFIG.get(), words, empty=empty)
    except migrations.SchemaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Read and complete it, then run `make fmt`: {path}")


@database.command("reseal")
@with_appcontext
def db_reseal() -> None:
    """Seal all sealed texts anew with the first of PORTAL_DATA_KEYS; the other keys may go then."""
    with transaction():
        rows = sealed.reseal()
    click.echo(f"{rows} rows are sealed with the first key.")


COMMANDS: tuple[click.Command, ...] = (database,)

"""Commands about what is stored: backup, audit, rich text."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import rebuilding
from portal.commands.derived import tell
from portal.face.media import storage
from portal.ground import audit, backup
from portal.ground.config import CONFIG
from portal.ground.errors import Busy
from portal.words import richtext

STORE_AWAY = "The store of the pictures (PORTAL_MEDIA_URL) is away, full or may not be written."


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup_command(file: Path) -> None:
    """Write database and media to FILE."""
    try:
        counts = backup.backup(file, storage)
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    except Busy as error:
        raise click.ClickException(f"{STORE_AWAY} No file was written.") from error
    click.echo(f"{sum(counts.values())} rows of {len(counts)} tables are in {file}.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore_command(file: Path) -> None:
    """Fill an empty database, and the media, from FILE; one of an older release is brought up to this one."""
    try:
        counts = backup.restore(CONFIG.get(), file, storage)
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    except (Busy, OSError) as error:
        raise click.ClickException(f"{STORE_AWAY} The database is as it was: run the same command again.") from error
    click.echo(f"{sum(counts.values())} rows of {len(counts)} tables are restored.")
    rebuilding.follow_rules(tell)


@click.group("audit")
def audit_group() -> None:
    """The audit trail."""


@audit_group.command("verify")
@with_appcontext
def audit_verify() -> None:
    """Walk the chain of hashes; exit 1 where it breaks."""
    verdict = audit.verify()
    if verdict.broken_at is not None:
        raise click.ClickException(f"The chain breaks at entry {verdict.broken_at}.")
    click.echo(f"{verdict.entries} entries hold, {verdict.details_gone} without their detail.")


@click.group("richtext")
def richtext_group() -> None:
    """What becomes of HTML that somebody writes."""


@richtext_group.command("clean")
def richtext_clean() -> None:
    """HTML from standard input, what would be stored to standard output."""
    click.echo(richtext.clean(sys.stdin.read()), nl=False)


COMMANDS: tuple[click.Command, ...] = (
    backup_command, restore_command, audit_group, richtext_group,
)  # fmt: skip

"""Commands about what is stored: backup, audit, mail, rich text."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import mail, rebuilding
from portal.commands.derived import tell
from portal.face.media import storage
from portal.ground import audit, backup
from portal.ground.config import CONFIG
from portal.ground.errors import Busy
from portal.words import richtext

STORE_AWAY = "The store of the pictures (PORTAL_MEDIA_URL) is away, full or may not be written."


def _print_json(rows: Sequence[Mapping[str, object]]) -> None:
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=lambda value: value.isoformat()))


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


@click.group("mail")
def mail_group() -> None:
    """The outbox."""


@mail_group.command("send")
@with_appcontext
def mail_send() -> None:
    """Send what is due now."""
    sent = 0
    while batch := mail.send_due():
        sent += batch
    click.echo(f"Sent: {sent}")


@mail_group.command("list")
@click.option("--to", "address", help="Only mails to this address.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@with_appcontext
def mail_list(address: str | None, as_json: bool) -> None:
    """The latest mails, newest first; bodies stand there in a demo only."""
    names = ("id", "subject", "lang", "state", "failure", "queued_at", "sent_at", "text", "html")
    rows = [{"to": row.address, **{name: getattr(row, name) for name in names}} for row in mail.listed(address)]
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']:>6}  {row['state']:<7} {row['lang']}  {row['to']}  {row['failure'] or row['subject']}")


@click.group("richtext")
def richtext_group() -> None:
    """What becomes of HTML that somebody writes."""


@richtext_group.command("clean")
def richtext_clean() -> None:
    """HTML from standard input, what would be stored to standard output."""
    click.echo(richtext.clean(sys.stdin.read()), nl=False)


COMMANDS: tuple[click.Command, ...] = (
    backup_command, restore_command, audit_group, mail_group, richtext_group,
)  # fmt: skip

"""The outbox at the console: what lies in it, sending it, sending one again, and what came back."""

import sys
from email import message_from_string

import click
from flask.cli import with_appcontext

from portal import mail
from portal.commands.printing import print_json
from portal.ground.authz import PORTAL
from portal.mail import log, reports

COLUMNS = (
    "id", "subject", "lang", "kind", "state", "tries", "refusal", "queued_at", "due_at", "sent_at", "concerns", "text", "html",
)  # fmt: skip


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
    """The latest mails, newest first; bodies, headers and the whole message stand there in a demo only."""
    rows = [_told(row) for row in mail.listed(address)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']:>6}  {row['state']:<8} {row['lang']}  {row['to']}  {row['error'] or row['subject']}")


def _told(row: mail.Mail) -> dict[str, object]:
    """`error` says why the last try failed, `failure` is its older name; `message` is the mail as it travelled."""
    headers = dict(message_from_string(row.source).items()) if row.source else None
    return {
        "to": row.address, **{name: getattr(row, name) for name in COLUMNS},
        "error": row.failure, "failure": row.failure, "headers": headers, "message": row.source,
    }  # fmt: skip


@mail_group.command("retry")
@click.argument("number", metavar="ID", type=click.IntRange(min=1, max=2**31 - 1))
@click.option("--json", "as_json", is_flag=True, help="The mail as one JSON object.")
@with_appcontext
def mail_retry(number: int, as_json: bool) -> None:
    """Send a mail once more that did not arrive: it is due at once, with all its tries before it."""
    mail.send_again(number, by=PORTAL)
    row = log.mail_by_id(number)
    assert row is not None
    if as_json:
        print_json(_told(row))
    else:
        click.echo(f"Mail {number} is queued again.")


@mail_group.command("bounce")
@with_appcontext
def mail_bounce() -> None:
    """Take ONE delivery report (RFC 3464) from standard input; a mail server pipes them here.

    A report that no mail will ever arrive marks the mailbox at once, others mark it when there are three. Only mails about
    the account go to a marked one, until its owner confirms it anew. Anything else ends with 1 and changes nothing.
    """
    try:
        outcome = reports.take(sys.stdin.buffer.read(reports.LARGEST + 1))
    except reports.NotAReport as error:
        raise click.ClickException(str(error)) from error
    kind = "hard" if outcome.is_hard else "soft"
    mark = "marked" if outcome.is_marked else "not marked"
    click.echo(f"Mail {outcome.mail_id} to {outcome.address}: {kind} ({outcome.code}), {mark}.")


COMMANDS: tuple[click.Command, ...] = (mail_group,)

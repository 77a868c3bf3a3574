"""`portal access`: who may, address by address, and why somebody may or may not."""

import dataclasses
import json

import click
from flask import current_app
from flask.cli import with_appcontext

from portal import rights

as_json = click.option("--json", "as_json", is_flag=True, help="JSON.")


@click.group("access", invoke_without_command=True)
@as_json
@click.pass_context
def access_group(context: click.Context, as_json: bool) -> None:
    """Every address with its methods, its mark of access, the permission and what it is about."""
    if context.invoked_subcommand is None:
        context.invoke(_list, as_json=as_json)


@with_appcontext
def _list(as_json: bool) -> None:
    found = list(rights.routes(current_app._get_current_object()))  # type: ignore[attr-defined]
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(one) for one in found], indent=1))
        return
    for one in found:
        what = " ".join(filter(None, (one.permission, one.purpose, one.object and f"({one.object})")))
        click.echo(f"{','.join(one.methods):<9} {one.route:<60} {one.mark:<10} {what}".rstrip())


@access_group.command("why")
@click.option("--address", required=True, help="Of the person.")
@click.option("--permission", required=True, help="As `portal access` names it: organisations:edit.")
@click.option("--object", "named", help="What it is about: a slug, a number, or both table and number (session:12).")
@as_json
@with_appcontext
def why(address: str, permission: str, named: str | None, as_json: bool) -> None:
    """May this person do that, which rule says so, and by which role?"""
    try:
        answer = rights.why(address, permission, named)
    except rights.Unknown as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(
            json.dumps(
                dataclasses.asdict(answer), ensure_ascii=False, indent=1, default=lambda moment: moment.isoformat()
            )
        )
        return
    about = f" {answer.object['table']} {answer.object['slug'] or answer.object['id']}" if answer.object else ""
    click.echo(f"{'yes' if answer.allowed else 'no'}: {permission}{about}")
    click.echo(f"rule: {answer.rule}" + (f" – {answer.says}" if answer.says else ""))
    click.echo(f"by: {answer.by}")
    for word, roles in (("role", answer.roles), ("in the way", answer.in_the_way)):
        for role in roles:
            where = " ".join(f"{name} {number}" for name, number in role.of.items())
            click.echo(f"{word}: {role.table} {role.id}, {role.role} {where}".rstrip())
    if not answer.knows:
        click.echo("This person does not even know of it: the answer of the page is 404.")
    if not answer.person["has_account"]:
        click.echo("This person has no account and cannot sign in.")


COMMANDS: tuple[click.Command, ...] = (access_group,)

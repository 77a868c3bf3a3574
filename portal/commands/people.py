"""`portal person`: people and their roles, from the console. Roles of every feature meet here."""

from collections.abc import Callable, Mapping

import click
from flask.cli import with_appcontext

from portal.accounts import services as accounts
from portal.core.i18n import LANGUAGES
from portal.membership import services as membership


@click.group("person")
def person() -> None:
    """People and their roles."""


@person.command("create")
@click.option("--address", required=True, help="E-mail address; it counts as confirmed.")
@click.option("--name", required=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="The language this person reads mails in.")
@click.option("--password", envvar="PORTAL_PERSON_PASSWORD", help="Without one a mail with a link to set it is queued.")
@with_appcontext
def create(address: str, name: str, lang: str, password: str | None) -> None:
    """Create a person with an account."""
    made = accounts.create_person(address=address, name=name, locale=lang, password=password)
    click.echo(f"Person {made.id}: {made.name}")


@person.command("grant")
@click.option("--address", required=True)
@click.option("--role", required=True, type=click.Choice(["administrator", "coordinator"]))
@click.option("--network", "slug", help="The network, for a coordinator.")
@with_appcontext
def grant(address: str, role: str, slug: str | None) -> None:
    """Give a person a role in the portal or in a network."""
    GRANTS[role](address, slug)
    click.echo(f"{address}: {role}" + (f" ({slug})" if slug else ""))


def _administrator(address: str, slug: str | None) -> None:
    if slug:
        raise click.UsageError("--network belongs to --role coordinator")
    accounts.grant_administrator(address=address, by=None)


def _coordinator(address: str, slug: str | None) -> None:
    if not slug:
        raise click.UsageError("--role coordinator needs --network SLUG")
    membership.grant_coordinator(slug, address, by=None)


GRANTS: Mapping[str, Callable[[str, str | None], None]] = {"administrator": _administrator, "coordinator": _coordinator}
COMMANDS: tuple[click.Command, ...] = (person,)

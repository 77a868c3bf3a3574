"""`portal person`: people and their roles, from the console. The roles are those that features declare."""

from typing import IO

import click
from flask.cli import with_appcontext

from portal import privacy
from portal.accounts import services
from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.declaration import declared
from portal.ground.authz import PORTAL
from portal.words.i18n import LANGUAGES


@click.group("person")
def person() -> None:
    """People and their roles."""


@person.command("create")
@click.option("--address", required=True, help="E-mail address; it counts as confirmed.")
@click.option("--name", required=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="The language this person reads mails in.")
@click.option(
    "--password",
    envvar="PORTAL_PERSON_PASSWORD",
    help="Without one a mail asks the owner to set it.",
)
@with_appcontext
def create(address: str, name: str, lang: str, password: str | None) -> None:
    """Create a person with an account."""
    made = services.create_person(address=address, name=name, locale=lang, password=password)
    click.echo(f"Person {made.id}: {made.name}")


@person.command("grant")
@click.option("--address", required=True)
@click.option("--role", required=True, help="administrator, or coordinator of a network")
@click.option("--network", "slug", help="The network, for a coordinator.")
@with_appcontext
def grant(address: str, role: str, slug: str | None) -> None:
    """Give a person a role in the portal or in a network."""
    grants = {name: give for feature in declared() for name, give in feature.grants.items()}
    if role not in grants:
        raise click.UsageError(f"There is no role {role}: --role is one of {', '.join(grants)}")
    grants[role](address, slug)
    click.echo(f"{address}: {role}" + (f" ({slug})" if slug else ""))


@person.command("export")
@click.option("--address", required=True)
@click.argument("file", type=click.File("xb", lazy=False))
@with_appcontext
def export(address: str, file: IO[bytes]) -> None:
    """Write everything that names a person into a ZIP, for somebody without an account who asks for it."""
    subject = services.hand_out(_known(address).id, by=PORTAL)
    for part in privacy.archive(subject):
        file.write(part)
    click.echo(f"{address}: {file.name}")


@person.command("erase")
@click.option("--address", required=True)
@click.confirmation_option(prompt="Forget this person for good?")
@with_appcontext
def erase(address: str) -> None:
    """Forget a person, as they could themselves with an account: places go to those who wait, decisions stay unnamed."""
    services.erase_person(_known(address).id, by=PORTAL)
    click.echo(f"{address}: erased")


def _known(address: str) -> Person:
    found = person_by_email(address)
    if found is None:
        raise click.ClickException(f"Nobody has the address {address}.")
    return found


def grant_administrator(address: str, slug: str | None) -> None:
    """Take somebody into the portal team."""
    if slug:
        raise click.UsageError("--network belongs to --role coordinator")
    services.grant_administrator(address=address, by=PORTAL)

"""What the console does with roles in the whole portal."""

import click

from portal.accounts import services
from portal.ground.authz import PORTAL


def grant_administrator(address: str, slug: str | None) -> None:
    """Take somebody into the portal team."""
    if slug:
        raise click.UsageError("--network belongs to --role coordinator")
    services.grant_administrator(address=address, by=PORTAL)

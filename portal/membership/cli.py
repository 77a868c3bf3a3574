"""What the console does with roles in networks."""

import click

from portal.ground.authz import PORTAL
from portal.membership import services


def grant_coordinator(address: str, slug: str | None) -> None:
    """Let somebody coordinate a network."""
    if not slug:
        raise click.UsageError("--role coordinator needs --network SLUG")
    services.grant_coordinator(slug, address, by=PORTAL)

"""Who speaks in public, with news and events: an organisation or a network, and where they are."""

from typing import Protocol

from portal.membership.models import Network
from portal.organisations.models import Organisation, Role

Publisher = Organisation | Network
PUBLISHERS = frozenset({Role.OWNER, Role.EDITOR})  # of an organisation: what they publish, it has published


class Published(Protocol):
    """A row that is of an organisation or of a network, never of both; it comes with both loaded."""

    @property
    def organisation(self) -> Organisation | None: ...

    @property
    def network(self) -> Network | None: ...


def publisher_of(row: Published) -> Publisher:
    """The organisation or the network of a row."""
    publisher = row.network or row.organisation
    assert publisher is not None
    return publisher


def endpoint_of(publisher: Publisher) -> str:
    """Which endpoint has the public page of a publisher, under its slug."""
    return "membership.show" if isinstance(publisher, Network) else "organisations.show"


def zone_of(publisher: Publisher) -> str:
    """The IANA zone in which a publisher says when."""
    return publisher.timezone if isinstance(publisher, Network) else publisher.zone

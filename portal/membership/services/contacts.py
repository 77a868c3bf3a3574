"""Coordinators who let the page of their network show their own address: by consent, and only as long as it holds.

The name of whoever coordinates stands there because of the role; the address does not.
"""

from portal.accounts.models import Person
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.membership.models import Network
from portal.membership.policies import Permission
from portal.privacy import consents
from portal.privacy.consents import Purpose


def show_address(network: Network, *, by: Person) -> None:
    """Whoever coordinates agrees that the page of the network shows their address. Twice is once."""
    with transaction():
        row = locked(Network, network.id)
        demand(Permission.SHOW_ADDRESS, row, by=by)
        consents.give(by, Purpose.PUBLIC_PROFILE, row.id)

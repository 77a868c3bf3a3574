"""What follows from networks and can be made anew: their documents in the index, and how many members they have."""

import sqlalchemy as sa

from portal.ground.derived import Derived
from portal.ground.locks import locked_if_there
from portal.membership.findable import document
from portal.membership.models import KIND, Network
from portal.membership.services.sizes import recount
from portal.words import search


def _renew(number: int) -> None:
    """Let the search say of this network what it says of itself."""
    network = locked_if_there(Network, number)
    if network is not None:
        search.index([document(network)])
    else:
        search.remove(KIND, number)


INDEX = Derived("networks", (sa.select(Network.id), search.indexed(KIND)), _renew)
SIZES = Derived("members of networks", (sa.select(Network.id),), recount)

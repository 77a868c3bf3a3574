"""How near a person is to an organisation, and so which of its contacts they see. The one policy of who sees what.

Whoever is nearer sees what those further away see. How near the networks of an organisation bring a person, the feature
of networks says (`BY_NETWORKS`): organisations know none.
"""

from collections.abc import Callable
from enum import IntEnum

from portal.ground.appvar import AppVar
from portal.organisations.models import Visibility
from portal.words.i18n import _


class Nearness(IntEnum):
    """From far to near. The portal team is as near as everybody with an account."""

    VISITOR = 0
    REGISTERED = 1
    NETWORK = 2  # has a role in an organisation that is active in a network with this one
    COORDINATORS = 3  # coordinates a network that it belongs to, or has turned to
    OWN = 4  # has a role in it

    def sees(self, visibility: str) -> bool:
        """May somebody so near see what has this visibility?"""
        return visibility in self.seen

    @property
    def seen(self) -> tuple[Visibility, ...]:
        """What is open to somebody so near, from all to few."""
        return tuple(Visibility)[: self + 1]

    @property
    def sees_homes(self) -> bool:
        """May somebody so near read the street of an informal group? It is often that of somebody's home."""
        return self >= Nearness.NETWORK


# (number of the person, number of the organisation): at least REGISTERED, by one query.
BY_NETWORKS: AppVar[Callable[[int, int], Nearness]] = AppVar(
    "nearness", default=lambda: lambda person, organisation: Nearness.REGISTERED
)


OTHERS = (Nearness.VISITOR, Nearness.REGISTERED, Nearness.NETWORK, Nearness.COORDINATORS)


def reader(near: Nearness) -> str:
    """Who is so near to an organisation, in the words of its own people."""
    return {
        Nearness.VISITOR: _("Everybody"),
        Nearness.REGISTERED: _("People with an account"),
        Nearness.NETWORK: _("Members of your networks"),
        Nearness.COORDINATORS: _("Coordinators of your networks"),
        Nearness.OWN: _("People of the organisation"),
    }[near]

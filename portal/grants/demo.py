"""Micro-grants of the demo: who gives them."""

from portal.accounts.demo import Cast
from portal.declaration import Demo
from portal.grants.services import name_operator
from portal.ground.authz import PORTAL
from portal.organisations.models import Organisation

OPERATORS = ("Stowarzyszenie Pracownia Sąsiedzka", "Клуб „Открита общност“")


def load(cast: Cast) -> None:
    for name in OPERATORS:
        name_operator(cast.the(Organisation, name), by=PORTAL)


DEMO = Demo(load=load)

"""The people of the demo who can sign in, and the cast that all its parts share."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from portal.accounts import passwords
from portal.accounts.models import Person
from portal.accounts.queries import account_of
from portal.accounts.services import follow_unused, grant_administrator, open_account
from portal.declaration import Demo, DemoPerson
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db

Thing = TypeVar("Thing")
UNUSED = 690  # days: the owner of an account has had the first warning


@dataclass
class Cast:
    """Who and what the parts of the demo build on."""

    random: random.Random
    people: dict[str, Person] = field(default_factory=dict)  # by role
    _things: dict[tuple[type, str], object] = field(default_factory=dict)

    def keep(self, name: str, thing: object) -> None:
        """Remember a thing for the parts above, by the name that their content gives it."""
        self._things[type(thing), name] = thing

    def the(self, kind: type[Thing], name: str) -> Thing:
        """The thing of this kind and name. Raises KeyError."""
        found = self._things[kind, name]
        assert isinstance(found, kind)
        return found


def open_accounts(cast: Cast, people: Sequence[DemoPerson], hashes: Mapping[str, str]) -> None:
    """Let these people sign in, with the hash of each one's password by role (inside a transaction)."""
    for one in people:
        account = open_account(
            email=one.address, name=one.name, locale=one.locale, password=hashes[one.role], is_demo=True
        )
        cast.people[one.role] = db.session.get_one(Person, account.person_id)


def hashed_once(known: Mapping[str, str]) -> dict[str, str]:
    """The hash of each role's password; each different one is hashed once. Call it outside of any transaction."""
    made = {password: passwords.hashed(password) for password in set(known.values())}
    return {role: made[password] for role, password in known.items()}


def opened_before(cast: Cast, *, name: str, email: str, locale: str, days: int) -> Person:
    """Somebody whose account was opened so many days ago and never used since. The password is that of the portal team."""
    known = account_of(cast.people["administrator"])
    assert known is not None
    with clock.frozen(clock.now() - dt.timedelta(days=days)):
        account = open_account(email=email, name=name, locale=locale, password=known.password)
    return db.session.get_one(Person, account.person_id)


def load(cast: Cast) -> None:
    grant_administrator(address=cast.people["administrator"].email or "", by=PORTAL)
    opened_before(cast, name="Милена Златева", email="zlateva@example.org", locale="bg", days=UNUSED)
    follow_unused()


DEMO = Demo(people=[DemoPerson("administrator", "Wanda Ostrowska-Bel", "pl")], load=load)

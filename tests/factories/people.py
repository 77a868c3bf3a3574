"""People for tests, made through the services."""

import itertools

from portal.accounts import passwords, services
from portal.accounts.models import Account, Person
from portal.ground.authz import PORTAL
from portal.ground.db import transaction

PASSWORD = "lipa most chleb"
_numbers = itertools.count(1)
_hashes: dict[str, str] = {}


def hash_of(password: str) -> str:
    """The hash of a password, made once in this process: argon2 takes 0.1 s."""
    if password not in _hashes:
        _hashes[password] = passwords.hashed(password)
    return _hashes[password]


def make_person(
    name: str = "Wanda Próbna",
    email: str | None = None,
    *,
    locale: str = "pl",
    account: bool = True,
    password: str = PASSWORD,
) -> Person:
    """A person with a confirmed address, by default with an account that this password opens."""
    email = email or f"person{next(_numbers)}@example.org"
    with transaction() as session:
        if not account:
            return services.confirmed_person(email, name, locale)
        opened = services.open_account(email=email, name=name, locale=locale, password=hash_of(password))
        return session.get_one(Person, opened.person_id)


def make_account(name: str = "Wanda Próbna", email: str | None = None, *, locale: str = "pl") -> Account:
    """The account of a new person."""
    from portal.accounts import queries

    account = queries.account_of(make_person(name, email, locale=locale))
    assert account is not None
    return account


def make_administrator(name: str = "Ada Zespołowa", email: str | None = None) -> Person:
    """Somebody of the portal team."""
    person = make_person(name, email)
    assert person.email is not None
    return services.grant_administrator(address=person.email, by=PORTAL)

"""Loading the demo: all of it in one transaction, or nothing."""

import random

import sqlalchemy as sa

from portal.accounts import passwords as hashing
from portal.accounts.models import Person
from portal.accounts.services import grant_administrator, open_account
from portal.demo import events, networks, news, organisations, people
from portal.demo.cast import Cast
from portal.demo.content import content
from portal.ground.db import db, transaction
from portal.pages.services import describe_operator

DEFAULT_SEED = 1


def is_empty() -> bool:
    """Is there nobody in the database yet?"""
    empty = db.session.scalar(sa.select(Person.id).limit(1)) is None
    db.session.rollback()
    return empty


def load(*, size: int | None = None, seed: int = DEFAULT_SEED) -> None:
    """Fill an empty database. With `size` there are so many published organisations, made up from the seed."""
    if not is_empty():
        raise ValueError("The database is not empty: the demo is for a new one.")
    hashes = _hashes()
    cast = Cast(random.Random(seed))  # noqa: S311  (a repeatable demo, no secret)
    with transaction():
        _people(cast, hashes)
        networks.load(cast)
        organisations.load(cast)
        events.load(cast)
        news.load(cast)
        describe_operator(**content("operator")["operator"], version=0, by=None)
    if size is not None:
        organisations.load_many(size, seed)


def _hashes() -> dict[str, str]:
    """Hash each different password once, outside of any transaction."""
    known = people.passwords()
    made = {password: hashing.hashed(password) for password in set(known.values())}
    return {role: made[password] for role, password in known.items()}


def _people(cast: Cast, hashes: dict[str, str]) -> None:
    for one in people.PEOPLE:
        account = open_account(
            email=one.address, name=one.name, locale=one.locale, password=hashes[one.role], is_demo=True
        )
        cast.people[one.role] = db.session.get_one(Person, account.person_id)
    grant_administrator(address=cast.people["administrator"].email or "", by=None)

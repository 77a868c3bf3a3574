"""Loading the demo: all of it in one transaction, or nothing."""

import random

import sqlalchemy as sa

from portal.accounts.demo import Cast, hashed_once, open_accounts
from portal.accounts.models import Person
from portal.declaration import declared
from portal.demo.people import passwords, people
from portal.ground.db import db, transaction

DEFAULT_SEED = 1


def is_empty() -> bool:
    """Is there nobody in the database yet?"""
    empty = db.session.scalar(sa.select(Person.id).limit(1)) is None
    db.session.rollback()
    return empty


def load(*, seed: int = DEFAULT_SEED) -> None:
    """Fill an empty database."""
    if not is_empty():
        raise ValueError("The database is not empty: the demo is for a new one.")
    hashes = hashed_once(passwords())
    cast = Cast(random.Random(seed))  # noqa: S311  (a repeatable demo, no secret)
    with transaction():
        open_accounts(cast, people(), hashes)
        for feature in declared():
            feature.demo.load(cast)


def enlarge(what: str, size: int, *, seed: int = DEFAULT_SEED) -> int:
    """Make up more things of a kind until there are `size` of them; returns how many were added. KeyError for others."""
    makers = {name: make for feature in declared() for name, make in feature.demo.enlarge.items()}
    return makers[what](size, seed)

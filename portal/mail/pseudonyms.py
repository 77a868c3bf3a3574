"""A mailbox that is remembered without its address: what it does not want outlasts what is known of its owner.

The key of the hash lies sealed in the database: a copy of the database without PORTAL_DATA_KEYS cannot be asked whether an
address is in it, a backup takes the key along, and `portal db reseal` seals it anew like every sealed text.
"""

import hashlib
import hmac
import secrets
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground.db import UNSEEN, Model, db, in_transaction
from portal.ground.mailboxes import mailbox_key
from portal.ground.sealed import SealedText
from portal.ground.statements import Upsert, engine_name, insert_into

ONE = 1


class Pepper(Model):
    """The key, in one row that is made when it is first needed."""

    __tablename__ = "mailbox_pepper"
    id: Mapped[int] = mapped_column(primary_key=True)
    pepper: Mapped[str] = mapped_column(SealedText)

    __table_args__ = (sa.CheckConstraint("id = 1", name="one"), UNSEEN)


_READ = sa.select(Pepper.pepper).where(Pepper.id == ONE)


def pseudonyms(addresses: set[str]) -> dict[str, str]:
    """{pseudonym: mailbox key} of addresses; empty while nobody was ever remembered, outside of a transaction that would
    make the key. Raises Unreadable when the setting that opens the key is lost."""
    if not addresses:
        return {}
    pepper = db.session.scalar(_READ)
    if pepper is None:
        return {}
    return {_hash(pepper, key): key for key in map(mailbox_key, addresses)}


def pseudonym(address: str) -> str:
    """The pseudonym of one mailbox, to be kept (inside a transaction)."""
    if not in_transaction():
        raise RuntimeError("A pseudonym is made to be kept")
    if db.session.scalar(_READ) is None:
        db.session.execute(_once(engine_name()), {"id": ONE, "pepper": secrets.token_urlsafe(32)})
    pepper = db.session.scalars(_READ).one()
    return _hash(pepper, mailbox_key(address))


def _hash(pepper: str, key: str) -> str:
    return hmac.new(pepper.encode(), key.encode(), hashlib.sha256).hexdigest()


@cache
def _once(engine: str) -> Upsert:
    return insert_into(Pepper, engine).on_conflict_do_nothing(index_elements=["id"])

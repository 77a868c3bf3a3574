"""Sealed columns: sensitive text that only the running portal can read.

The keys are those of PORTAL_DATA_KEYS: the first one seals, each of them opens, so a key is changed by putting a new one
in front and dropping the old one when nothing is sealed with it any more.
"""

import logging
from functools import lru_cache

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from portal.ground.config import CONFIG
from portal.ground.db import Base, db
from portal.ground.errors import Unreadable

__all__ = ["InvalidToken", "SealedText", "reseal", "seal", "unseal"]

log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _keys() -> tuple[str, ...]:
    keys: tuple[str, ...] = CONFIG.get().data_keys
    return keys


def seal(text: str) -> str:
    """The text, encrypted and authenticated; the same text never looks the same twice."""
    return _box(_keys()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text behind `seal`. Raises InvalidToken when no key opens it."""
    return _box(_keys()).decrypt(sealed.encode()).decode()


class SealedText(sa.TypeDecorator[str]):
    """A text column whose content is sealed in the database, in backups and in dumps.

    Reading what none of the keys opens raises Unreadable: whoever asked is told, and the log names the setting.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else seal(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:
        try:
            return None if value is None else unseal(value)
        except InvalidToken:
            log.error("none of PORTAL_DATA_KEYS opens a sealed text")
            raise Unreadable() from None


def reseal() -> int:
    """Seal everything anew with the first key, inside a transaction; returns how many rows. Raises Unreadable.

    After it the other keys are needed for older backups only.
    """
    rows = 0
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, SealedText)]
        if columns:
            filled = sa.or_(*(column.is_not(None) for column in columns))
            (key,) = table.primary_key.columns
            for row in db.session.execute(sa.select(key, *columns).where(filled).with_for_update()).all():
                values = {column.name: row._mapping[column] for column in columns}
                db.session.execute(sa.update(table).where(key == row._mapping[key]).values(values))
                rows += 1
    return rows

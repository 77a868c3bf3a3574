"""Sealed columns: sensitive text that only the running portal can read.

The keys are those of PORTAL_DATA_KEYS: the first one seals, each of them opens, so a key is changed by putting a new one
in front and dropping the old one when nothing is sealed with it any more.
"""

from functools import lru_cache

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app

__all__ = ["InvalidToken", "SealedText", "seal", "unseal"]


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _keys() -> tuple[str, ...]:
    keys: tuple[str, ...] = current_app.extensions["portal.config"].data_keys
    return keys


def seal(text: str) -> str:
    """The text, encrypted and authenticated; the same text never looks the same twice."""
    return _box(_keys()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text behind `seal`. Raises InvalidToken when no key opens it."""
    return _box(_keys()).decrypt(sealed.encode()).decode()


class SealedText(sa.TypeDecorator[str]):
    """A text column whose content is sealed in the database, in backups and in dumps."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else seal(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else unseal(value)

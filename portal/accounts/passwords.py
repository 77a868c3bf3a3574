"""Passwords: hashed with argon2id (RFC 9106), at most one at a time in a process (64 MiB each)."""

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST, MOST = 10, 200  # characters
LEAST_DIFFERENT = 5
HASHER = PasswordHasher(memory_cost=65536, time_cost=3, parallelism=4)  # KiB, rounds, lanes
# The hash of a password that was thrown away, with the costs of today: what an unknown address is compared with.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$mrNWinFuzTkHgFDKec8ZYw$QBulNqYmFl4lbZxC4GOf51hIZrLLi/Qb3eSzrBxvJ0c"

_one_at_a_time = threading.Lock()


def normal(password: str) -> str:
    """The same password, however the keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    """The argon2 hash of a password. Takes 0.1 s of processor: never call it inside a transaction."""
    with _one_at_a_time:
        return HASHER.hash(normal(password))


def fits(password: str, stored: str | None) -> bool:
    """Is this the password behind a stored hash? Without one (an unknown address) the same work is done, for nothing."""
    with _one_at_a_time:
        try:
            HASHER.verify(stored if stored is not None else NOBODY, normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Was this hash made with other costs than those of today?"""
    return HASHER.check_needs_rehash(stored)


def is_guessable(password: str, *own_words: str) -> bool:
    """Is it made of very few characters, or is it the address or the name of its owner?"""
    plain = normal(password).casefold()
    if len(set(plain)) < LEAST_DIFFERENT:
        return True
    words = {word.casefold() for word in own_words if word}
    words |= {word.partition("@")[0] for word in words}
    return plain in words

"""Codes of receipts: noted by a person while their data are there, and typed when they are gone. Pure."""

import hashlib
import re
import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # none that is taken for another one
GROUPS, LENGTH = 4, 4


def new_code() -> str:
    """Four groups of four letters: 79 random bits, so its hash needs no salt, and nobody can try all."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(GROUPS * LENGTH))
    return "-".join(letters[at : at + LENGTH] for at in range(0, len(letters), LENGTH))


def hash_of(typed: str) -> str | None:
    """What is kept of a code, however it was typed: small letters, spaces or none between. None for what is no code."""
    letters = "".join(one for one in typed.upper() if one not in " -\N{NO-BREAK SPACE}\N{EN DASH}")
    if len(letters) != GROUPS * LENGTH or set(letters) - set(LETTERS):
        return None
    return hashlib.sha256(f"receipt of a deletion\x1f{letters}".encode()).hexdigest()


def is_hash(text: str) -> bool:
    """Can this be a hash of a code? Anything may stand in an address."""
    return re.fullmatch("[0-9a-f]{64}", text) is not None

"""Whom a figure counts, as numbers that are kept beside it: a few thousand of several projects are united in a moment."""

import hashlib
import struct
from collections.abc import Collection, Sequence

WIDTH = 8  # bytes of a number


def identity(organisation_id: int | None, key: str) -> int:
    """One number for each profile, and one below nothing for each name of which there is none: 63 bits of its hash."""
    if organisation_id is not None:
        return organisation_id
    return -(int.from_bytes(hashlib.blake2b(key.encode(), digest_size=WIDTH).digest(), "big") >> 1) - 1


def packed(numbers: Collection[int]) -> bytes:
    """Numbers as they are kept, the smallest first."""
    return struct.pack(f"<{len(numbers)}q", *sorted(numbers))


def unpacked(kept: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(kept) // WIDTH}q", kept)

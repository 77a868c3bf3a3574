"""Sets of row numbers, small enough for thousands of them to be kept and counted in a process.

A set that holds many of the rows is a whole number with a bit for each (`int.bit_count` and `&` need a microsecond for 10,000
rows); one that holds few is an array of its numbers in ascending order. Which of the two is decided by what is shorter.
"""

from array import array
from collections.abc import Collection, Iterable
from functools import reduce
from itertools import compress
from operator import or_
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Numbers: TypeAlias = int | array[int]
else:
    Numbers: TypeAlias = int | array

NOTHING = 0
_BITS, _LIST = b"b", b"l"  # the first byte of a stored set
_AS_DIGITS = bytes(ord("1") if byte else ord("0") for byte in range(256))
_AS_FLAGS = bytes(int(byte == ord("1")) for byte in range(256))
_DENSE = 32  # a number of a list has so many bits


def bits_of(numbers: Iterable[int]) -> int:
    """These numbers as bits. 50,000 of them take two milliseconds."""
    found = numbers if isinstance(numbers, list | array) else list(numbers)
    if not found:
        return NOTHING
    flags = bytearray(max(found) + 1)
    for number in found:
        flags[number] = 1
    flags.reverse()
    return int(flags.translate(_AS_DIGITS), 2)


def flags_of(bits: int) -> bytes:
    """A byte for each number up to the highest, 1 where the set has it."""
    return f"{bits:b}".encode()[::-1].translate(_AS_FLAGS)


def numbers_of(numbers: Numbers) -> list[int]:
    """The numbers of a set in ascending order."""
    if isinstance(numbers, array):
        return numbers.tolist()
    flags = flags_of(numbers)
    return list(compress(range(len(flags)), flags))


def as_bits(numbers: Numbers) -> int:
    """The same set as bits, to be cut with others."""
    return numbers if isinstance(numbers, int) else bits_of(numbers)


def united(sets: Iterable[Numbers]) -> int:
    """What at least one of these sets has."""
    return reduce(or_, map(as_bits, sets), NOTHING)


def how_many(numbers: Numbers) -> int:
    """How many a set has."""
    return numbers.bit_count() if isinstance(numbers, int) else len(numbers)


def shorter(bits: int) -> Numbers:
    """The set in the form that takes less room."""
    return bits if bits.bit_count() * _DENSE >= bits.bit_length() else array("I", numbers_of(bits))


def changed(numbers: Numbers, added: Collection[int], removed: Collection[int]) -> Numbers:
    """The set with some numbers more and some less; no number is in both."""
    if isinstance(numbers, array):
        left = set(numbers).union(added).difference(removed)
        if len(left) * _DENSE < max(left, default=0):
            return array("I", sorted(left))
        return shorter(bits_of(left))
    return shorter((numbers | bits_of(added)) & ~bits_of(removed))


def packed(numbers: Numbers) -> bytes:
    """A set as it is stored: the same on every machine."""
    if isinstance(numbers, int):
        return _BITS + numbers.to_bytes((numbers.bit_length() + 7) // 8, "little")
    return _LIST + b"".join(number.to_bytes(4, "little") for number in numbers)


def unpacked(stored: bytes) -> Numbers:
    """What `packed` stored. Raises ValueError for anything else."""
    form, rest = stored[:1], stored[1:]
    if form == _BITS:
        return int.from_bytes(rest, "little")
    if form == _LIST and len(rest) % 4 == 0:
        return array("I", (int.from_bytes(rest[at : at + 4], "little") for at in range(0, len(rest), 4)))
    raise ValueError("This is no stored set of numbers.")

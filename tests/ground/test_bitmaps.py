"""Sets of row numbers: both forms of them say what a set of Python says."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ground.bitmaps import (
    as_bits,
    bits_of,
    changed,
    flags_of,
    how_many,
    numbers_of,
    packed,
    shorter,
    united,
    unpacked,
)

NUMBERS = st.sets(st.integers(1, 3000), max_size=200)


@given(NUMBERS)
def test_each_form_has_the_same_numbers(numbers: set[int]) -> None:
    bits = bits_of(numbers)
    for form in (bits, shorter(bits), array("I", sorted(numbers)), unpacked(packed(shorter(bits)))):
        assert numbers_of(form) == sorted(numbers)
        assert how_many(form) == len(numbers)
        assert as_bits(form) == bits
        assert unpacked(packed(form)) == form
    flags = flags_of(bits)
    assert {number for number in range(len(flags)) if flags[number]} == numbers


@given(NUMBERS, NUMBERS, NUMBERS)
def test_changes_are_those_of_sets(before: set[int], added: set[int], removed: set[int]) -> None:
    removed -= added
    for form in (bits_of(before), array("I", sorted(before))):
        assert set(numbers_of(changed(form, added, removed))) == (before | added) - removed
    assert set(numbers_of(united([bits_of(before), array("I", sorted(added))]))) == before | added


def test_the_shorter_form_is_taken() -> None:
    assert isinstance(shorter(bits_of([100_000])), array)
    assert isinstance(shorter(bits_of(range(0, 1000, 3))), int)
    assert isinstance(changed(array("I", [5]), range(1, 200), []), int)
    assert isinstance(changed(bits_of(range(100)), [100_000], range(1, 100)), array)


@pytest.mark.parametrize("stored", [b"", b"x123", b"l123"])
def test_what_is_no_set_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="no stored set"):
        unpacked(stored)

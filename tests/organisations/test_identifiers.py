"""Numbers in registers: what is stored, and what a person is told instead."""

import pytest

from portal.ground.errors import Refusal
from portal.organisations import identifiers


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("krs", "123456", "0000123456"),
        ("krs", "0000 123 456", "0000123456"),
        ("nip", "526-000-12-46", "5260001246"),
        ("nip", "PL 5260001246", "5260001246"),
        ("regon", "123456785", "123456785"),
        ("eik", "121112103", "121112103"),
        ("eik", "BG123456786", "123456786"),
    ],
)
def test_number_is_stored_in_its_normal_form(field: str, typed: str, stored: str) -> None:
    assert identifiers.normal(field, typed) == stored
    assert identifiers.normal(field, stored) == stored


def test_number_of_a_branch_needs_its_own_digit() -> None:
    good = next(f"123456786000{digit}" for digit in range(10) if _is_good("eik", f"123456786000{digit}"))
    assert identifiers.normal("eik", good) == good
    others = [f"{good[:-1]}{digit}" for digit in range(10) if f"{digit}" != good[-1]]
    assert not any(_is_good("eik", other) for other in others)


def _is_good(field: str, typed: str) -> bool:
    try:
        identifiers.normal(field, typed)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("nip", "5260000012", identifiers.CHECK_DIGIT),
        ("nip", "0000123456", identifiers.LOOKS_LIKE_KRS),
        ("nip", "123", identifiers.SHAPE["nip"]),
        ("krs", "5260001246", identifiers.LOOKS_LIKE_NIP),
        ("krs", "12345678901", identifiers.SHAPE["krs"]),
        ("krs", "KRS", identifiers.SHAPE["krs"]),
        ("krs", "0", identifiers.SHAPE["krs"]),
        ("regon", "123456784", identifiers.CHECK_DIGIT),
        ("regon", "1234", identifiers.SHAPE["regon"]),
        ("eik", "123456787", identifiers.CHECK_DIGIT),
        ("eik", "8001010000", identifiers.SHAPE["eik"]),  # ten digits are the number of a person
        ("eik", "１２１１１２１０３", identifiers.SHAPE["eik"]),
    ],
)
def test_number_that_cannot_be_is_refused_with_what_to_do(field: str, typed: str, sentence: object) -> None:
    with pytest.raises(Refusal) as refused:
        identifiers.normal(field, typed)
    assert refused.value.field == field
    assert str(refused.value.reason) == str(sentence)

"""Numbers in registers: what is stored, and what a person is told instead."""

import csv
from pathlib import Path

import pytest

from portal.ground.errors import Refusal
from portal.organisations import identifiers
from portal.organisations.identifiers import SCHEMES


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
        ("eik", "ЕИК 121112103", "121112103"),
        ("krs", "KRS: 0000123456", "0000123456"),
        ("eik", "1234567860001", "1234567860001"),
    ],
)
def test_number_is_stored_in_its_normal_form(field: str, typed: str, stored: str) -> None:
    assert identifiers.normal(field, typed) == stored
    assert identifiers.normal(field, stored) == stored


VECTORS = [
    row
    for row in csv.DictReader(Path("tests/vectors/identifier_vectors.csv").read_text(encoding="utf-8").splitlines())
    if row["kind"].lower() in SCHEMES
]


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: f"{row['kind']}-{row['value']}")
def test_vectors_hold(row: dict[str, str]) -> None:
    field = row["kind"].lower()
    assert _is_good(field, row["value"]) is (row["valid"] == "yes")
    assert len({row["kind"] for row in VECTORS}) == 4


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
        ("nip", "0000123456", identifiers.LOOKS_LIKE["krs"]),
        ("nip", "123", identifiers.SHAPE["nip"]),
        ("krs", "5260001246", identifiers.LOOKS_LIKE["nip"]),
        ("krs", "12345678901", identifiers.SHAPE["krs"]),
        ("krs", "KRS", identifiers.SHAPE["krs"]),
        ("krs", "0", identifiers.SHAPE["krs"]),
        ("regon", "123456784", identifiers.CHECK_DIGIT),
        ("regon", "1234", identifiers.SHAPE["regon"]),
        ("eik", "123456787", identifiers.CHECK_DIGIT),
        ("eik", "8001010000", identifiers.SHAPE["eik"]),  # ten digits are the number of a person
        ("eik", "１２１１１２１０３", identifiers.SHAPE["eik"]),
        ("krs", "9" * 100_000, identifiers.SHAPE["krs"]),
        # The number of another field, by its shape and check digit or by what stands before it.
        ("krs", "123456785", identifiers.LOOKS_LIKE["regon"]),
        ("nip", "123456785", identifiers.LOOKS_LIKE["regon"]),
        ("regon", "5260001246", identifiers.LOOKS_LIKE["nip"]),
        ("regon", "0000123456", identifiers.LOOKS_LIKE["krs"]),
        ("regon", "NIP: 526-000-12-46", identifiers.LOOKS_LIKE["nip"]),
        ("nip", "KRS 0000123456", identifiers.LOOKS_LIKE["krs"]),
        # The number of the other country.
        ("regon", "121112103", identifiers.OF_BULGARIA),
        ("krs", "ЕИК 121112103", identifiers.OF_BULGARIA),
        ("eik", "5260001246", identifiers.OF_POLAND),
        ("eik", "0000123456", identifiers.OF_POLAND),
        ("eik", "123456785", identifiers.OF_POLAND),
        # Letters that are drawn like digits, Latin and Cyrillic.
        ("nip", "526OOO1246", identifiers.ALIKE),
        ("nip", "526ООО1246", identifiers.ALIKE),
        ("eik", "I2III2IОЗ", identifiers.ALIKE),
        ("krs", "ОООО123456", identifiers.ALIKE),
    ],
)
def test_number_that_cannot_be_is_refused_with_what_to_do(field: str, typed: str, sentence: object) -> None:
    with pytest.raises(Refusal) as refused:
        identifiers.normal(field, typed)
    assert refused.value.field == field
    assert str(refused.value.reason) == str(sentence)

"""Numbers in registers and accounts: what we take and what an independent library takes is the same, on any digits."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as library_iban
from stdnum.bg import vat as library_vat

from portal.ground.errors import Refusal
from portal.organisations import bank, identifiers

DIGITS = st.text("0123456789", min_size=1, max_size=14)


def is_taken(normal: Callable[[str], str], typed: str) -> bool:
    try:
        return normal(typed) == typed
    except Refusal:
        return False


def said(field: str, digits: str) -> tuple[str | None, str] | None:
    """The field and the sentence of a refusal; nothing where the number is taken."""
    try:
        identifiers.normal(field, digits)
    except Refusal as refused:
        return refused.field, str(refused.reason)
    return None


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    """The remainder of a weighted sum by eleven, as the acts of both countries write it."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11


def is_nip(digits: str) -> bool:
    return (
        len(digits) == 10 and digits[0] != "0" and weighted(digits[:9], (6, 5, 7, 2, 3, 4, 5, 6, 7)) == int(digits[9])
    )


def is_regon(digits: str) -> bool:
    if len(digits) not in (9, 14) or not digits.strip("0"):
        return False
    whole = weighted(digits[:8], (8, 9, 2, 3, 4, 5, 6, 7)) % 10 == int(digits[8])
    if len(digits) == 9:
        return whole
    return whole and weighted(digits[:13], (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)) % 10 == int(digits[13])


def is_eik(digits: str) -> bool:
    return len(digits) == 9 and digits.strip("0") != "" and library_vat.calc_check_digit_legal(digits[:8]) == digits[8]


def with_every_end(digits: str) -> list[str]:
    """The same number with each last digit: one of them at most is right."""
    return [f"{digits[:-1]}{last}" for last in range(10)]


RULES = [("nip", is_nip, 10), ("regon", is_regon, 9), ("regon", is_regon, 14), ("eik", is_eik, 9)]


@pytest.mark.parametrize(("field", "rule", "length"), RULES)
@given(digits=st.text("0123456789", min_size=14, max_size=14))
def test_any_digits_are_taken_exactly_where_the_rule_of_the_register_holds(
    field: str, rule: Callable[[str], bool], length: int, digits: str
) -> None:
    for one in with_every_end(digits[:length]):
        assert is_taken(lambda typed: identifiers.normal(field, typed), one) is rule(one), one


@given(DIGITS, st.sampled_from(sorted(identifiers.SCHEMES)))
def test_digits_of_any_length_are_a_number_or_refused_with_a_sentence(digits: str, field: str) -> None:
    told = said(field, digits)
    if told is None:
        stored = identifiers.normal(field, digits)
        assert identifiers.normal(field, stored) == stored
    else:
        assert told[0] == field and told[1].endswith(".")


@given(st.sampled_from(["PL", "BG"]), st.text("0123456789", min_size=24, max_size=24), st.integers(0, 99))
def test_account_is_taken_exactly_where_the_library_takes_it(country: str, digits: str, check: int) -> None:
    body = digits if country == "PL" else f"BNBG{digits[:14]}"
    rest = int("".join(str(int(sign, 36)) for sign in f"{body}{country}00")) % 97
    for number in (check, 98 - rest):
        iban = f"{country}{number:02}{body}"
        assert is_taken(lambda typed: bank.normal(typed, country), iban) is library_iban.is_valid(
            iban, check_country=False
        )

"""Numbers in Polish and Bulgarian registers: how they are written and what their last digit proves. No database."""

import re
from collections.abc import Callable, Mapping

from stdnum.exceptions import ValidationError
from stdnum.pl import nip as _nip
from stdnum.pl import regon as _regon

from portal.ground.errors import Refusal
from portal.words.i18n import LazyString, _l

# Scheme (org-id.guide) of each field of the form. The scheme always stands beside the value: KRS and NIP both have ten
# digits.
SCHEMES: Mapping[str, str] = {"krs": "PL-KRS", "nip": "PL-NIP", "regon": "PL-REGON", "eik": "BG-EIK"}
FIELDS_OF: Mapping[str, tuple[str, ...]] = {"PL": ("krs", "nip", "regon"), "BG": ("eik",)}

CHECK_DIGIT = _l("The last digit does not match. Compare the number with the register and enter it again.")
LOOKS_LIKE_KRS = _l("This looks like a KRS number. Enter it in the field “KRS number”.")
LOOKS_LIKE_NIP = _l("This looks like a NIP. Enter it in the field “NIP”.")
SHAPE = {
    "krs": _l("A KRS number has up to ten digits. Enter the digits only."),
    "nip": _l("A NIP has ten digits. Enter the digits only."),
    "regon": _l("A REGON number has nine or fourteen digits. Enter the digits only."),
    "eik": _l("An EIK has nine or thirteen digits. Enter the digits only."),
}


def normal(field: str, typed: str) -> str:
    """The number as it is stored: digits only, KRS filled to ten. Raises Refusal for the field with what to do."""
    digits = re.sub(r"[\s.\-–/]", "", typed).upper()
    if field in ("nip", "eik"):
        digits = digits.removeprefix({"nip": "PL", "eik": "BG"}[field])
    return _READERS[field](digits)


def _refused(field: str, reason: LazyString | None = None) -> Refusal:
    return Refusal(reason or SHAPE[field], field=field)


def _is_number(digits: str, *lengths: int) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) in lengths and digits.strip("0") != ""


def _read_krs(digits: str) -> str:
    """KRS has no check digit."""
    if len(digits) == 10 and not digits.startswith("0") and _fits(_nip, digits):
        raise _refused("krs", LOOKS_LIKE_NIP)
    if not _is_number(digits, *range(1, 11)):
        raise _refused("krs")
    return digits.zfill(10)


def _read_nip(digits: str) -> str:
    """The first three digits of a NIP are the number of a tax office, so no NIP begins with a zero."""
    if _is_number(digits, 10) and digits.startswith("0"):
        raise _refused("nip", LOOKS_LIKE_KRS)
    if not _is_number(digits, 10):
        raise _refused("nip")
    if not _fits(_nip, digits):
        raise _refused("nip", CHECK_DIGIT)
    return digits


def _read_regon(digits: str) -> str:
    if not _is_number(digits, 9, 14):
        raise _refused("regon")
    if not _fits(_regon, digits):
        raise _refused("regon", CHECK_DIGIT)
    return digits


def _read_eik(digits: str) -> str:
    """Ten digits are the number of a person and never stored here."""
    if not _is_number(digits, 9, 13):
        raise _refused("eik")
    nine = _digit(digits[:8], range(1, 9), range(3, 11))
    if int(digits[8]) != nine or (
        len(digits) == 13 and int(digits[12]) != _digit(digits[8:12], (2, 7, 3, 5), (4, 9, 5, 7))
    ):
        raise _refused("eik", CHECK_DIGIT)
    return digits


def _digit(digits: str, first: range | tuple[int, ...], second: range | tuple[int, ...]) -> int:
    """The check digit of an EIK: weighted sum modulo 11; at ten the second weights decide, at ten again it is zero."""
    for weights in (first, second):
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return 0


def _fits(module: object, digits: str) -> bool:
    try:
        module.validate(digits)  # type: ignore[attr-defined]
    except ValidationError:
        return False
    return True


_READERS: Mapping[str, Callable[[str], str]] = {
    "krs": _read_krs,
    "nip": _read_nip,
    "regon": _read_regon,
    "eik": _read_eik,
}

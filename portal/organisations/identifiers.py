"""Numbers in Polish and Bulgarian registers: how they are written and what their last digit proves. No database."""

import re
from collections.abc import Mapping

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
LOOKS_LIKE = {
    "krs": _l("This looks like a KRS number. Enter it in the field “KRS number”."),
    "nip": _l("This looks like a NIP. Enter it in the field “NIP”."),
    "regon": _l("This looks like a REGON number. Enter it in the field “REGON number”."),
    "eik": _l("This looks like an EIK. Enter it in the field “EIK”."),
}
OF_POLAND = _l("This looks like a number from a Polish register. An organisation in Bulgaria enters its EIK here.")
OF_BULGARIA = _l("This looks like a Bulgarian EIK. An organisation in Poland enters its Polish numbers here.")
ALIKE = _l("A letter stands where a digit should, for example O instead of 0. Enter the digits again.")
SHAPE = {
    "krs": _l("A KRS number has up to ten digits. Enter the digits only."),
    "nip": _l("A NIP has ten digits. Enter the digits only."),
    "regon": _l("A REGON number has nine or fourteen digits. Enter the digits only."),
    "eik": _l("An EIK has nine or thirteen digits. Enter the digits only."),
}
LONGEST = 60  # characters of what is looked into
# What people write before the number, and whose it then is.
_MARK = re.compile(r"(KRS|NIP|REGON|EIK|ЕИК|БУЛСТАТ|BULSTAT)[:№]?")
_MARKED = {"KRS": "krs", "NIP": "nip", "REGON": "regon"}
_COUNTRY = {"nip": "PL", "eik": "BG"}  # stands before the number in the European Union's register of VAT
# Letters of both alphabets that are drawn, or read aloud from a scan, like a digit.
_ALIKE = str.maketrans("OОQILІ|ЗБBВS", "000111136885")


def normal(field: str, typed: str) -> str:
    """The number as it is stored: digits only, KRS filled to ten. Raises Refusal for the field with what to do."""
    if len(typed) > LONGEST:
        raise Refusal(SHAPE[field], field=field)
    digits = re.sub(r"[\s.\-–/]", "", typed).upper()
    marked = _MARK.match(digits)
    if marked:
        digits = digits[marked.end() :]
        whose = _MARKED.get(marked[1], "eik")
        if whose != field and digits:
            raise Refusal(_elsewhere(field, whose), field=field)
    digits = digits.removeprefix(_COUNTRY.get(field, ""))
    fault = _fault(field, digits)
    if fault is None:
        return digits.zfill(10) if field == "krs" else digits
    raise Refusal(fault, field=field)


def _fault(field: str, digits: str) -> LazyString | None:
    """What is wrong with a number in this field, in one sentence that says what to do."""
    fits = _FITS[field](digits)
    others = [other for other in SCHEMES if other != field and _is_surely(other, digits)]
    if others and (not fits or field == "krs"):
        return _elsewhere(field, others[0])
    if fits:
        return None
    if not digits.isdigit() and _FITS[field](digits.translate(_ALIKE)):
        return ALIKE
    return CHECK_DIGIT if _is_number(digits, *_LENGTHS[field]) else SHAPE[field]


def _elsewhere(field: str, other: str) -> LazyString:
    if (field == "eik") == (other == "eik"):
        return LOOKS_LIKE[other]
    return OF_POLAND if field == "eik" else OF_BULGARIA


def _is_surely(field: str, digits: str) -> bool:
    """Is it this number and hardly another one? KRS has no check digit, so it is known by the zeros that it begins with."""
    if field == "krs":
        return _is_number(digits, 10) and digits.startswith("000")
    return _FITS[field](digits)


def _is_number(digits: str, *lengths: int) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) in lengths and digits.strip("0") != ""


def _fits_krs(digits: str) -> bool:
    """KRS has no check digit."""
    return _is_number(digits, *_LENGTHS["krs"])


def _fits_nip(digits: str) -> bool:
    """The first three digits of a NIP are the number of a tax office, so no NIP begins with a zero."""
    return _is_number(digits, 10) and not digits.startswith("0") and _proves(_nip, digits)


def _fits_regon(digits: str) -> bool:
    return _is_number(digits, 9, 14) and _proves(_regon, digits)


def _fits_eik(digits: str) -> bool:
    """Ten digits are the number of a person and never stored here. Thirteen are a branch, after the nine of the whole."""
    if not _is_number(digits, 9, 13) or int(digits[8]) != _digit(digits[:8], range(1, 9), range(3, 11)):
        return False
    return len(digits) == 9 or int(digits[12]) == _digit(digits[8:12], (2, 7, 3, 5), (4, 9, 5, 7))


def _digit(digits: str, first: range | tuple[int, ...], second: range | tuple[int, ...]) -> int:
    """The check digit of an EIK: weighted sum modulo 11; at ten the second weights decide, at ten again it is zero."""
    for weights in (first, second):
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return 0


def _proves(module: object, digits: str) -> bool:
    try:
        module.validate(digits)  # type: ignore[attr-defined]
    except ValidationError:
        return False
    return True


_LENGTHS = {"krs": tuple(range(1, 11)), "nip": (10,), "regon": (9, 14), "eik": (9, 13)}
_FITS = {"krs": _fits_krs, "nip": _fits_nip, "regon": _fits_regon, "eik": _fits_eik}

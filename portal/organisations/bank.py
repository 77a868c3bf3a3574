"""Bank accounts by their international number (IBAN, ISO 13616). No database."""

import re

from portal.ground.errors import Refusal
from portal.words.i18n import _l

LENGTHS = {"PL": 28, "BG": 22}  # of the IBAN registry, with country and check digits
LONGEST = 60  # characters of what is looked into
SHAPE = {
    "PL": _l("A Polish account number has 26 digits, with or without PL before them. Enter the whole number."),
    "BG": _l("A Bulgarian IBAN has 22 characters and begins with BG. Enter the whole IBAN."),
}
WRONG = _l("This account number cannot be right: one of its characters is wrong. Copy it from the bank once more.")
ALIKE = _l("The number has letters of another alphabet that look alike. Enter it again, on one keyboard layout.")
ABROAD = _l(
    "This account is in another country. Enter the account that the organisation has in its own country, "
    "or leave the field empty."
)
_BULGARIAN = re.compile(r"BG\d{2}[A-Z]{4}\d{6}[A-Z0-9]{8}")


def normal(typed: str, country: str) -> str:
    """The IBAN of an account in `country` as it is stored: capital letters and digits. Raises Refusal with what to do.

    26 digits are a Polish account as it is written in Poland (NRB).
    """
    if len(typed) > LONGEST:
        raise Refusal(SHAPE[country], field="iban")
    iban = re.sub(r"[\s.\-–]", "", typed).upper().removeprefix("IBAN").removeprefix(":")
    if not iban.isascii() and iban.isalnum():
        raise Refusal(ALIKE, field="iban")
    if country == "PL" and iban.isascii() and iban.isdigit():
        iban = f"PL{iban}"
    if re.match(r"[A-Z]{2}\d{2}", iban) and not iban.startswith(country):
        raise Refusal(ABROAD, field="iban")
    if not iban.isalnum() or len(iban) != LENGTHS[country] or not iban.startswith(country):
        raise Refusal(SHAPE[country], field="iban")
    if not (iban[2:].isdigit() if country == "PL" else _BULGARIAN.fullmatch(iban)) or not _proves(iban):
        raise Refusal(WRONG, field="iban")
    return iban


def _proves(iban: str) -> bool:
    """Moved to the end, with A as 10 to Z as 35, country and check digits make the number 1 modulo 97."""
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def grouped(iban: str) -> str:
    """As people read and copy it: in fours."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))

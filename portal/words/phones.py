"""Telephone numbers as people write them."""

import re

# Digits with the signs that people put between them, and perhaps an extension. Numbers are those of E.164 and the short
# ones of helplines: 112, 116 111.
_NUMBER = re.compile(
    r"(?P<number>(?:00|\+)?[ ]?[(]?[0-9][0-9 ()./\-\u2010\u2011\u2013\xa0]*)"
    r"(?:[, ]*(?:ext|wew|w|int|вътр|в|x)[. ]*(?P<extension>[0-9]{1,6}))?",
    re.IGNORECASE,
)
FEWEST, MOST = 3, 15  # digits
LONGEST = 60  # characters; a longer text is none and is not looked into


def phone_address(text: str) -> str:
    """What a link dials (RFC 3966): digits, a leading plus and the extension; empty when it is no telephone number."""
    found = _NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None:
        return ""
    digits = re.sub(r"[^0-9]", "", found["number"])
    is_open = found["number"].count("(") == found["number"].count(")")
    if not is_open or not FEWEST <= len(digits) <= MOST + 2 * digits.startswith("00"):
        return ""
    plus = "+" if found["number"].startswith("+") else ""
    return f"{plus}{digits}" + (f";ext={found['extension']}" if found["extension"] else "")

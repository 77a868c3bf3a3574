"""Latin letters for other scripts: Bulgarian by the Transliteration Act (State Gazette 19/2009), the rest by anyascii.

Not reversible, so the original is always kept. A name that its owner writes in Latin letters is never "corrected".
"""

import re
import unicodedata
from functools import cache

from anyascii import anyascii

from portal.words.data import rows

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@cache
def bulgarian_letters() -> dict[int, str]:
    """The table of the act for single small letters, as `str.translate` takes it."""
    return {ord(row["bg"]): row["latin"] for row in rows("translit_bg_2009") if len(row["bg"]) == 1}


@cache
def _established() -> dict[str, str]:
    """Names that the act keeps in their traditional form."""
    return {row["bg"].lower(): row["latin"].lower() for row in rows("translit_bg_2009") if row["bg"].istitle()}


def transliterate(text: str) -> str:
    """`text` with every non-Latin letter in Latin letters; Latin ones keep their marks, capitals stay capitals."""
    if text.isascii():
        return text
    # Composed first: й as и + breve would lose its own rule, and stripping marks would turn it into и.
    text = _WORD.sub(lambda match: _word(match.group()), unicodedata.normalize("NFC", text))
    return "".join(char if char.isascii() or _is_latin(char) else anyascii(char) for char in text)


def _word(word: str) -> str:
    if not _CYRILLIC.search(word):
        return word
    small = word.lower()
    if small in _established():
        return _cased_like(word, _established()[small])
    if small.endswith("ия"):
        end = "ИА" if word[-2:].isupper() else "иа"
        word = word[:-2] + end
    return "".join(_letter(word, position) for position in range(len(word)))


def _letter(word: str, position: int) -> str:
    char = word[position]
    latin = bulgarian_letters().get(ord(char.lower())) if len(char.lower()) == 1 else None
    if latin is None:
        return char
    if not char.isupper():
        return latin
    neighbour = word[position + 1 : position + 2] or word[position - 1 : position]
    return latin.upper() if neighbour.isupper() else latin.capitalize()


def _cased_like(original: str, latin: str) -> str:
    if original.isupper():
        return latin.upper()
    return latin.capitalize() if original[:1].isupper() else latin


def _is_latin(char: str) -> bool:
    return not char.isalpha() or unicodedata.name(char, "").startswith("LATIN")

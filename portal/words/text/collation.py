"""Sort keys: bytes whose plain order is the order of a Polish, Bulgarian or English list, the same on every database.

Polish: ą after a, ł after l, ź and ż at the end, Cyrillic after Latin. Bulgarian: Cyrillic before Latin, ѝ as и.
Bulgarian and English treat Polish letters as marked Latin ones. Agrees with ICU on the names that we have, but for
quotation marks, which do not count: Fundacja „Próg” is looked for under P.
"""

import unicodedata
from functools import lru_cache

LONGEST = 120  # characters that count; longer titles that agree so far are tied

_QUOTATION_MARKS = '„‚"'  # the others are known by their category
_PUNCTUATION = "_-,;:!?.'()[]{}@*/\\&#%`^+<=>|~$"
_OWN_POLISH = {"ą": "a1", "ć": "c1", "ę": "e1", "ł": "l1", "ń": "n1", "ó": "o1", "ś": "s1", "ź": "z1", "ż": "z2"}
_MARKED = {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i"}
_EXPANDED = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
_CYRILLIC_BASE = {"ѝ": "и", "ё": "е", "ѐ": "е", "ў": "у", "ї": "і", "ѓ": "г", "ќ": "к"}
_CYRILLIC = "абвгґдђеєжзѕиіјйклљмнњопрстћуфхцчџшщъыьэюя"

# One byte for the letters of our two scripts: keys are short, so that indexes of a hundred thousand names stay in memory.
_SPACE, _MARKS, _DIGITS, _LETTERS, _OTHER = 0x02, 0x03, 0x30, 0x40, 0xC0
_LATIN_PLACES = 3 * 26  # a, ą and a second own letter behind each base letter

Weight = tuple[bytes, int]  # primary weight, mark (1 = none)


def sort_keys(text: str) -> dict[str, bytes]:
    """The keys of one text for the columns sort_pl, sort_bg and sort_en."""
    return {f"sort_{language}": sort_key(text, language) for language in ("pl", "bg", "en")}


def sort_key(text: str, lang: str) -> bytes:
    """Letters decide first, then marks, then small before capital letters."""
    text = unicodedata.normalize("NFC", text.strip())[:LONGEST]
    primary, marks, cases = bytearray(), bytearray(), bytearray()
    for char in text:
        small = char.lower()
        for part in _EXPANDED.get(small, small):
            weight = _weight(part, lang)
            if weight is not None:
                primary += weight[0]
                marks.append(weight[1])
                cases.append(2 if char != small else 1)
    return bytes(primary + b"\x00" + marks.rstrip(b"\x01") + b"\x00" + cases.rstrip(b"\x01"))


@lru_cache(maxsize=8192)
def _weight(char: str, lang: str) -> Weight | None:
    """The place of one small letter; None for what does not count (controls, free-standing marks, quotation marks)."""
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Cs", "Mn", "Me", "Pi", "Pf") or char in _QUOTATION_MARKS:
        return None
    if category[0] in "ZPS":
        return _punctuation(char, category)
    if category == "Nd":
        return bytes((_DIGITS + unicodedata.decimal(char),)), 1
    return _cyrillic(char, lang) or _latin(char, lang) or (bytes((_OTHER,)) + ord(char).to_bytes(3, "big"), 1)


def _punctuation(char: str, category: str) -> Weight:
    if category[0] == "Z":
        return bytes((_SPACE,)), 1
    place = _PUNCTUATION.find(char)
    if place >= 0:
        return bytes((_MARKS + place,)), 1
    return bytes((_MARKS + len(_PUNCTUATION),)) + ord(char).to_bytes(3, "big"), 1


def _cyrillic(char: str, lang: str) -> Weight | None:
    base = _CYRILLIC_BASE.get(char, char)
    place = _CYRILLIC.find(base)
    if place < 0:
        return None
    first = _LETTERS if lang == "bg" else _LETTERS + _LATIN_PLACES
    return bytes((first + place,)), 1 if base == char else 2


def _latin(char: str, lang: str) -> Weight | None:
    first = _LETTERS + len(_CYRILLIC) if lang == "bg" else _LETTERS
    own = _OWN_POLISH.get(char) if lang == "pl" else None
    if own:
        return bytes((first + 3 * (ord(own[0]) - ord("a")) + int(own[1]),)), 1
    parts = unicodedata.normalize("NFD", _MARKED.get(char, char))
    if not "a" <= parts[0] <= "z":
        return None
    mark = 1 if char == parts else 2 + (ord(parts[1]) & 0x7F if len(parts) > 1 else 0x7D)
    return bytes((first + 3 * (ord(parts[0]) - ord("a")),)), mark

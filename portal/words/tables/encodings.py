"""In which letters a text file is written: said by its first bytes, or judged by the words of Polish and Bulgarian.

A file in UTF-8 that is no UTF-8 by accident is as good as impossible, so UTF-8 is tried first. The three code pages of one
byte can each be read as the other two; what tells them apart is which letters come out and beside which neighbours:
Polish letters stand alone among Latin ones, Bulgarian words have nothing else, and no word has both alphabets.
"""

import codecs
import re

from portal.words.tables.bounds import no_table

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGES = ("cp1250", "iso8859-2", "cp1251")  # where two read the same letters, the first
_BLOCK = 65_536  # bytes
_WORDS = re.compile(rb"[A-Za-z\x80-\xff]{1,64}")
_HIGH = re.compile(rb"[\x80-\xff]")
_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_BULGARIAN = frozenset("абвгдежзийклмнопрстуфхцчшщъьюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯѝЍ")
_UNLIKELY = frozenset("µĽľ")  # what ź and Ź of ISO 8859-2 are in cp1250
_SIGNS = frozenset("„”“’‘‚»«–—…§°№€×·\u00a0")  # what people type beside words


def encoding_of(data: bytes) -> str:
    """The name of the encoding, for `codecs`. Raises NoTable for one that is none of ours. Looks at all bytes only for
    UTF-8, and then block by block."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if b"\0" in data[:_BLOCK]:
        return _wide(data[:_BLOCK])
    if _is_utf8(data):
        return "utf-8"
    return _page(data)


def _wide(start: bytes) -> str:
    """UTF-16 without a mark: the blanks, line ends and delimiters of every alphabet have an empty byte on one side."""
    first, second = start[::2].count(0), start[1::2].count(0)
    if second > len(start) / 40 and first == 0:
        return "utf-16-le"
    if first > len(start) / 40 and second == 0:
        return "utf-16-be"
    raise no_table("nothing")


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for begin in range(0, len(data), _BLOCK):
            decoder.decode(data[begin : begin + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _page(data: bytes) -> str:
    high = _HIGH.search(data)
    begin = max(0, high.start() - 64) if high else 0
    words = [word for word in _WORDS.findall(data[begin : begin + _BLOCK]) if not word.isascii()]
    scores = {name: sum(_fit(word, name) for word in words) for name in _PAGES}
    best = max(_PAGES, key=lambda name: scores[name])
    if scores[best] <= 0:
        raise no_table("letters")
    return best


def _fit(word: bytes, name: str) -> float:
    """How well the bytes read as a word in this code page: a point for each letter of its alphabet, less for what
    nobody writes."""
    try:
        text = word.decode(name)
    except UnicodeDecodeError:
        return -5.0 * len(word)
    return _cyrillic(text) if name == "cp1251" else _latin(text)


def _cyrillic(text: str) -> float:
    if not text.isupper() and any(letter.isupper() for letter in text[1:]):
        return -1.0 * len(text)  # of another Cyrillic code page: its small letters are the capitals of this one
    own = -2.0 if any(letter.isascii() for letter in text) else 1.0
    return sum(own if letter in _BULGARIAN else _sign(letter) for letter in text if not letter.isascii())


def _latin(text: str) -> float:
    foreign = 0.2 if any(letter.isascii() for letter in text) else -0.5  # of a neighbour's language, among plain ones
    return sum(
        1.0 if letter in _POLISH else foreign if letter.isalpha() and letter not in _UNLIKELY else _sign(letter)
        for letter in text
        if not letter.isascii()
    )


def _sign(letter: str) -> float:
    return 0.1 if letter in _SIGNS else -1.0

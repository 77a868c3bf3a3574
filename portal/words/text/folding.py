"""The folded form of a text: small ASCII letters and digits, one space between words, the same for every script.

Databases fold too little (`lower()` of SQLite is ASCII only, FTS5 leaves ł), so all folding is done here, once when a
text is stored and once for each query.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from portal.words.text.transliteration import bulgarian_letters

_APOSTROPHES = re.compile(r"(?<=\w)['\u02bc\u2019\u2032`](?=\w)")
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+", re.UNICODE)
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


def words(text: str) -> list[str]:
    """The words of a text, small-lettered and composed, in their own script: what `fold` and `skeleton` work on."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _WORD.findall(_APOSTROPHES.sub("", text.lower()))


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One word of `words()` in ASCII. Transliterated before marks are stripped: stripping makes й into и."""
    if not word.isascii():
        if word.endswith("ия"):
            word = word[:-2] + "иа"
        word = anyascii(word.translate(bulgarian_letters())).lower()
    return _NOT_ASCII_WORD.sub("", word)


def fold(text: str) -> str:
    """The searchable form of any text. Idempotent; empty when the text has no letter or digit."""
    return " ".join(filter(None, map(fold_word, words(text))))

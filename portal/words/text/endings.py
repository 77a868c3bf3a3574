"""What is left of a word without its ending: seniorzy, seniorów and senior are one word, as are пенсионери and пенсионерите.

Light on purpose: one ending of Polish or of Bulgarian is taken off, by the letters that the word is written with, and at
least four letters stay. It is for finding whole words, never for showing; a name that loses its end is still found by itself.
"""

import re
from functools import lru_cache

from portal.words.text.folding import fold_word

SHORTEST = 4  # letters that stay

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Declension of nouns and adjectives, as folded (-ów is ow, -ą is a). After a soft consonant an i stands before the ending.
_SOFT = "a ach ami ego em emu om ow owie u".split()
_POLISH = frozenset(
    "a ach ami e ego ej em emu i ich im imi o om ow owi owie u y ych ym ymi".split() + ["ie", "io"] + [f"i{one}" for one in _SOFT]
)  # fmt: skip
# Plural and article, of nouns and adjectives.
_BULGARIAN = frozenset(
    "а ата е еве евете ето и ие ието ии иите ите ия ията ият о ове овете ото ът ю я ят ята та те то у".split()
)
_LONGEST = 5
# The last sound before a Polish ending is another one without it: senior, seniorzy; student, studenci; seniorka, seniorek.
_CHANGED = (("rz", "r"), ("nc", "nt"), ("sc", "st"), ("yc", "yt"))
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=65536)
def without_ending(word: str) -> str:
    """A word of `words()` without its ending; one that has none stays as it is."""
    if _CYRILLIC.search(word):
        return _cut(word, word, _BULGARIAN)
    folded = fold_word(word)
    if len(folded) != len(word) or not folded.isalpha():
        return word
    stem = _cut(word, folded, _POLISH)
    folded = folded[: len(stem)]
    if len(stem) < SHORTEST:
        return stem
    for sound, plain in _CHANGED:
        if folded.endswith(sound):
            return stem[: -len(sound)] + plain
    if folded.endswith("ek") and folded[-3] not in _VOWELS:
        return f"{stem[:-2]}k"
    return stem


def _cut(word: str, letters: str, endings: frozenset[str]) -> str:
    for length in range(min(_LONGEST, len(word) - SHORTEST), 0, -1):
        if letters[-length:] in endings:
            return word[:-length]
    return word

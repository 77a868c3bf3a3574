"""One key for the spelling habits of two alphabets: Търново, Turnovo and Tyrnowo have the same skeleton.

Habits that it joins: Latin typed for Cyrillic with digits (6umen, Dobri4, Qmbol), Polish letters for Bulgarian sounds
(Jamboł, Płowdiw, Sofija, Vraca), older transcriptions (Rousse, Kardjali), and Bulgarian spellings of Polish names
(Краков, Пабянице). It is for finding, never for showing.
"""

import re
from functools import lru_cache

from portal.words.text.endings import without_ending
from portal.words.text.folding import fold_word, words

# Latin letters that sound unlike their base letter; every other one loses its mark by folding.
_LETTERS = str.maketrans(
    {"ż": "zh", "ž": "zh", "š": "sh", "ş": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ą": "on", "ę": "en", "ё": "йо"}
)
_DIGIT_LETTERS = re.compile(r"(?<!\d)[46](?!\d)")
_HARD_SIGN_AS = "уи"  # u and y; its fold is a
_HAS_LETTER = re.compile(r"[^\W\d_]")

# Capitals are sounds that one Latin letter does not write: X sh, Q ch, J zh, C ts. The order matters.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"szcz", "XQ"),
        (r"tch", "Q"),
        (r"sh|sz", "X"),
        (r"ch|cz", "Q"),
        (r"zh|rz", "J"),
        (r"dj", "dJ"),
        (r"kh|^x", "h"),
        (r"x", "ks"),
        (r"ts|tz|c", "C"),
        (r"ph", "f"),
        (r"qu", "kv"),
        (r"q", "ia"),
        (r"w", "v"),
        (r"ou", "u"),
        (r"(?<=[aeiou])[jy]|[jy](?=[aeiou])", "i"),
        (r"j", "J"),
        (r"J$", "X"),  # the last letter of Мъглиж and Łomż is heard as sh
        # ъ is written a, u or y. Before r or l they are joined in every word; elsewhere that would join too many, so a
        # text is found by one skeleton for each way to write its ъ (`skeletons`).
        (r"(?<=[bcdfghklmnpqrstvzXQJC])[auy](?=[rl](?:[bcdfghklmnpqrstvzXQJC]|$))", "Y"),
        (r"y", "i"),
        (r"ie", "e"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def skeleton_word(word: str) -> str:
    """The skeleton of one word of `words()`; a number stays what it is."""
    if not _HAS_LETTER.search(word):
        return fold_word(word)
    word = _DIGIT_LETTERS.sub(lambda digit: "ch" if digit.group() == "4" else "sh", word)
    key = fold_word(word.translate(_LETTERS))
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    return key.lower()


def skeleton(text: str) -> str:
    """The skeletons of the words of any text, one space between them."""
    return " ".join(filter(None, map(skeleton_word, words(text))))


def skeletons(text: str) -> str:
    """All skeletons by which the words of a text are found: Казанлък is written Kazanlak, Kazanluk and Kazanlyk."""
    return " ".join(key for word in words(text) for key in skeletons_of(word))


def skeletons_of(word: str) -> list[str]:
    """Those of one word of `words()`: one for each Latin letter that ъ is written with, in all of the word."""
    spelt = [word, *(word.replace("ъ", vowel) for vowel in _HARD_SIGN_AS)] if "ъ" in word else [word]
    return [key for key in dict.fromkeys(map(skeleton_word, spelt)) if key]


def stem_word(word: str) -> str:
    """The skeleton of one word of `words()` without its ending."""
    return skeleton_word(without_ending(word))


def stems(text: str) -> str:
    """The skeletons of the words of a text without their endings, where these are others; one space between them."""
    return " ".join(key for word in words(text) for key in stems_of(word))


def stems_of(word: str) -> list[str]:
    """Those of one word of `words()`: nothing when it has no ending."""
    stem = without_ending(word)
    return [] if stem == word else skeletons_of(stem)

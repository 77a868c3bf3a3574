"""Words whose letters are of two alphabets and look as if they were of one: nobody finds them, and they pass for others."""

import re
import unicodedata

# Letters that are drawn like one of the other alphabet (Unicode Technical Standard 39, confusables), in both cases.
_DRAWN_LIKE = {
    "LATIN": frozenset("АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυχ"),
    "CYRILLIC": frozenset("ABEKMHOPCTYXaeopcyxΑΒΕΗΚΜΟΡΤΥΧορυχ"),
}
_WORD = re.compile(r"[^\W\d_]+")
LONGEST_SHOWN = 40  # characters of a word in a sentence


def disguised_word(text: str) -> str:
    """The first word of which some letters only look like those of the others, or nothing.

    A name may join two alphabets where a reader sees it: of `ДоброLab` the L and the b are in no Cyrillic word.
    """
    for word in map(str, _WORD.findall(text)):
        alphabets = {letter: unicodedata.name(letter, "UNKNOWN").partition(" ")[0] for letter in word}
        for alphabet, alike in _DRAWN_LIKE.items():
            others = {letter for letter, its in alphabets.items() if its != alphabet}
            if others and len(others) < len(alphabets) and others <= alike:
                return word[:LONGEST_SHOWN]
    return ""

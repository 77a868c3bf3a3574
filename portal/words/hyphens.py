"""Where a line may end inside a word: soft hyphens in long ones, for narrow columns, and no end after "e-" or "по-".

Browsers have no Polish or Bulgarian rules everywhere, and end a line after every hyphen.
"""

import re

SOFT = "\u00ad"
JOINER = "\u2060"  # our fonts have no hyphen that does not break; this sign needs none, and reads as nothing
LONG = 14  # letters; a shorter word fits the narrowest column
KEPT = 4  # letters that stay together at each end

# "e-mail", "по-добре", "10-12": up to three letters, and a word that fits behind them; no part of an address
_SHORT = re.compile(r"(?<![\w\-./@:])(\w{1,3}-)(?=[^\W_]{1,12}(?![\w-]*[@./]\w)(?![\w-]))")
_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
_VOWELS = "aąeęioóuyаъоуеияюaeiou"
# before a consonant (or a sign of two letters for one) that a vowel follows, as both languages divide: ko-le-ga, ма-ши-на
_PLACE = re.compile(rf"(?=(?:ch|cz|dz|dź|dż|rz|sz|дж|дз|[^\W\d_{_VOWELS}])[{_VOWELS}])", re.IGNORECASE)
_INSIDE = re.compile(r"(?:ch|cz|dz|dź|dż|rz|sz|дж|дз)", re.IGNORECASE)


def soft(text: str) -> str:
    """The text with soft hyphens in its long words: invisible until a line ends there."""
    return _WORD.sub(lambda found: _divided(found[0]), text)


def joined(text: str) -> str:
    """The text with short beginnings kept on the line of their word."""
    return _SHORT.sub(rf"\1{JOINER}", text) if "-" in text else text


def _divided(word: str) -> str:
    pairs = {pair.start() + 1 for pair in _INSIDE.finditer(word)}
    places = [at.start() for at in _PLACE.finditer(word)]
    ends = [at for at in places if KEPT <= at <= len(word) - KEPT and at not in pairs]
    parts = [word[one:other] for one, other in zip([0, *ends], [*ends, len(word)], strict=True)]
    return SOFT.join(parts)

"""Plain text of people made harmless: no character that hides, turns or breaks other text."""

import re
import unicodedata
from collections.abc import Iterator

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
# C0 and C1 controls but tab and newline; soft zero-width characters; bidirectional marks, overrides and isolates;
# the invisible tag characters; halves of surrogate pairs and non-characters, which no database or feed takes.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
# Signs that are joined to one, and the flags of regions: what joins them hides nothing, and without it they fall apart
# (UTS 51). An arrow only where it is told to be a picture: a stroke behind it would make another sign.
_PICTURE = (
    "(?:[\u2600-\u27bf\u2b1b\U0001f000-\U0001faff]|[\u2194\u2195\u27a1]\ufe0f)\ufe0f?[\U0001f3fb-\U0001f3ff]?\ufe0f?"
)
_HIDDEN_NOT_JOINING = re.compile(
    f"({_PICTURE}(?:\u200d{_PICTURE})+|\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{3,6}}\U000e007f)|{_HIDDEN.pattern}"
)

_READ = 5  # times the longest line: blanks are folded, and what is hidden goes
MOST_MARKS = 30  # one after the other: the stream-safe text format of UAX #15


def neutralise(text: str) -> str:
    """`text` without hidden characters, with `\\n` as the only line end, in composed form (NFC). Idempotent.

    Of a run of combining marks the first MOST_MARKS stay: putting them in order takes the square of their number.
    """
    text = _HIDDEN_NOT_JOINING.sub(r"\1", _LINE_ENDS.sub("\n", text))
    if text.isascii():
        return text
    # Twice: a single mark can decompose into two.
    return "".join(_few_marks(unicodedata.normalize("NFC", "".join(_few_marks(text)))))


def one_line(text: str, longest: int) -> str:
    """The beginning of a text on one line, at most `longest` characters. What was sent beyond is not looked at."""
    return " ".join(neutralise(text[: _READ * longest]).split())[:longest]


def _few_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MOST_MARKS:
            yield character

"""Plain text of people made harmless: no character that hides, turns or breaks other text."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
# C0 and C1 controls but tab and newline; soft zero-width characters; bidirectional marks, overrides and isolates;
# the invisible tag characters; halves of surrogate pairs and non-characters, which no database or feed takes.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def neutralise(text: str) -> str:
    """`text` without hidden characters, with `\\n` as the only line end, in composed form (NFC). Idempotent."""
    text = _HIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text)

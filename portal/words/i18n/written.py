"""Texts of people of which nobody has said the language: reasons, answers, names of whoever speaks.

What can be known is the alphabet. A Cyrillic text is Bulgarian here; of a Latin one the place where it was written tells.
"""

from portal.words.i18n.language import current_language
from portal.words.i18n.localized import Shown

_FIRST, _LAST = "\u0400", "\u04ff"
_ENOUGH = 400  # characters that are looked at


def alphabet_of(text: str) -> str:
    """`bg` for a text that is mostly Cyrillic, `latin` for one that is mostly Latin, nothing for one without letters."""
    letters = [character for character in text[:_ENOUGH] if character.isalpha()]
    cyrillic = sum(_FIRST <= character <= _LAST for character in letters)
    return "" if not letters else "bg" if 2 * cyrillic > len(letters) else "latin"


def written(text: str, likely: str) -> Shown:
    """`text` with the language that it is in: `likely`, unless its letters say that it cannot be; without it the page's."""
    page, alphabet = current_language(), alphabet_of(text)
    if alphabet == "bg":
        language = "bg"
    elif alphabet and likely == "bg":  # Latin letters at a place that writes Bulgarian: nobody knows
        language = page if page != "bg" else "en"
    else:
        language = (likely or page) if alphabet else page
    return Shown(text, language, language != page, is_outdated=False, is_original=True)


def names(text: str, likely: str) -> list[Shown]:
    """Names with commas between them, each in its own language."""
    return [written(name.strip(), likely) for name in text.split(",") if name.strip()]

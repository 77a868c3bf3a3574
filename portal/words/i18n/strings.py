"""Interface strings: short names for gettext, eager inside functions and lazy at import.

The catalogue of the language is looked up once per call in a plain dictionary: a page has a hundred strings.
"""

from functools import lru_cache
from pathlib import Path

from babel.support import LazyProxy, NullTranslations, Translations
from markupsafe import Markup, escape

from portal.ground.sentences import LazyString, speak_with
from portal.words.hyphens import joined
from portal.words.i18n.formats import number
from portal.words.i18n.language import LANGUAGES, current_language

CATALOGUES = Path(__file__).resolve().parents[3] / "translations"

__all__ = ["LazyProxy", "LazyString", "_", "_l", "_ln", "_lp", "_n", "_np", "_p", "catalogue"]


class _AsWritten(NullTranslations):
    """What a catalogue leaves empty is said as the code has it: all of English."""

    gettext = ugettext = staticmethod(lru_cache(maxsize=None)(joined))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    ungettext = ngettext

    def upgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def unpgettext(self, context: str, singular: str, plural: str, num: int) -> str:
        return self.ngettext(singular, plural, num)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Translations:
    """The compiled catalogue of a language of the portal; its short hyphenated words end no line (`hyphens.joined`)."""
    found = Translations.load(str(CATALOGUES), [language])
    assert isinstance(found, Translations)
    messages = found._catalog
    messages.update({key: joined(text) for key, text in messages.items()})
    found.add_fallback(_AsWritten())
    return found


def _fill(text: str, values: dict[str, object]) -> str:
    """The text with its values. Where one of them is markup (words with their language) all the rest is escaped."""
    if not values:
        return text
    return (escape(text) if any(isinstance(value, Markup) for value in values.values()) else text) % values


def _(message: str, **values: object) -> str:
    """The message in the current language, `%(name)s` filled in."""
    return _fill(catalogue(current_language()).ugettext(message), values)


def _n(singular: str, plural: str, n: int, **values: object) -> str:
    """The form of the message for a number; `%(n)s` is the number, written as the language writes it."""
    values.setdefault("n", number(n))
    return _fill(catalogue(current_language()).ungettext(singular, plural, n), values)


def _p(context: str, message: str, **values: object) -> str:
    """Like `_`, with a context that tells two equal English words apart (button, state, letter)."""
    return _fill(str(catalogue(current_language()).upgettext(context, message)), values)


def _np(context: str, singular: str, plural: str, n: int, **values: object) -> str:
    values.setdefault("n", number(n))
    return _fill(str(catalogue(current_language()).unpgettext(context, singular, plural, n)), values)


def _l(message: str, **values: object) -> LazyString:
    """Lazy `_`, for module level: becomes text in the language of the moment it is shown."""
    return LazyString(_, message, **values)


def _lp(context: str, message: str, **values: object) -> LazyString:
    return LazyString(_p, context, message, **values)


def _ln(singular: str, plural: str, n: int, **values: object) -> LazyString:
    return LazyString(_n, singular, plural, n, **values)


speak_with(_, _n)

"""Interface strings: short names for gettext, eager inside functions and lazy at import.

The catalogue of the language is looked up once per call in a plain dictionary: a page has a hundred strings.
"""

from functools import lru_cache
from pathlib import Path

from babel.support import LazyProxy, Translations
from flask_babel.speaklater import LazyString

from portal.ground.sentences import speak_with
from portal.words.i18n.formats import number
from portal.words.i18n.language import LANGUAGES, current_language

CATALOGUES = Path(__file__).resolve().parents[3] / "translations"

__all__ = ["LazyProxy", "LazyString", "_", "_l", "_ln", "_lp", "_n", "_np", "_p", "catalogue"]


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Translations:
    """The compiled catalogue of a language of the portal."""
    return Translations.load(str(CATALOGUES), [language])  # type: ignore[return-value]


def _fill(text: str, values: dict[str, object]) -> str:
    return text % values if values else text


def _(message: str, **values: object) -> str:
    """The message in the current language, `%(name)s` filled in."""
    return _fill(catalogue(current_language()).ugettext(message), values)


def _n(singular: str, plural: str, n: int, **values: object) -> str:
    """The form of the message for a number; `%(n)s` is the number, written as the language writes it."""
    values.setdefault("n", number(n))
    return catalogue(current_language()).ungettext(singular, plural, n) % values


def _p(context: str, message: str, **values: object) -> str:
    """Like `_`, with a context that tells two equal English words apart (button, state, letter)."""
    return _fill(str(catalogue(current_language()).upgettext(context, message)), values)


def _np(context: str, singular: str, plural: str, n: int, **values: object) -> str:
    values.setdefault("n", number(n))
    return str(catalogue(current_language()).unpgettext(context, singular, plural, n)) % values


def _l(message: str, **values: object) -> LazyString:
    """Lazy `_`, for module level: becomes text in the language of the moment it is shown."""
    return LazyString(_, message, **values)


def _lp(context: str, message: str, **values: object) -> LazyString:
    return LazyString(_p, context, message, **values)


def _ln(singular: str, plural: str, n: int, **values: object) -> LazyString:
    return LazyString(_n, singular, plural, n, **values)


speak_with(_, _n)

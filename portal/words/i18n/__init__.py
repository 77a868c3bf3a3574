"""Languages: which one a page is in, interface strings, and texts of people in several languages."""

from portal.words.i18n import formats
from portal.words.i18n.language import (
    DEFAULT_LANGUAGE,
    ENDONYMS,
    LANGUAGES,
    current_language,
    in_language,
    negotiated_language,
)
from portal.words.i18n.localized import Localized, LocalizedText, Shown, StoredText
from portal.words.i18n.strings import LazyString, _, _l, _ln, _lp, _n, _np, _p

__all__ = [
    "DEFAULT_LANGUAGE",
    "ENDONYMS",
    "LANGUAGES",
    "LazyString",
    "Localized",
    "LocalizedText",
    "Shown",
    "StoredText",
    "_",
    "_l",
    "_ln",
    "_lp",
    "_n",
    "_np",
    "_p",
    "current_language",
    "formats",
    "in_language",
    "negotiated_language",
]

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
from portal.words.i18n.localized import Localized, LocalizedText, Shown, StoredText, endonyms
from portal.words.i18n.strings import LazyString, _, _l, _ln, _lp, _n, _np, _p
from portal.words.i18n.written import names, written

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
    "endonyms",
    "formats",
    "in_language",
    "names",
    "negotiated_language",
    "written",
]

"""The language of the page being made: from its address, or from the recipient of a mail."""

import contextlib
import contextvars
from collections.abc import Iterator

from babel import Locale
from flask import g, has_request_context, request

from portal.ground import cookies

LANGUAGES = ("pl", "bg", "en")
DEFAULT_LANGUAGE = "en"
ENDONYMS = {"pl": "polski", "bg": "български", "en": "English"}
COOKIE = "language"

_kept = g._get_current_object  # what belongs to this request, without the detour of its proxy
_forced: contextvars.ContextVar[str | None] = contextvars.ContextVar("forced_language", default=None)
# British dates: 20 November 2026.
_locales = {"pl": Locale("pl"), "bg": Locale("bg"), "en": Locale("en", "GB")}


def current_language() -> str:
    """The language that is being written now: that of `in_language`, else of the address, else the reader's wish.

    Asked hundreds of times for one page, so it looks straight into the context of the request.
    """
    forced = _forced.get()
    if forced is not None:
        return forced
    try:
        language: str = _kept().lang
    except (AttributeError, RuntimeError):  # nobody has asked yet, or no request is at work
        if not has_request_context():
            return DEFAULT_LANGUAGE
        language = _kept().lang = negotiated_language()
    return language


def current_locale() -> Locale:
    return _locales[current_language()]


def negotiated_language() -> str:
    """For an address without a language: the cookie of the last visit, then Accept-Language, then English."""
    chosen = cookies.kept(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


@contextlib.contextmanager
def in_language(language: str) -> Iterator[None]:
    """Write everything inside in `language`, whatever the address says (mails, feeds, exports)."""
    if language not in LANGUAGES:
        raise ValueError(f"Not a language of the portal: {language}")
    token = _forced.set(language)
    try:
        yield
    finally:
        _forced.reset(token)

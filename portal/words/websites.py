"""Addresses of websites: how one is written, what is one, and what only looks like another one."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import idna

LONGEST = 2000  # characters
LONGEST_HOST = 253  # RFC 1035
_UNWRITTEN = re.compile(
    r"[\s\x00-\x20\x7f\\<>\"^`{|}]"
)  # in no address (RFC 3986); browsers each make of them what they like
# Small letters of other alphabets that are drawn like Latin ones (Unicode Technical Standard 39, confusables).
_LIKE_LATIN = frozenset("асеорхуіјѕһԁԛԝӏνορχυι")
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL"})  # written together


# Browsers drop controls wherever they stand; a reader does not see the marks either.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_ENCODED = re.compile(r"[\s\"<>^`{|}]")  # a browser writes these as %20 and the like (URL Standard); not the backslash


def as_opened(typed: str) -> str:
    """An address as a browser opens it: nothing invisible, no blanks around it, those in it as %20. Idempotent.

    Of every address that somebody types or pastes; nothing is said about where it leads.
    """
    return _ENCODED.sub(lambda found: quote(found.group()), _UNSEEN.sub("", typed).strip())


def is_website(url: str) -> bool:
    """Is it an absolute http or https address with a host that can exist, and nothing before it that lies?"""
    if len(url) > LONGEST or _UNWRITTEN.search(url):
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        return (
            parts.scheme in ("http", "https")
            and parts.username is None
            and port != 0
            and "." in host.strip(".")
            and len(host) <= LONGEST_HOST
            and bool(idna.encode(host, uts46=True, transitional=False))
        )
    except ValueError:  # of the port, of the brackets, or of IDNA
        return False


def is_disguised(url: str) -> bool:
    """Does the host pass for another one, by letters of several alphabets in one word or by such that look Latin?

    A word of Cyrillic that could be Latin is none under a domain that is Cyrillic itself. For addresses that `is_website`.
    """
    host = urlsplit(url).hostname or ""
    labels = idna.decode(idna.encode(host, uts46=True, transitional=False)).split(".")
    if any(len(scripts(label)) > 1 for label in labels):
        return True
    looks_latin = [label for label in labels[:-1] if scripts(label) - {"LATIN"} and set(_letters(label)) <= _LIKE_LATIN]
    return bool(looks_latin) and scripts(labels[-1]) == {"LATIN"}


def scripts(word: str) -> set[str]:
    """The alphabets of the letters of a word, by the first word of their names."""
    found = {unicodedata.name(letter, "UNKNOWN").split()[0] for letter in _letters(word)}
    return {"CJK"} if found and found <= _EAST_ASIAN else found


def _letters(word: str) -> Iterator[str]:
    return (letter for letter in word if unicodedata.category(letter)[0] == "L")

"""A text of a person in one or more languages, honest about what it is.

It knows its original language, and for each translation the hash of the original it was made from. So 'outdated' is
computed and never flagged, and a reader is always told in which language the words really are.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, NotRequired, TypedDict

import sqlalchemy as sa

from portal.words.i18n.language import ENDONYMS, LANGUAGES, current_language


@lru_cache(maxsize=8192)
def source_hash(text: str) -> str:
    """Short hash of an original, blind to white space and to Unicode spelling."""
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(normal.encode()).hexdigest()[:16]


class StoredText(TypedDict):
    """A Localized as JSON."""

    original: str
    texts: dict[str, str]
    sources: NotRequired[dict[str, str]]


class Shown(NamedTuple):
    """The words a reader gets, and the language they are really in."""

    text: str
    lang: str
    is_fallback: bool
    is_outdated: bool
    is_original: bool

    def __str__(self) -> str:
        return self.text


def endonyms() -> list[tuple[str, Shown]]:
    """The languages of the portal, each called as it calls itself."""
    page = current_language()
    return [(code, Shown(ENDONYMS[code], code, code != page, False, True)) for code in LANGUAGES]


@dataclass(frozen=True, slots=True)
class Localized:
    """An immutable text in several languages. `sources` holds per translation the hash of its original."""

    original: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, language: str, text: str, **translations: str) -> "Localized":
        """A new text; `translations` are up to date: Localized.of("pl", "Sieć", bg="Мрежа")."""
        if language not in LANGUAGES:
            raise ValueError(f"Not a language of the portal: {language}")
        value = cls(original=language, texts={language: text} if text else {})
        for other, words in translations.items():
            value = value.with_translation(other, words)
        return value

    def __bool__(self) -> bool:
        return any(self.texts.values())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it exists in, the original first."""
        return tuple(
            sorted((code for code, text in self.texts.items() if text), key=lambda code: (code != self.original, code))
        )

    @property
    def source(self) -> str:
        return self.texts.get(self.original, "")

    def get(self, language: str) -> str:
        """The words in exactly this language, or an empty string."""
        return self.texts.get(language, "")

    def is_outdated(self, language: str) -> bool:
        """Was this translation made from another original than today's?"""
        if language == self.original or not self.texts.get(language):
            return False
        return self.sources.get(language) != source_hash(self.source)

    def with_text(self, language: str, text: str) -> "Localized":
        """The same text with new words in one language, original or translation; empty words remove a translation."""
        if language == self.original or not self:
            return Localized(language, {**self.texts, language: text}, self.sources)
        return self.with_translation(language, text)

    def with_translation(self, language: str, text: str) -> "Localized":
        if language not in LANGUAGES or language == self.original:
            raise ValueError(f"Not a language to translate into: {language}")
        texts = {code: words for code, words in self.texts.items() if code != language}
        sources = {code: made_from for code, made_from in self.sources.items() if code != language}
        if text:
            texts[language] = text
            sources[language] = source_hash(self.source)
        return Localized(self.original, texts, sources)

    def shown_in(self, language: str) -> Shown:
        """The words for a reader of `language`: in it, else in the original.

        The language of the address alone decides, not what the browser prefers: a page is the same for everybody.
        """
        text = self.texts.get(language)
        if text:
            return Shown(text, language, False, self.is_outdated(language), language == self.original)
        for candidate in (self.original, *self.languages):
            text = self.texts.get(candidate)
            if text:
                return Shown(text, candidate, True, self.is_outdated(candidate), candidate == self.original)
        return Shown("", language, False, False, True)

    def shown(self) -> Shown:
        """The words for the reader of the page that is being made."""
        return self.shown_in(current_language())

    def __html__(self) -> str:
        raise TypeError("Render a Localized with components/localized.html: its language must be said")

    __str__ = __html__

    def as_json(self) -> StoredText:
        return {"original": self.original, "texts": dict(self.texts), "sources": dict(self.sources)}

    @classmethod
    def from_json(cls, value: StoredText) -> "Localized":
        return cls(value["original"], dict(value["texts"]), dict(value.get("sources", {})))


_DECODER = json.JSONDecoder()
SHORT = 500  # characters of titles, names and places: the same ones are read for page after page


def _read(stored: str) -> Localized:
    read, _end = _DECODER.raw_decode(stored)  # what we wrote ourselves: nothing stands around it
    return Localized(read["original"], read["texts"], read.get("sources", {}))


_read_often = lru_cache(maxsize=1024)(_read)


class LocalizedText(sa.TypeDecorator[Localized]):
    """One JSON column that holds a Localized."""

    impl = sa.Text
    cache_ok = True
    python_type = Localized

    def process_bind_param(self, value: Localized | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else json.dumps(value.as_json(), ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Localized | None:
        if value is None:
            return None
        return _read(value) if len(value) > SHORT else _read_often(value)

    def compare_values(self, x: object, y: object) -> bool:
        return bool(x == y)

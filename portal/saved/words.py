"""What a saved search is called: its words and the names of its filters, and whether all of these still exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypedDict

from portal.declaration import facets
from portal.saved.searches import Search
from portal.words.facets import Words
from portal.words.i18n import LANGUAGES, Localized, _l, in_language

WORDS = _l("Words")


class Part(NamedTuple):
    """A filter of a search: what it is called, and what was chosen of it by code."""

    heading: Words
    names: Mapping[str, Words]


def parts_of(search: Search) -> list[Part]:
    """The words and the filters in the order of the directory, in the language of the moment; what does not exist any more
    is left out."""
    words = [Part(str(WORDS), {"": search.query})] if search.query else []
    labels = [(facet, facet.labels(search.chosen[facet.name])) for facet in facets() if facet.name in search.chosen]
    return words + [Part(str(facet.heading), names) for facet, names in labels if names]


class Said(TypedDict):
    """A filter in all languages, as a mail takes it along."""

    heading: Localized
    names: list[Localized | str]


def in_all_languages(search: Search) -> list[Said]:
    """The same for a mail whose language is known when it is sent."""
    parts: dict[str, list[Part]] = {}
    for language in LANGUAGES:
        with in_language(language):
            parts[language] = parts_of(search)
    return [_said(dict(zip(parts, those, strict=True))) for those in zip(*parts.values(), strict=True)]


def _said(parts: Mapping[str, Part]) -> Said:
    names = {code: {language: part.names[code] for language, part in parts.items()} for code in parts["en"].names}
    return {
        "heading": _together({language: part.heading for language, part in parts.items()}),
        "names": [name if isinstance(name := words["en"], Localized) else _name(words) for words in names.values()],
    }


def _name(words: Mapping[str, Words]) -> Localized | str:
    """What somebody typed is in no language; our names of things are in all of them."""
    said = {str(word) for word in words.values()}
    return said.pop() if len(said) == 1 else _together(words)


def _together(words: Mapping[str, Words]) -> Localized:
    said = {language: str(word) for language, word in words.items()}
    return Localized.of("en", said.pop("en"), **said)


@dataclass(slots=True)
class KnownCodes:
    """Which codes of facets exist. Each is asked once: a run over many searches asks for the same few."""

    _known: dict[tuple[str, str], bool] = field(default_factory=dict)

    def has_all(self, search: Search) -> bool:
        """Do all filters of the search exist? One that does not would leave it finding other things than were meant."""
        declared = {facet.name: facet for facet in facets()}
        for name, codes in search.chosen.items():
            if name not in declared:
                return False
            unknown = [code for code in codes if (name, code) not in self._known]
            if unknown:
                labels: Mapping[str, Words] = declared[name].labels(unknown)
                self._known.update({(name, code): code in labels for code in unknown})
            if not all(self._known[name, code] for code in codes):
                return False
        return True
